package porthole.graphics.codec;

/** Uncompressed bitmaps: rows of whole pixels, the bottom row first. MS-RDPBCGR 2.2.9.1.1.3.1.2.2. */
final class RawPixels {
    private static final CodecErrors ERRORS = new CodecErrors("UncompressedBitmap", "MS-RDPBCGR 2.2.9.1.1.3.1.2.2");

    private RawPixels() {}

    /** Fills the first {@code width * height} pixels of {@code out}, in the order of the stream. */
    static void decode(byte[] in, int length, int pixelBytes, int width, int height, int[] out) {
        long row = (long) width * pixelBytes;
        long padded = row + 3 & ~3L;
        if (row * height > length) {
            throw ERRORS.error("bitmapDataStream", 0, length + " octets", "the " + row * height + " of the bitmap");
        }
        // The specification pads rows to four octets; hosts do so, or leave the padding out.
        int stride = (int) (padded * height <= length ? padded : row);
        for (int y = 0, to = 0; y < height; y++) {
            int from = y * stride;
            int stop = to + width;
            switch (pixelBytes) {
                case 1 -> {
                    while (to < stop) {
                        out[to++] = in[from++] & 0xFF;
                    }
                }
                case 2 -> {
                    for (; to < stop; from += 2) {
                        out[to++] = in[from] & 0xFF | (in[from + 1] & 0xFF) << 8;
                    }
                }
                case 3 -> {
                    for (; to < stop; from += 3) {
                        out[to++] = in[from] & 0xFF | (in[from + 1] & 0xFF) << 8 | (in[from + 2] & 0xFF) << 16;
                    }
                }
                default -> {
                    for (; to < stop; from += 4) {
                        out[to++] = in[from] & 0xFF
                                | (in[from + 1] & 0xFF) << 8
                                | (in[from + 2] & 0xFF) << 16
                                | in[from + 3] << 24;
                    }
                }
            }
        }
    }
}
