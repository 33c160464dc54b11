package porthole.protocol.orders;

import java.util.function.Consumer;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** DRAWING_ORDER: one order of an orders update. MS-RDPEGDI 2.2.2.2.1. */
public sealed interface DrawingOrder permits PrimaryDrawingOrder, SecondaryOrder, AlternateSecondaryOrder {
    /** controlFlags: the order is a primary one, or, with {@link #TS_SECONDARY}, a secondary one. */
    int TS_STANDARD = 0x01;

    /** controlFlags: the order is a secondary one, or, alone, an alternate secondary one. */
    int TS_SECONDARY = 0x02;

    String SECTION = "MS-RDPEGDI 2.2.2.2.1";

    /** Appends the order's octets, and puts a primary order into the history. */
    void encode(WireWriter out, PrimaryOrderHistory history);

    /** Reads one order; a primary one is completed from the history, and is in it afterwards. */
    static DrawingOrder decode(WireReader in, PrimaryOrderHistory history) {
        int controlFlags = in.peekU8("controlFlags");
        return switch (controlFlags & (TS_STANDARD | TS_SECONDARY)) {
            case TS_STANDARD -> PrimaryDrawingOrder.decode(in, history);
            case TS_SECONDARY -> AlternateSecondaryOrder.decode(in);
            case TS_STANDARD | TS_SECONDARY -> SecondaryOrder.decode(in);
            default ->
                throw in.error(
                        "controlFlags", "0x" + Integer.toHexString(controlFlags), "TS_STANDARD, TS_SECONDARY or both");
        };
    }

    /** Reads {@code count} orders and hands each on before the next is read. */
    static void forEach(WireReader in, int count, PrimaryOrderHistory history, Consumer<DrawingOrder> sink) {
        for (int i = 0; i < count; i++) {
            sink.accept(in.within("orderData[" + i + "]", SECTION, order -> decode(order, history)));
        }
    }
}
