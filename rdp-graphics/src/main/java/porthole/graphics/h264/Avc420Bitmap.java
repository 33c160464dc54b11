package porthole.graphics.h264;

import java.util.List;
import porthole.graphics.picture.PixelRect;
import porthole.protocol.failure.WireException;

/**
 * RFX_AVC420_BITMAP_STREAM: which rectangles of the picture are new, how good they are, and the picture.
 * MS-RDPEGFX 2.2.4.4.
 *
 * @param regionRects in pixels of the bitmap
 * @param from where the H.264 octets begin
 * @param to and where they end
 */
record Avc420Bitmap(List<PixelRect> regionRects, int from, int to) {
    static final String NAME = "RFX_AVC420_BITMAP_STREAM";
    static final String SECTION = "MS-RDPEGFX 2.2.4.4";
    private static final int RECT_OCTETS = 8;
    private static final int QUALITY_OCTETS = 2;

    static Avc420Bitmap read(byte[] octets, int from, int to) {
        if (to - from < 4) {
            throw error("numRegionRects", from, to - from + " octets", "at least 4");
        }
        long count = u32(octets, from);
        if (count * (RECT_OCTETS + QUALITY_OCTETS) > to - from - 4) {
            throw error(
                    "numRegionRects",
                    from,
                    count + " rectangles",
                    "no more than fit into " + (to - from - 4) + " octets");
        }
        PixelRect[] rects = new PixelRect[(int) count];
        for (int i = 0, at = from + 4; i < rects.length; i++, at += RECT_OCTETS) {
            rects[i] =
                    PixelRect.ofEdges(u16(octets, at), u16(octets, at + 2), u16(octets, at + 4), u16(octets, at + 6));
        }
        return new Avc420Bitmap(List.of(rects), from + 4 + (int) count * (RECT_OCTETS + QUALITY_OCTETS), to);
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
