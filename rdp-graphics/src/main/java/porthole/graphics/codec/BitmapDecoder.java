package porthole.graphics.codec;

import io.netty.buffer.ByteBuf;

/**
 * Decodes the bitmaps of bitmap updates, whichever codec they use; keeps its buffers from call to call.
 *
 * <p>Not thread-safe.
 */
public final class BitmapDecoder {
    private static final CodecErrors ERRORS = new CodecErrors("BitmapData", "MS-RDPBCGR 2.2.9.1.1.3.1.2.2");

    private final Planar planar = new Planar();
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
        int pixelBytes = PixelFormat.bytesPerPixel(bitsPerPixel);
        if (pixelBytes == 0) {
            throw ERRORS.error("bitsPerPixel", 12, String.valueOf(bitsPerPixel), "8, 15, 16, 24 or 32");
        }
        if (width <= 0 || height <= 0 || (long) width * height > budget) {
            throw ERRORS.error("width", 8, width + " x " + height, "1 to " + budget + " pixels");
        }
        int count = width * height;
        int length = data.readableBytes();
        if (octets.length < length) {
            octets = new byte[length];
        }
        if (pixels.length < count) {
            pixels = new int[count];
        }
        data.getBytes(data.readerIndex(), octets, 0, length);
        if (!compressed) {
            RawPixels.decode(octets, length, pixelBytes, width, height, pixels);
        } else if (bitsPerPixel == 32) {
            planar.decode(octets, 0, length, width, height, pixels);
        } else {
            InterleavedRle.decode(octets, length, pixelBytes, width, height, pixels);
        }
        PixelFormat.widen(pixels, count, bitsPerPixel, palette);
        return pixels;
    }
}
