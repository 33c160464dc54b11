package porthole.graphics.orders;

import java.util.Arrays;
import porthole.graphics.cache.NineGrid;
import porthole.graphics.cache.NineGrids;
import porthole.graphics.cache.OrderErrors;
import porthole.graphics.codec.BitmapDecoder;
import porthole.graphics.rop.Raster;
import porthole.protocol.orders.CreateNineGridBitmap;
import porthole.protocol.orders.StreamBitmapFirst;
import porthole.protocol.orders.StreamBitmapNext;
import porthole.protocol.wire.Bytes;

/** Collects the blocks of a bitmap until the order comes that says what it is for. MS-RDPEGDI 2.2.2.2.1.3.5. Not thread-safe. */
final class StreamedBitmap {
    private static final String SECTION = "MS-RDPEGDI 2.2.2.2.1.3.5";
    private static final int MOST_OCTETS = 4 * CacheFiller.BITMAP_PIXELS;
    private static final int DEPTH = 32;

    private final NineGrids grids;
    private final BitmapDecoder decoder = new BitmapDecoder();
    private StreamBitmapFirst first;
    private byte[] octets = new byte[0];
    private int length;

    StreamedBitmap(NineGrids grids) {
        this.grids = grids;
    }

    void begin(StreamBitmapFirst order) {
        if (order.bitmapSize() > MOST_OCTETS) {
            throw OrderErrors.error(
                    "StreamBitmapFirst",
                    "BitmapSize",
                    String.valueOf(order.bitmapSize()),
                    "at most " + MOST_OCTETS,
                    SECTION);
        }
        first = order;
        length = 0;
        add("StreamBitmapFirst", order.bitmapBlock());
    }

    void next(StreamBitmapNext order) {
        if (first == null) {
            throw OrderErrors.error(
                    "StreamBitmapNext", "BitmapBlock", "no bitmap is streamed", "Stream Bitmap First before", SECTION);
        }
        add("StreamBitmapNext", order.bitmapBlock());
    }

    /** Grows with what is there, not with what is announced. */
    private void add(String order, Bytes block) {
        long size = length + (long) block.size();
        if (size > first.bitmapSize()) {
            throw OrderErrors.error(
                    order, "BitmapBlockSize", size + " octets in all", "at most " + first.bitmapSize(), SECTION);
        }
        if (octets.length < size) {
            octets = Arrays.copyOf(octets, (int) Math.min(first.bitmapSize(), Math.max(size, 2L * octets.length)));
        }
        block.copyTo(octets, length);
        length = (int) size;
    }

    /** Makes the streamed bitmap one of nine parts. */
    void create(CreateNineGridBitmap order) {
        if (first == null
                || first.bitmapWidth() != order.cx()
                || first.bitmapHeight() != order.cy()
                || order.bitmapBpp() != DEPTH
                || first.bitmapBpp() != DEPTH) {
            throw OrderErrors.error(
                    "CreateNineGridBitmap",
                    "cx",
                    order.cx() + " x " + order.cy() + " at " + order.bitmapBpp() + " bits",
                    first == null
                            ? "a bitmap that was streamed before"
                            : first.bitmapWidth() + " x " + first.bitmapHeight() + " at 32 bits",
                    "MS-RDPEGDI 2.2.2.2.1.3.4");
        }
        int width = order.cx();
        int height = order.cy();
        grids.reserve(order.bitmapId(), width, height);
        boolean compressed = (first.bitmapFlags() & StreamBitmapFirst.STREAM_BITMAP_COMPRESSED) != 0;
        int[] bottomUp = decoder.decodeWithAlpha(width, height, compressed, octets, length, CacheFiller.BITMAP_PIXELS);
        int[] pixels = new int[width * height];
        for (int y = 0; y < height; y++) {
            System.arraycopy(bottomUp, (height - 1 - y) * width, pixels, y * width, width);
        }
        grids.put(order.bitmapId(), new NineGrid(new Raster(width, height, pixels), order.nineGridInfo()));
        first = null;
    }
}
