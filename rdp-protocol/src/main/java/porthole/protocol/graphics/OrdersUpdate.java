package porthole.protocol.graphics;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * TS_FP_UPDATE_ORDERS: drawing orders on the fast path. MS-RDPEGDI 2.2.2.1.
 *
 * @param orderData the orders themselves, as sent
 */
public record OrdersUpdate(int numberOrders, Bytes orderData) implements Pdu {
    public static final String SECTION = "MS-RDPEGDI 2.2.2.1";

    public static OrdersUpdate decode(WireReader in) {
        int numberOrders = in.u16le("numberOrders");
        in.count(numberOrders, 1, "numberOrders");
        return new OrdersUpdate(numberOrders, in.rest("orderData"));
    }

    @Override
    public void encode(WireWriter out) {
        out.u16le(numberOrders).bytes(orderData);
    }
}
