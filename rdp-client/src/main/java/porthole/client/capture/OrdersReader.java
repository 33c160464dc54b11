package porthole.client.capture;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import porthole.protocol.orders.DrawingOrder;
import porthole.protocol.orders.PrimaryDrawingOrder;
import porthole.protocol.orders.PrimaryOrderHistory;
import porthole.protocol.wire.WireReader;

/** Reads the drawing orders of an update, which refer to those before them, and names them. */
final class OrdersReader {
    private static final int MOST_NAMES = 12;

    private final PrimaryOrderHistory history = new PrimaryOrderHistory();

    /** Both sides have exchanged capabilities, and begin anew. */
    void reset() {
        history.clear();
    }

    /** What the orders are, as far as they can be read; what stops that is thrown once the names are told. */
    void read(WireReader in, int numberOrders, Consumer<String> names) {
        Map<String, Integer> kinds = new LinkedHashMap<>();
        try {
            DrawingOrder.forEach(in, numberOrders, history, order -> kinds.merge(name(order), 1, Integer::sum));
            if (in.hasRemaining()) {
                in.rest("trailing");
            }
        } finally {
            names.accept(text(kinds));
        }
    }

    private static String name(DrawingOrder order) {
        Object kind = order instanceof PrimaryDrawingOrder primary ? primary.order() : order;
        return kind.getClass().getSimpleName();
    }

    private static String text(Map<String, Integer> kinds) {
        StringBuilder text = new StringBuilder("ORDERS:");
        kinds.entrySet().stream()
                .limit(MOST_NAMES)
                .forEach(kind -> text.append(' ')
                        .append(kind.getKey())
                        .append(kind.getValue() == 1 ? "" : " x" + kind.getValue()));
        return kinds.size() > MOST_NAMES ? text + " ..." : text.toString();
    }
}
