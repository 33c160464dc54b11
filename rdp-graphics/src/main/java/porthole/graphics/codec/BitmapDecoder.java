package porthole.graphics.codec;

import io.netty.buffer.ByteBuf;
import porthole.protocol.wire.Bytes;

/**
 * Decodes the bitmaps of bitmap updates, whichever codec they use; keeps its buffers from call to call.
 *
 * <p>Not thread-safe.
 */
public final class BitmapDecoder {
    private static final CodecErrors ERRORS = new CodecErrors("BitmapData", "MS-RDPBCGR 2.2.9.1.1.3.1.2.2");

    private final Planar planar = new Planar();
    private final InterleavedRle interleaved = new InterleavedRle();
    private byte[] octets = new byte[0];
    private int[] pixels = new int[0];

    /**
     * Decodes one bitmap to {@code width * height} pixels of 0xFFRRGGBB, the bottom row first.
     *
     * @param bitsPerPixel 8, 15, 16, 24 or 32
     * @param compressed interleaved run-length encoding below 32 bits per pixel, planar at 32
     * @param data whose readable octets are the bitmap; its indices stay
     * @param palette 256 colours; used at 8 bits per pixel only
     * @param budget the most pixels that a bitmap may have
     * @return the decoder's own buffer, valid until the next call, whose length may be more
     */
    public int[] decode(
            int width, int height, int bitsPerPixel, boolean compressed, ByteBuf data, int[] palette, long budget) {
        int length = data.readableBytes();
        data.getBytes(data.readerIndex(), room(length), 0, length);
        decode(width, height, bitsPerPixel, compressed, length, false, budget);
        PixelFormat.widen(pixels, width * height, bitsPerPixel, palette);
        return pixels;
    }

    /** The same of octets that are no buffer. */
    public int[] decode(
            int width, int height, int bitsPerPixel, boolean compressed, Bytes data, int[] palette, long budget) {
        data.copyTo(room(data.size()), 0);
        decode(width, height, bitsPerPixel, compressed, data.size(), false, budget);
        PixelFormat.widen(pixels, width * height, bitsPerPixel, palette);
        return pixels;
    }

    /** Decodes a bitmap of 32 bits per pixel to 0xAARRGGBB, with the alpha that it has. */
    public int[] decodeWithAlpha(int width, int height, boolean compressed, byte[] data, int length, long budget) {
        System.arraycopy(data, 0, room(length), 0, length);
        decode(width, height, 32, compressed, length, true, budget);
        return pixels;
    }

    private byte[] room(int length) {
        if (octets.length < length) {
            octets = new byte[length];
        }
        return octets;
    }

    private void decode(
            int width, int height, int bitsPerPixel, boolean compressed, int length, boolean alpha, long budget) {
        int pixelBytes = PixelFormat.bytesPerPixel(bitsPerPixel);
        if (pixelBytes == 0) {
            throw ERRORS.error("bitsPerPixel", 12, String.valueOf(bitsPerPixel), "8, 15, 16, 24 or 32");
        }
        if (width <= 0 || height <= 0 || (long) width * height > budget) {
            throw ERRORS.error("width", 8, width + " x " + height, "1 to " + budget + " pixels");
        }
        int count = width * height;
        if (pixels.length < count) {
            pixels = new int[count];
        }
        if (!compressed) {
            RawPixels.decode(octets, length, pixelBytes, width, height, pixels);
        } else if (bitsPerPixel == 32) {
            planar.decode(octets, 0, length, width, height, alpha, pixels);
        } else {
            interleaved.decode(octets, length, pixelBytes, width, height, pixels);
        }
    }
}
