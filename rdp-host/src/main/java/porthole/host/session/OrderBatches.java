package porthole.host.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.function.Consumer;
import porthole.protocol.graphics.OrdersUpdate;
import porthole.protocol.orders.DrawingOrder;
import porthole.protocol.orders.PrimaryOrderHistory;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireWriter;

/** Puts drawing orders into updates that fit into one frame each, as far as a single order does. */
final class OrderBatches {
    private final int most;
    private final PrimaryOrderHistory history = new PrimaryOrderHistory();

    /** @param most octets of the orders of one update */
    OrderBatches(int most) {
        this.most = most;
    }

    void send(List<DrawingOrder> orders, Consumer<OrdersUpdate> sink) {
        ByteBuf batch = Unpooled.buffer();
        int count = 0;
        for (DrawingOrder order : orders) {
            ByteBuf octets = Unpooled.buffer();
            order.encode(new WireWriter(octets), history);
            if (count > 0 && batch.readableBytes() + octets.readableBytes() > most) {
                sink.accept(update(count, batch));
                batch = Unpooled.buffer();
                count = 0;
            }
            batch.writeBytes(octets);
            count++;
        }
        if (count > 0) {
            sink.accept(update(count, batch));
        }
    }

    private static OrdersUpdate update(int count, ByteBuf batch) {
        return new OrdersUpdate(count, Bytes.copyOf(batch, batch.readerIndex(), batch.readableBytes()));
    }
}
