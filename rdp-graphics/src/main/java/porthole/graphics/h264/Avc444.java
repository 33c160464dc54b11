package porthole.graphics.h264;

import java.util.Arrays;
import porthole.graphics.codec.PixelSink;

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
    private final YuvPicture picture = new YuvPicture();
    private final Avc420Bitmap bitmap = new Avc420Bitmap();
    private final Avc420Bitmap.Rectangle lumaTaking = this::takeLuma;
    private final Avc420Bitmap.Rectangle chromaTaking;
    private final Avc420Bitmap.Rectangle showing = this::show;
    private byte[] y = new byte[0];
    private byte[] u = new byte[0];
    private byte[] v = new byte[0];
    private int width;
    private int height;
    private int stride;
    private final Yuv yuv = new Yuv();
    private PixelSink sink;

    /**
     * @param version2 how the second picture packs its chroma
     * @param decoder for both pictures, which are one stream to the encoder; closed with this
     */
    public Avc444(boolean version2, H264Decoder decoder) {
        this.decoder = decoder;
        chromaTaking = version2 ? this::unpack2 : this::unpack1;
    }

    /**
     * Decodes one bitmap stream; its new rectangles go to {@code sink}.
     *
     * @param width and height of the bitmap, in pixels, which the caller keeps within its budget
     */
    public void decode(byte[] octets, int from, int to, int width, int height, PixelSink sink) {
        resize(width, height);
        this.sink = sink;
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
        boolean news;
        if (which == BOTH) {
            int end = begin + (int) first;
            news = take(octets, begin, end, lumaTaking);
            if (news && !bitmap.hasRectanglesOf(octets, end, to)) {
                show();
                news = false;
            }
            news |= take(octets, end, to, chromaTaking);
        } else {
            news = take(octets, begin, to, which == LUMA ? lumaTaking : chromaTaking);
        }
        if (news) {
            show();
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

    /** @return whether there is a picture */
    private boolean take(byte[] octets, int from, int to, Avc420Bitmap.Rectangle taking) {
        bitmap.read(octets, from, to);
        if (!decoder.decode(octets, bitmap.from(), bitmap.to(), picture)) {
            return false;
        }
        bitmap.forEach(Math.min(width, picture.width()), Math.min(height, picture.height()), taking);
        return true;
    }

    private void show() {
        bitmap.forEach(Math.min(width, picture.width()), Math.min(height, picture.height()), showing);
    }

    private void takeLuma(int left, int top, int right, int bottom) {
        for (int line = top; line < bottom; line++) {
            System.arraycopy(picture.y(), picture.row(line) + left, y, line * stride + left, right - left);
        }
        for (int line = top & ~1; line < bottom; line += 2) {
            int from420 = picture.chromaRow(line >> 1);
            spread(picture.u(), from420, u, line * stride, left, right);
            spread(picture.v(), from420, v, line * stride, left, right);
        }
    }

    /** Each chroma octet of a row goes to the four pixels that share it. */
    private void spread(byte[] from, int at, byte[] to, int row, int left, int right) {
        for (int x = left & ~1; x < right; x += 2) {
            byte value = from[at + (x >> 1)];
            int i = row + x;
            to[i] = value;
            to[i + 1] = value;
            to[i + stride] = value;
            to[i + stride + 1] = value;
        }
    }

    /** Odd rows of chroma lie in the luma plane, eight of blue and eight of red difference by turns. */
    private void unpack1(int left, int top, int right, int bottom) {
        for (int odd = top | 1; odd < bottom; odd += 2) {
            int index = odd - top >> 1; // of the odd row within the rectangle
            int source = top + (index / 8) * 16 + index % 8;
            copy(source, left, right, u, odd);
            copy(source + 8, left, right, v, odd);
        }
        for (int even = top; even + 1 < bottom; even += 2) {
            int at = picture.chromaRow(even >> 1);
            for (int x = left; x + 1 < right; x += 2) {
                u[even * stride + x + 1] = picture.u()[at + (x >> 1)];
                v[even * stride + x + 1] = picture.v()[at + (x >> 1)];
            }
        }
    }

    private void copy(int source, int left, int right, byte[] to, int row) {
        if (source < picture.height()) {
            System.arraycopy(picture.y(), picture.row(source) + left, to, row * stride + left, right - left);
        }
    }

    /** Odd columns lie in the luma plane, even columns of odd rows in the chroma planes; blue in the left halves, red right. */
    private void unpack2(int left, int top, int right, int bottom) {
        int half = width / 2;
        int quarter = width / 4;
        // a picture may be narrower than its bitmap, and then lacks columns of its right half
        int oddRight = Math.min(right, 2 * (picture.width() - half));
        int evenRight = Math.min(right, 4 * (picture.chromaWidth() - quarter));
        byte[] luma = picture.y();
        for (int line = top; line < bottom; line++) {
            int at = picture.row(line);
            for (int x = left & ~1; x + 1 < stride && x < oddRight; x += 2) {
                int i = line * stride + x + 1;
                u[i] = luma[at + (x >> 1)];
                v[i] = luma[at + half + (x >> 1)];
            }
        }
        for (int line = top & ~1; line < bottom; line += 2) {
            int at = picture.chromaRow(line >> 1);
            for (int x = left & ~3; x < evenRight; x += 4) {
                int i = (line + 1) * stride + x;
                u[i] = picture.u()[at + (x >> 2)];
                v[i] = picture.u()[at + quarter + (x >> 2)];
                u[i + 2] = picture.v()[at + (x >> 2)];
                v[i + 2] = picture.v()[at + quarter + (x >> 2)];
            }
        }
    }

    private void show(int left, int top, int right, int bottom) {
        int count = right - left;
        for (int line = top; line < bottom; line++) {
            int from = line * stride + left;
            int[] row = yuv.row444(y, u, v, from, count);
            if (((line - top) & 1) == 0 && line + 1 < bottom) {
                sharpen(from, count, row);
            }
            sink.pixels(left, line, count, 1, row, 0, count);
        }
    }

    /**
     * Chroma of even pixels in even rows was the mean of four when it was sent: their own value comes back by taking the
     * other three off. Where that makes little difference the mean stays, as it is less noisy.
     */
    private void sharpen(int from, int count, int[] row) {
        for (int x = 0; x + 1 < count; x += 2) {
            int i = from + x;
            row[x] = Yuv.argb(y[i] & 0xFF, own(u, i), own(v, i));
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
