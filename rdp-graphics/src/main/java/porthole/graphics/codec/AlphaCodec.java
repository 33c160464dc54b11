package porthole.graphics.codec;

/** RFX_ALPHA: the alpha channel of a rectangle, raw or in runs; colours stay. MS-RDPEGFX 2.2.4.3. Not thread-safe. */
public final class AlphaCodec {
    private static final CodecErrors ERRORS = new CodecErrors("ALPHACODEC_BITMAP_STREAM", "MS-RDPEGFX 2.2.4.3");
    private static final int SIGNATURE = 0x414C;
    private static final int RGB = 0xFFFFFF;

    private final CodecReader in = new CodecReader(ERRORS);

    /**
     * Sets the alpha of {@code width x height} pixels.
     *
     * @param octets borrowed for the call
     * @param target 0xAARRGGBB; all of the rectangle lies within it
     * @param offset of the rectangle's first pixel in {@code target}
     * @param stride from row to row in {@code target}
     */
    public void decode(byte[] octets, int from, int to, int width, int height, int[] target, int offset, int stride) {
        in.over(octets, from, to);
        int signature = in.u16("alphaSig");
        if (signature != SIGNATURE) {
            throw in.error("alphaSig", String.format("0x%04X", signature), "0x414C");
        }
        boolean compressed = in.u16("compressed") != 0;
        int alpha = 0;
        long run = 0;
        for (int y = 0; y < height; y++) {
            int row = offset + y * stride;
            for (int x = 0; x < width; x++, run--) {
                while (run == 0) {
                    alpha = in.u8("alphaValue") << 24;
                    run = compressed ? runLength() : 1;
                }
                target[row + x] = target[row + x] & RGB | alpha;
            }
        }
    }

    private long runLength() {
        long run = in.u8("runLengthFactor");
        if (run == 0xFF) {
            run = in.u16("runLengthFactor");
            if (run == 0xFFFF) {
                run = in.u32("runLengthFactor");
            }
        }
        return run;
    }
}
