package porthole.graphics.h264;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import porthole.graphics.codec.PixelSink;
import porthole.graphics.picture.PixelRect;

/**
 * AVC444 and AVC444v2: two 4:2:0 pictures, of which the second has the chroma that the first lacks.
 * MS-RDPEGFX 2.2.4.5, 2.2.4.6 and 3.3.8.3.2.
 *
 * <p>Keeps the chroma of the whole bitmap, as the two pictures may come apart. Not thread-safe.
 */
public final class Avc444 implements AutoCloseable {
    private static final int BOTH = 0;
    private static final int LUMA = 1;
    private static final int CHROMA = 2;
    private static final int HEADER = 4;

    private final H264Decoder decoder;
    private final boolean version2;
    private final YuvPicture picture = new YuvPicture();
    private byte[] y = new byte[0];
    private byte[] u = new byte[0];
    private byte[] v = new byte[0];
    private int width;
    private int height;
    private int stride;
    private int[] row = new int[0];
    private final List<PixelRect> shown = new ArrayList<>();

    /**
     * @param version2 how the second picture packs its chroma
     * @param decoder for both pictures, which are one stream to the encoder; closed with this
     */
    public Avc444(boolean version2, H264Decoder decoder) {
        this.version2 = version2;
        this.decoder = decoder;
    }

    /**
     * Decodes one bitmap stream; its new rectangles go to {@code sink}.
     *
     * @param width and height of the bitmap, in pixels, which the caller keeps within its budget
     */
    public void decode(byte[] octets, int from, int to, int width, int height, PixelSink sink) {
        resize(width, height);
        if (to - from < HEADER) {
            throw Avc420Bitmap.error("cbAvc420EncodedBitstream1", from, to - from + " octets", "at least 4");
        }
        long header = Avc420Bitmap.u32(octets, from);
        int which = (int) (header >> 30);
        long first = header & 0x3FFFFFFF;
        int begin = from + HEADER;
        if (which > CHROMA || first > to - begin) {
            throw Avc420Bitmap.error(
                    "cbAvc420EncodedBitstream1",
                    from,
                    "LC " + which + ", " + first + " octets",
                    "LC 0 to 2 and at most " + (to - begin) + " octets");
        }
        if (which == BOTH) {
            int end = begin + (int) first;
            luma(octets, begin, end, sink);
            chroma(octets, end, to, sink);
        } else if (which == LUMA) {
            luma(octets, begin, to, sink);
        } else {
            chroma(octets, begin, to, sink);
        }
    }

    private void resize(int newWidth, int newHeight) {
        if (newWidth == width && newHeight == height) {
            return;
        }
        width = newWidth;
        height = newHeight;
        stride = newWidth + 3 & ~3; // chroma is packed four pixels at a time
        int octets = stride * (newHeight + 1 & ~1);
        y = new byte[octets];
        u = new byte[octets];
        v = new byte[octets];
        Arrays.fill(u, (byte) 128);
        Arrays.fill(v, (byte) 128);
    }

    private void luma(byte[] octets, int from, int to, PixelSink sink) {
        Avc420Bitmap bitmap = Avc420Bitmap.read(octets, from, to);
        if (!decoder.decode(octets, bitmap.from(), bitmap.to(), picture)) {
            return;
        }
        for (PixelRect rect : shown(bitmap.regionRects())) {
            for (int row = rect.y(); row < rect.bottom(); row++) {
                System.arraycopy(picture.y(), picture.row(row) + rect.x(), y, row * stride + rect.x(), rect.width());
            }
            for (int row = rect.y() & ~1; row < rect.bottom(); row += 2) {
                int from420 = picture.chromaRow(row >> 1);
                spread(picture.u(), from420, u, row * stride, rect);
                spread(picture.v(), from420, v, row * stride, rect);
            }
        }
        show(sink);
    }

    /** Each chroma octet of a row goes to the four pixels that share it. */
    private void spread(byte[] from, int at, byte[] to, int row, PixelRect rect) {
        for (int x = rect.x() & ~1; x < rect.right(); x += 2) {
            byte value = from[at + (x >> 1)];
            int i = row + x;
            to[i] = value;
            to[i + 1] = value;
            to[i + stride] = value;
            to[i + stride + 1] = value;
        }
    }

    private void chroma(byte[] octets, int from, int to, PixelSink sink) {
        Avc420Bitmap bitmap = Avc420Bitmap.read(octets, from, to);
        if (!decoder.decode(octets, bitmap.from(), bitmap.to(), picture)) {
            return;
        }
        for (PixelRect rect : shown(bitmap.regionRects())) {
            if (version2) {
                unpack2(rect);
            } else {
                unpack1(rect);
            }
        }
        show(sink);
    }

    /** Odd rows of chroma lie in the luma plane, eight of blue and eight of red difference by turns. */
    private void unpack1(PixelRect rect) {
        for (int odd = rect.y() | 1; odd < rect.bottom(); odd += 2) {
            int index = odd - rect.y() >> 1; // of the odd row within the rectangle
            int source = rect.y() + (index / 8) * 16 + index % 8;
            copy(source, rect, u, odd);
            copy(source + 8, rect, v, odd);
        }
        for (int even = rect.y(); even + 1 < rect.bottom(); even += 2) {
            int at = picture.chromaRow(even >> 1);
            for (int x = rect.x(); x + 1 < rect.right(); x += 2) {
                u[even * stride + x + 1] = picture.u()[at + (x >> 1)];
                v[even * stride + x + 1] = picture.v()[at + (x >> 1)];
            }
        }
    }

    private void copy(int source, PixelRect rect, byte[] to, int row) {
        if (source < picture.height()) {
            System.arraycopy(picture.y(), picture.row(source) + rect.x(), to, row * stride + rect.x(), rect.width());
        }
    }

    /** Odd columns lie in the luma plane, even columns of odd rows in the chroma planes; blue in the left halves, red right. */
    private void unpack2(PixelRect rect) {
        int half = width / 2;
        int quarter = width / 4;
        // a picture may be narrower than its bitmap, and then lacks columns of its right half
        int oddRight = Math.min(rect.right(), 2 * (picture.width() - half));
        int evenRight = Math.min(rect.right(), 4 * (picture.chromaWidth() - quarter));
        byte[] luma = picture.y();
        for (int line = rect.y(); line < rect.bottom(); line++) {
            int at = picture.row(line);
            for (int x = rect.x() & ~1; x + 1 < stride && x < oddRight; x += 2) {
                int i = line * stride + x + 1;
                u[i] = luma[at + (x >> 1)];
                v[i] = luma[at + half + (x >> 1)];
            }
        }
        for (int line = rect.y() & ~1; line < rect.bottom(); line += 2) {
            int at = picture.chromaRow(line >> 1);
            for (int x = rect.x() & ~3; x < evenRight; x += 4) {
                int i = (line + 1) * stride + x;
                u[i] = picture.u()[at + (x >> 2)];
                v[i] = picture.u()[at + quarter + (x >> 2)];
                u[i + 2] = picture.v()[at + (x >> 2)];
                v[i + 2] = picture.v()[at + quarter + (x >> 2)];
            }
        }
    }

    /** The rectangles as far as bitmap and picture go. */
    private List<PixelRect> shown(List<PixelRect> rects) {
        PixelRect all = new PixelRect(0, 0, Math.min(width, picture.width()), Math.min(height, picture.height()));
        shown.clear();
        for (int i = 0; i < rects.size(); i++) {
            PixelRect rect = rects.get(i).intersection(all);
            if (!rect.isEmpty()) {
                shown.add(rect);
            }
        }
        return shown;
    }

    private void show(PixelSink sink) {
        for (PixelRect rect : shown) {
            if (row.length < rect.width()) {
                row = new int[rect.width()];
            }
            for (int line = rect.y(); line < rect.bottom(); line++) {
                int from = line * stride + rect.x();
                Yuv.row444(y, u, v, from, rect.width(), row, 0);
                if (((line - rect.y()) & 1) == 0 && line + 1 < rect.bottom()) {
                    sharpen(rect, line);
                }
                sink.pixels(rect.x(), line, rect.width(), 1, row, 0, rect.width());
            }
        }
    }

    /**
     * Chroma of even pixels in even rows was the mean of four when it was sent: their own value comes back by taking the
     * other three off. Where that makes little difference the mean stays, as it is less noisy.
     */
    private void sharpen(PixelRect rect, int line) {
        for (int x = 0; x + 1 < rect.width(); x += 2) {
            int i = line * stride + rect.x() + x;
            row[x] = Yuv.argb(y[i] & 0xFF, own(u, i) - 128, own(v, i) - 128);
        }
    }

    private int own(byte[] plane, int i) {
        int mean = plane[i] & 0xFF;
        int own = 4 * mean - (plane[i + 1] & 0xFF) - (plane[i + stride] & 0xFF) - (plane[i + stride + 1] & 0xFF);
        int clipped = Math.max(0, Math.min(255, own));
        return Math.abs(clipped - mean) < 30 ? mean : clipped;
    }

    @Override
    public void close() {
        decoder.close();
    }
}
