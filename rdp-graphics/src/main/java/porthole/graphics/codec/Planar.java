package porthole.graphics.codec;

import java.util.Arrays;

/**
 * RDP 6.0 bitmap compression: one plane per colour, raw or run-length encoded. MS-RDPEGDI 2.2.2.5.1 and 3.1.9.
 *
 * <p>Keeps its planes from call to call. Not thread-safe.
 */
public final class Planar {
    private static final CodecErrors ERRORS = new CodecErrors("RDP6_BITMAP_STREAM", "MS-RDPEGDI 2.2.2.5.1");

    private static final int COLOR_LOSS_LEVEL_MASK = 0x07;
    private static final int CHROMA_SUBSAMPLING = 0x08;
    private static final int RLE = 0x10;
    private static final int NO_ALPHA = 0x20;

    private final byte[][] planes = new byte[4][0];
    private byte[] in;
    private int end;
    private int at;

    /**
     * Fills the first {@code width * height} pixels of {@code out} with 0xAARRGGBB, in the order of the stream.
     *
     * @param in borrowed for the call
     */
    public void decode(byte[] in, int from, int to, int width, int height, int[] out) {
        decode(in, from, to, width, height, true, out);
    }

    /** The same, with 0xFFRRGGBB where alpha is not wanted. */
    void decode(byte[] in, int from, int to, int width, int height, boolean wantsAlpha, int[] out) {
        this.in = in;
        this.end = to;
        this.at = from;
        ERRORS.require(to > from, "formatHeader", 0, to - from);
        int format = in[at++] & 0xFF;
        int colorLossLevel = format & COLOR_LOSS_LEVEL_MASK;
        boolean subsampled = (format & CHROMA_SUBSAMPLING) != 0;
        boolean alpha = (format & NO_ALPHA) == 0;
        if (subsampled && colorLossLevel == 0) {
            throw ERRORS.error("formatHeader", 0, String.format("0x%02X", format), "CLL above 0 where CS is set");
        }
        int chromaWidth = subsampled ? (width + 1) / 2 : width;
        int chromaHeight = subsampled ? (height + 1) / 2 : height;
        boolean rle = (format & RLE) != 0;
        if (alpha) {
            plane(0, "alphaPlane", rle, width, height);
        }
        plane(1, "lumaOrRedPlane", rle, width, height);
        plane(2, "orangeChromaOrGreenPlane", rle, chromaWidth, chromaHeight);
        plane(3, "greenChromaOrBluePlane", rle, chromaWidth, chromaHeight);
        int pixels = width * height;
        if (colorLossLevel == 0) {
            PackedPixels.pack(planes[1], 0, planes[2], 0, planes[3], 0, pixels, out, 0);
        } else {
            luma(width, height, subsampled, colorLossLevel - 1, out);
        }
        if (alpha && wantsAlpha) {
            PackedPixels.alpha(planes[0], 0, pixels, out, 0);
        }
        this.in = null;
    }

    private void plane(int index, String name, boolean rle, int width, int height) {
        byte[] plane = planes[index] = EightOctets.sized(planes[index], width * height);
        if (rle) {
            runLength(plane, name, width, height);
        } else {
            int octets = width * height;
            ERRORS.require(octets <= end - at, name, at, end - at);
            System.arraycopy(in, at, plane, 0, octets);
            at += octets;
        }
    }

    private void runLength(byte[] plane, String name, int width, int height) {
        if (height > 0) {
            firstRow(plane, name, width);
        }
        for (int y = 1; y < height; y++) {
            row(plane, name, y, width);
        }
    }

    /** Absolute values. */
    private void firstRow(byte[] plane, String name, int width) {
        byte value = 0;
        for (int x = 0; x < width; ) {
            int control = control(name);
            int run = run(control);
            int raw = raw(control);
            check(control, run, raw, width - x, name, 0);
            if (raw > 0) {
                System.arraycopy(in, at, plane, x, raw);
                at += raw;
                x += raw;
                value = plane[x - 1];
            }
            Arrays.fill(plane, x, x + run, value);
            x += run;
        }
    }

    /** Differences from the row above: of each raw value, and the last of them for a run. */
    private void row(byte[] plane, String name, int y, int width) {
        byte[] octets = in;
        int to = y * width;
        int stop = to + width;
        int value = 0;
        while (to < stop) {
            int control = control(name);
            int run = run(control);
            int raw = raw(control);
            check(control, run, raw, stop - to, name, y);
            int from = at;
            at += raw;
            if (octets.length - at >= EightOctets.SLACK) {
                for (int i = 0; i < raw; i += 8) {
                    long above = EightOctets.get(plane, to + i - width);
                    long coded = EightOctets.get(octets, from + i);
                    EightOctets.set(plane, to + i, EightOctets.sum(above, EightOctets.signed(coded)));
                }
            } else {
                for (int i = 0; i < raw; i++) {
                    plane[to + i] = (byte) (plane[to + i - width] + signed(octets[from + i]));
                }
            }
            if (raw > 0) {
                value = signed(octets[at - 1]); // 0 where the row begins with a run
            }
            to += raw;
            long values = EightOctets.of(value);
            for (int i = 0; i < run; i += 8) {
                long above = EightOctets.get(plane, to + i - width);
                EightOctets.set(plane, to + i, EightOctets.sum(above, values));
            }
            to += run;
        }
    }

    private static int signed(byte coded) {
        return (coded & 0xFF) >>> 1 ^ -(coded & 1);
    }

    private int control(String name) {
        if (at >= end) {
            throw ERRORS.error(name + ".controlByte", at, "0 octets left", "the whole field");
        }
        return in[at++] & 0xFF;
    }

    private static int run(int control) {
        int run = control & 0x0F;
        return run == 1 || run == 2 ? 16 * run + (control >> 4) : run;
    }

    private static int raw(int control) {
        int run = control & 0x0F;
        return run == 1 || run == 2 ? 0 : control >> 4;
    }

    private void check(int control, int run, int raw, int left, String name, int y) {
        if (run + raw > left || control == 0) {
            throw ERRORS.error(
                    name + ".controlByte",
                    at - 1,
                    raw + " raw values and a run of " + run,
                    "1 to " + left + " values, to the end of row " + y);
        }
        if (raw > end - at) {
            throw ERRORS.error(name + ".rawValues", at, end - at + " octets left", "the whole field");
        }
    }

    private void luma(int width, int height, boolean subsampled, int loss, int[] out) {
        int chromaWidth = subsampled ? (width + 1) / 2 : width;
        for (int y = 0, i = 0; y < height; y++, i += width) {
            if (subsampled) {
                int chroma = (y >> 1) * chromaWidth;
                PackedPixels.packPairs(planes[1], i, planes[2], chroma, planes[3], chroma, width, out, i);
            } else {
                PackedPixels.pack(planes[1], i, planes[2], i, planes[3], i, width, out, i);
            }
            AyCoCg.toArgb(out, i, i + width, loss);
        }
    }
}
