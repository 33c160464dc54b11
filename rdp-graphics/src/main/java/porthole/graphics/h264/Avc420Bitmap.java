package porthole.graphics.h264;

import java.util.Arrays;
import porthole.protocol.failure.WireException;

/**
 * RFX_AVC420_BITMAP_STREAM: which rectangles of the picture are new, how good they are, and the picture.
 * MS-RDPEGFX 2.2.4.4.
 *
 * <p>Used again from bitmap to bitmap. Not thread-safe.
 */
final class Avc420Bitmap {
    static final String NAME = "RFX_AVC420_BITMAP_STREAM";
    static final String SECTION = "MS-RDPEGFX 2.2.4.4";
    private static final int RECT_OCTETS = 8;
    private static final int QUALITY_OCTETS = 2;
    /** How often the rectangles may cover the whole picture. */
    private static final long MOST_LAYERS = 64;

    private byte[] octets;
    private int rects;
    private int count;
    private int end;

    /** What is done with the part of a rectangle that there is; right and bottom are exclusive. */
    @FunctionalInterface
    interface Rectangle {
        void shown(int left, int top, int right, int bottom);
    }

    /** Reads what precedes the picture. @param octets borrowed until the next call */
    Avc420Bitmap read(byte[] octets, int from, int to) {
        if (to - from < 4) {
            throw error("numRegionRects", from, to - from + " octets", "at least 4");
        }
        long numRegionRects = u32(octets, from);
        if (numRegionRects * (RECT_OCTETS + QUALITY_OCTETS) > to - from - 4) {
            throw error(
                    "numRegionRects",
                    from,
                    numRegionRects + " rectangles",
                    "no more than fit into " + (to - from - 4) + " octets");
        }
        this.octets = octets;
        rects = from + 4;
        count = (int) numRegionRects;
        end = to;
        return this;
    }

    /** Where the H.264 octets begin. */
    int from() {
        return rects + count * (RECT_OCTETS + QUALITY_OCTETS);
    }

    /** Where they end. */
    int to() {
        return end;
    }

    /**
     * Shows those parts of the rectangles that lie within {@code width x height} pixels.
     *
     * @throws WireException where they lie over one another so often that few octets ask for much work
     */
    void forEach(int width, int height, Rectangle visitor) {
        long pixels = 0;
        for (int i = 0, at = rects; i < count; i++, at += RECT_OCTETS) {
            int left = u16(octets, at);
            int top = u16(octets, at + 2);
            int right = Math.min(width, u16(octets, at + 4));
            int bottom = Math.min(height, u16(octets, at + 6));
            if (left < right && top < bottom) {
                pixels += (long) (right - left) * (bottom - top);
                if (pixels > MOST_LAYERS * width * height) {
                    throw error(
                            "regionRects", at, i + 1 + " rectangles", "at most " + MOST_LAYERS + " times the picture");
                }
                visitor.shown(left, top, right, bottom);
            }
        }
    }

    /** Whether the bitmap at {@code from} has the same rectangles, as the two of AVC444 mostly have. */
    boolean hasRectanglesOf(byte[] others, int from, int to) {
        int length = 4 + count * RECT_OCTETS;
        return to - from >= length && Arrays.equals(octets, rects - 4, rects - 4 + length, others, from, from + length);
    }

    static WireException error(String field, int offset, String seen, String rule) {
        return new WireException(NAME, field, offset, seen, rule, SECTION);
    }

    static long u32(byte[] octets, int at) {
        return u16(octets, at) | (long) u16(octets, at + 2) << 16;
    }

    private static int u16(byte[] octets, int at) {
        return octets[at] & 0xFF | (octets[at + 1] & 0xFF) << 8;
    }
}
