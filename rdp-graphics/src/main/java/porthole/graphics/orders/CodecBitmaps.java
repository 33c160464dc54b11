package porthole.graphics.orders;

import java.util.Arrays;
import porthole.graphics.cache.OrderErrors;
import porthole.graphics.codec.NsCodec;
import porthole.graphics.codec.RemoteFx;
import porthole.protocol.graphics.SurfaceBits.BitmapDataEx;
import porthole.protocol.wire.Bytes;

/** Bitmaps for the cache that a bitmap codec made smaller. MS-RDPEGDI 2.2.2.2.1.2.8. Not thread-safe. */
final class CodecBitmaps {
    /** The ids that the client gives in its Bitmap Codecs Capability Set (MS-RDPBCGR 2.2.7.2.10). */
    private static final int CODEC_NONE = 0;

    private static final int CODEC_NSCODEC = 1;
    private static final int CODEC_REMOTEFX = 3;
    private static final int BLACK = 0xFF000000;

    private final NsCodec nsCodec = new NsCodec();
    private final RemoteFx remoteFx = new RemoteFx();
    private byte[] octets = new byte[0];
    private int[] pixels = new int[0];

    /** Whether a codec has to read the bitmap; an unknown one is refused. */
    boolean handles(int codecId) {
        if (codecId != CODEC_NONE && codecId != CODEC_NSCODEC && codecId != CODEC_REMOTEFX) {
            throw error("codecID", String.valueOf(codecId), "0 (none), 1 (NSCodec) or 3 (RemoteFX)");
        }
        return codecId != CODEC_NONE;
    }

    /** The pixels as 0xFFRRGGBB, the bottom row first; valid until the next call. */
    int[] decode(BitmapDataEx bitmap, Bytes data) {
        int width = bitmap.width();
        int height = bitmap.height();
        if (width == 0 || height == 0 || (long) width * height > CacheFiller.BITMAP_PIXELS) {
            throw error("width", width + " x " + height, "1 to " + CacheFiller.BITMAP_PIXELS + " pixels");
        }
        int count = width * height;
        if (pixels.length < count) {
            pixels = new int[count];
        }
        if (octets.length < data.size()) {
            octets = new byte[data.size()];
        }
        data.copyTo(octets, 0);
        if (bitmap.codecID() == CODEC_NSCODEC) {
            nsCodec.decode(octets, 0, data.size(), width, height, pixels);
            for (int i = 0; i < count; i++) {
                pixels[i] |= BLACK;
            }
        } else {
            Arrays.fill(pixels, 0, count, BLACK);
            remoteFx.decode(
                    octets,
                    0,
                    data.size(),
                    width,
                    height,
                    (x, y, w, h, argb, offset, stride) -> place(x, y, w, h, argb, offset, stride, width, height));
        }
        return pixels;
    }

    private void place(int x, int y, int w, int h, int[] argb, int offset, int stride, int width, int height) {
        int left = Math.max(0, x);
        int right = Math.min(width, x + w);
        for (int row = Math.max(0, y); row < Math.min(height, y + h) && left < right; row++) {
            System.arraycopy(
                    argb,
                    offset + (row - y) * stride + left - x,
                    pixels,
                    (height - 1 - row) * width + left,
                    right - left);
        }
    }

    private static RuntimeException error(String field, String seen, String rule) {
        return OrderErrors.error("CacheBitmapRev3", "bitmapData." + field, seen, rule, "MS-RDPEGDI 2.2.2.2.1.2.8");
    }
}
