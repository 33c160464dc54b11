package porthole.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import porthole.fixtures.peer.Xvfb;
import porthole.graphics.cache.OrderLimits;
import porthole.graphics.orders.OrderListener;
import porthole.graphics.orders.OrderPainter;
import porthole.graphics.picture.Picture;
import porthole.graphics.picture.PixelRect;
import porthole.graphics.rop.Rop3;
import porthole.graphics.screen.Framebuffer;
import porthole.host.card.TileEncoder;
import porthole.protocol.graphics.PaletteUpdate;
import porthole.protocol.orders.CacheBitmapRev2;
import porthole.protocol.orders.DrawingOrder;
import porthole.protocol.orders.MemBlt;
import porthole.protocol.orders.OpaqueRect;
import porthole.protocol.orders.OrderBounds;
import porthole.protocol.orders.OrderBrush;
import porthole.protocol.orders.PrimaryDrawingOrder;
import porthole.protocol.orders.PrimaryOrder;
import porthole.protocol.orders.PrimaryOrderHistory;
import porthole.protocol.orders.TsColor;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireWriter;

/** Orders that fill a screen with small cells, each with a name; numbers and colours come from a seed. */
abstract class Card {
    static final int WIDTH = 1024;
    static final int HEIGHT = 768;
    /** The last pixel that is drawn, so that its colour says that all was. */
    static final int LAST_X = WIDTH - 1;

    static final int LAST_Y = HEIGHT - 1;
    static final int CELL = 16;
    /** Bitmaps 0 to 2 of cache 1 have this side. */
    static final int TILE = 24;

    private static final int PITCH = 18;
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    final SplittableRandom random;
    final int bitsPerPixel;
    /** Where the cell is that is drawn. */
    int x;

    int y;
    private final List<DrawingOrder> orders = new ArrayList<>();
    private final Map<String, PixelRect> cells = new LinkedHashMap<>();
    private final PrimaryOrderHistory history = new PrimaryOrderHistory();
    private int nextX;
    private int nextY;

    Card(int bitsPerPixel, long seed) {
        this.bitsPerPixel = bitsPerPixel;
        this.random = new SplittableRandom(seed);
    }

    List<DrawingOrder> orders() {
        return orders;
    }

    /** What is where. */
    Map<String, PixelRect> cells() {
        return cells;
    }

    void add(DrawingOrder order) {
        orders.add(order);
    }

    /** An order in its shortest form, as hosts send them. */
    void add(PrimaryOrder order) {
        add(order, Optional.empty());
    }

    void add(PrimaryOrder order, Optional<OrderBounds> bounds) {
        PrimaryDrawingOrder drawing = PrimaryDrawingOrder.shortest(order, bounds, history);
        ByteBuf octets = Unpooled.buffer();
        drawing.encode(new WireWriter(octets), history);
        orders.add(drawing);
    }

    void cell(String name, int width) {
        if (nextX + width > WIDTH) {
            nextX = 0;
            nextY += PITCH;
        }
        x = nextX;
        y = nextY;
        nextX += width + PITCH - CELL;
        if (y + CELL > HEIGHT - PITCH) {
            throw new IllegalStateException("the card is full at " + name);
        }
        if (cells.put(name, new PixelRect(x, y, width, CELL)) != null) {
            throw new IllegalStateException("two cells are " + name);
        }
    }

    void cell(String name) {
        cell(name, CELL);
    }

    /** Half of a cell, cut from its middle. */
    Optional<OrderBounds> middle() {
        return Optional.of(new OrderBounds(x + 3, y + 5, x + 11, y + 12));
    }

    /** At 8 bits per pixel, the index of one. */
    TsColor color() {
        return TsColor.ofWire(random.nextInt(1 << Math.min(24, bitsPerPixel)));
    }

    OrderBrush brush(int style, int hatch) {
        return new OrderBrush(random.nextInt(8), random.nextInt(8), style, hatch, octets(OrderBrush.EXTRA_SIZE));
    }

    Bytes octets(int count) {
        byte[] octets = new byte[count];
        random.nextBytes(octets);
        return Bytes.of(octets);
    }

    int pixelBytes() {
        return (bitsPerPixel + 7) / 8;
    }

    /** The host's 256 colours at 8 bits per pixel, as 0xRRGGBB. */
    static int[] palette() {
        Bytes octets = TileEncoder.palette();
        int[] colors = new int[octets.size() / 3];
        for (int i = 0; i < colors.length; i++) {
            colors[i] = octets.at(3 * i) << 16 | octets.at(3 * i + 1) << 8 | octets.at(3 * i + 2);
        }
        return colors;
    }

    /** Fills three bitmaps of cache 1, and the screen with them. */
    final void noise() {
        for (int i = 0; i < 3; i++) {
            add(CacheBitmapRev2.of(
                    false, 1, i, TILE, TILE, bitsPerPixel, OptionalLong.empty(), octets(TILE * TILE * pixelBytes())));
        }
        for (int top = 0; top < HEIGHT; top += TILE) {
            for (int left = 0; left < WIDTH; left += TILE) {
                int width = Math.min(TILE, WIDTH - left);
                add(new MemBlt(1, left, top, width, TILE, Rop3.SRCCOPY, 0, 0, random.nextInt(3)));
            }
        }
    }

    /** Turns the last pixel white. */
    final void end() {
        cells.put("last", new PixelRect(LAST_X, LAST_Y, 1, 1));
        int more = bitsPerPixel == 8 ? 0 : 0xFF; // white is the last of the palette
        add(new OpaqueRect(LAST_X, LAST_Y, 1, 1, 0xFF, more, more));
    }

    /** What our client makes of it. */
    Picture picture() {
        Framebuffer screen = new Framebuffer(WIDTH, HEIGHT);
        OrderPainter painter = new OrderPainter(screen, bitsPerPixel, OrderLimits.DEFAULT, OrderListener.NONE);
        painter.palette(new PaletteUpdate(0, TileEncoder.palette(), Bytes.EMPTY));
        painter.update(orders);
        return screen.snapshot();
    }

    /** How many pixels differ in each cell, and between the cells. */
    Map<String, Integer> differences(Picture ours, BufferedImage theirs) {
        Map<String, Integer> differences = new LinkedHashMap<>();
        boolean[] inCell = new boolean[WIDTH * HEIGHT];
        cells.forEach((name, cell) -> {
            for (int row = cell.y(); row < cell.bottom(); row++) {
                for (int column = cell.x(); column < cell.right(); column++) {
                    inCell[row * WIDTH + column] = true;
                    count(differences, name, ours, theirs, column, row);
                }
            }
        });
        for (int i = 0; i < inCell.length; i++) {
            if (!inCell[i]) {
                count(differences, "between", ours, theirs, i % WIDTH, i / WIDTH);
            }
        }
        return differences;
    }

    private static void count(
            Map<String, Integer> differences, String name, Picture ours, BufferedImage theirs, int x, int y) {
        if ((ours.argb(x, y) ^ theirs.getRGB(x, y)) << 8 != 0) {
            differences.merge(name, 1, Integer::sum);
        }
    }

    /** Compares once the last pixel is white, and again for a moment, as others may come behind it. */
    static Map<String, Integer> settled(Card card, Xvfb display, Supplier<String> log) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        BufferedImage picture = display.screenshot();
        while ((picture.getRGB(LAST_X, LAST_Y) & 0xFFFFFF) != 0xFFFFFF) {
            assertThat(System.nanoTime())
                    .as("the last order was not drawn; " + log.get())
                    .isLessThan(end);
            Thread.sleep(250);
            picture = display.screenshot();
        }
        Picture ours = card.picture();
        Map<String, Integer> differences = card.differences(ours, picture);
        for (int i = 0; i < 10 && !differences.isEmpty(); i++) {
            Thread.sleep(250);
            differences = card.differences(ours, display.screenshot());
        }
        return differences;
    }
}
