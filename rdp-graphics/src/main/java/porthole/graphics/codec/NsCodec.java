package porthole.graphics.codec;

import java.util.Arrays;

/**
 * NSCodec: luma, two chroma planes and alpha, run-length encoded where that is shorter. MS-RDPNSC 2.2.2 and 3.1.8.
 *
 * <p>Keeps its planes from call to call. Not thread-safe.
 */
public final class NsCodec {
    private static final CodecErrors ERRORS = new CodecErrors("NSCODEC_BITMAP_STREAM", "MS-RDPNSC 2.2.2");
    private static final String[] PLANES = {"LumaPlane", "OrangeChromaPlane", "GreenChromaPlane", "AlphaPlane"};
    private static final String[] COUNTS = {
        "LumaPlaneByteCount", "OrangeChromaPlaneByteCount", "GreenChromaPlaneByteCount", "AlphaPlaneByteCount"
    };
    /** Above it a call is faster than a loop. */
    private static final int SHORT_RUN = 64;

    private static final int TRAILER = 4; // the last octets of a plane are never run-length encoded

    private final CodecReader in = new CodecReader(ERRORS);
    private final byte[][] planes = new byte[4][0];
    private final int[] counts = new int[4];

    /**
     * Fills the first {@code width * height} pixels of {@code out} with 0xAARRGGBB, in the order of the stream.
     *
     * @param octets borrowed for the call
     * @param width and height of the bitmap, whose product is within what the caller allows
     */
    public void decode(byte[] octets, int from, int to, int width, int height, int[] out) {
        in.over(octets, from, to);
        for (int i = 0; i < counts.length; i++) {
            counts[i] = in.length(in.u32(COUNTS[i]), COUNTS[i]);
        }
        int colorLossLevel = in.u8("ColorLossLevel");
        in.check(colorLossLevel >= 1 && colorLossLevel <= 7, "ColorLossLevel", colorLossLevel, "1 to 7");
        boolean subsampled = in.u8("ChromaSubsamplingLevel") != 0;
        in.u16("Reserved");
        int lumaWidth = subsampled ? width + 7 & ~7 : width;
        int chromaWidth = subsampled ? lumaWidth / 2 : width;
        int chromaHeight = subsampled ? (height + 1) / 2 : height;
        plane(0, lumaWidth * height);
        plane(1, chromaWidth * chromaHeight);
        plane(2, chromaWidth * chromaHeight);
        if (counts[3] > 0) { // otherwise all is opaque
            plane(3, width * height);
        }
        pixels(width, height, lumaWidth, chromaWidth, subsampled, colorLossLevel - 1, out);
    }

    private void plane(int index, int size) {
        byte[] plane = planes[index] = EightOctets.sized(planes[index], size);
        int count = counts[index];
        int from = in.skip(count, PLANES[index]);
        if (count == 0) {
            Arrays.fill(plane, 0, size, (byte) 0xFF);
        } else if (count < size) {
            runLength(index, plane, size, from, from + count);
        } else {
            System.arraycopy(in.array(), from, plane, 0, size);
        }
    }

    private void runLength(int index, byte[] plane, int size, int from, int to) {
        byte[] octets = in.array();
        int at = from;
        int out = 0;
        while (size - out > TRAILER) {
            require(at < to, index, at);
            byte value = octets[at++];
            if (size - out == TRAILER + 1 || at >= to || octets[at] != value) {
                plane[out++] = value;
                continue;
            }
            at++; // the value came twice, so a count follows
            require(at < to, index, at);
            long run = octets[at++] & 0xFF;
            if (run < 0xFF) {
                run += 2;
            } else {
                require(to - at >= 4, index, at);
                run = (octets[at] & 0xFF
                                | (octets[at + 1] & 0xFF) << 8
                                | (octets[at + 2] & 0xFF) << 16
                                | octets[at + 3] << 24)
                        & 0xFFFFFFFFL;
                at += 4;
            }
            if (run > size - out - TRAILER) {
                throw ERRORS.error(
                        PLANES[index] + ".RunLength", at, String.valueOf(run), "at most " + (size - out - TRAILER));
            }
            if (run <= SHORT_RUN) {
                long values = EightOctets.of(value);
                for (int i = 0; i < run; i += 8) {
                    EightOctets.set(plane, out + i, values);
                }
            } else {
                Arrays.fill(plane, out, out + (int) run, value);
            }
            out += (int) run;
        }
        require(to - at >= size - out, index, at);
        System.arraycopy(octets, at, plane, out, size - out);
    }

    private void require(boolean there, int index, int at) {
        if (!there) {
            throw ERRORS.error(PLANES[index], at, "the end of the plane's octets", "the whole plane");
        }
    }

    private void pixels(
            int width, int height, int lumaWidth, int chromaWidth, boolean subsampled, int loss, int[] out) {
        for (int y = 0, i = 0; y < height; y++, i += width) {
            int luma = y * lumaWidth;
            if (subsampled) {
                int chroma = (y >> 1) * chromaWidth;
                PackedPixels.packPairs(planes[0], luma, planes[1], chroma, planes[2], chroma, width, out, i);
            } else {
                PackedPixels.pack(planes[0], luma, planes[1], luma, planes[2], luma, width, out, i);
            }
            if (counts[3] > 0) {
                PackedPixels.alpha(planes[3], i, width, out, i);
            }
            AyCoCg.toArgb(out, i, i + width, loss);
        }
    }
}
