package porthole.protocol.orders;

/** The rectangle that clips a primary order, in pixels, all sides inclusive. MS-RDPEGDI 2.2.2.2.1.1.2. */
public record OrderBounds(int left, int top, int right, int bottom) {
    static final OrderBounds ZERO = new OrderBounds(0, 0, 0, 0);
}
