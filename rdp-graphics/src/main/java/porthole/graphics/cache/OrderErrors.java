package porthole.graphics.cache;

import porthole.protocol.failure.WireException;

/** How a drawing order is refused that was read, but asks for what the client never offered. */
public final class OrderErrors {
    private OrderErrors() {}

    public static WireException error(String order, String field, String seen, String rule, String section) {
        return new WireException(order, field, 0, seen, rule, section);
    }

    /** Refuses an index or a number that is not {@code 0} to {@code end - 1}. */
    public static void index(int value, int end, String order, String field, String section) {
        if (value < 0 || value >= end) {
            throw error(order, field, String.valueOf(value), "0 to " + (end - 1), section);
        }
    }
}
