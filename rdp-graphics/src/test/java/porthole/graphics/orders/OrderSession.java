package porthole.graphics.orders;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import porthole.graphics.cache.OrderLimits;
import porthole.graphics.picture.Picture;
import porthole.graphics.screen.Framebuffer;
import porthole.protocol.orders.CacheBitmapRev2;
import porthole.protocol.orders.DrawingOrder;
import porthole.protocol.orders.OrderBounds;
import porthole.protocol.orders.PrimaryDrawingOrder;
import porthole.protocol.orders.PrimaryOrder;
import porthole.protocol.orders.PrimaryOrderHistory;
import porthole.protocol.orders.TsColor;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** A small screen, to which orders come as octets. */
final class OrderSession {
    static final int WIDTH = 40;
    static final int HEIGHT = 32;
    static final int SRCCOPY = 0xCC;
    static final TsColor RED = new TsColor(0xFF, 0, 0);
    static final TsColor GREEN = new TsColor(0, 0xFF, 0);
    static final TsColor BLUE = new TsColor(0, 0, 0xFF);

    final Framebuffer screen = new Framebuffer(WIDTH, HEIGHT);
    final OrderPainter painter;
    private final PrimaryOrderHistory history = new PrimaryOrderHistory();

    OrderSession(int bitsPerPixel, OrderListener listener) {
        painter = new OrderPainter(screen, bitsPerPixel, OrderLimits.DEFAULT, listener);
    }

    OrderSession() {
        this(32, OrderListener.NONE);
    }

    void send(PrimaryOrder... orders) {
        Arrays.stream(orders).forEach(order -> send(PrimaryDrawingOrder.of(order)));
    }

    void send(PrimaryOrder order, OrderBounds bounds) {
        send(PrimaryDrawingOrder.of(order, bounds));
    }

    void send(DrawingOrder... orders) {
        ByteBuf octets = Unpooled.buffer();
        List.of(orders).forEach(order -> order.encode(new WireWriter(octets), history));
        painter.update(WireReader.of(octets, "Orders", "test"), orders.length);
    }

    /** The colour of a pixel as 0xRRGGBB. */
    int at(int x, int y) {
        return screen.snapshot().argb(x, y) & 0xFFFFFF;
    }

    int[] pixels() {
        Picture picture = screen.snapshot();
        int[] pixels = new int[WIDTH * HEIGHT];
        Arrays.setAll(pixels, i -> picture.argb(i % WIDTH, i / WIDTH) & 0xFFFFFF);
        return pixels;
    }

    /** How many pixels have this colour of 0xRRGGBB. */
    long count(int rgb) {
        return Arrays.stream(pixels()).filter(pixel -> pixel == rgb).count();
    }

    /** A bitmap of 32 bits per pixel for the second cache, given with the top row first. */
    static CacheBitmapRev2 bitmap(int index, int width, int height, int... rgb) {
        byte[] data = new byte[width * height * 4];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int at = ((height - 1 - y) * width + x) * 4;
                int pixel = rgb[y * width + x];
                data[at] = (byte) pixel;
                data[at + 1] = (byte) (pixel >> 8);
                data[at + 2] = (byte) (pixel >> 16);
            }
        }
        return CacheBitmapRev2.of(false, 1, index, width, height, 32, OptionalLong.empty(), Bytes.of(data));
    }
}
