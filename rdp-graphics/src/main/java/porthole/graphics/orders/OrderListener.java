package porthole.graphics.orders;

import porthole.protocol.orders.DrawingOrder;

/** Is told of orders that draw nothing. */
public interface OrderListener {
    /** For those who want no more than the pixels. */
    OrderListener NONE = new OrderListener() {};

    /** Something about a window, the desktop or its composition; nothing on the screen changes. */
    default void windowing(DrawingOrder order) {}

    /** A frame begins, or is complete. */
    default void frameMarker(boolean end) {}

    /** An order was passed over: nobody offered to draw it, or it refers to what the host never sent. */
    default void skipped(String order) {}
}
