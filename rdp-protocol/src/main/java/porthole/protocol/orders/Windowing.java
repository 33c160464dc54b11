package porthole.protocol.orders;

import porthole.protocol.orders.window.WindowOrder;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * A windowing order: what is known of a window, a notification icon or the desktop. MS-RDPERP 2.2.1.3.
 *
 * @param order what it says
 */
public record Windowing(WindowOrder order) implements AlternateSecondaryOrder {
    static final String SECTION = "MS-RDPERP 2.2.1.3";

    /** Octets of the header and of the size itself. */
    private static final int BEFORE = 3;

    static Windowing decode(WireReader in) {
        int orderSize = in.u16le("OrderSize");
        in.check(orderSize >= BEFORE, 2, "OrderSize", orderSize, "at least the 3 octets up to the size itself");
        return new Windowing(WindowOrder.decode(in.sub(orderSize - BEFORE, "order", WindowOrder.SECTION)));
    }

    @Override
    public int orderType() {
        return TS_ALTSEC_WINDOW;
    }

    @Override
    public void encodeBody(WireWriter out) {
        int size = out.position();
        out.u16le(0).pdu(order);
        out.patchU16le(size, out.position() - size + 1);
    }
}
