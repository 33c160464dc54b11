package porthole.graphics.codec;

import java.util.Arrays;

/**
 * Interleaved run-length encoding of bitmaps with 8, 15, 16 and 24 bits per pixel.
 *
 * <p>MS-RDPBCGR 2.2.9.1.1.3.1.2.4 and 3.1.9. Pixels come out as they were before the compression, in the order of the
 * stream, which is the bottom row first. Not thread-safe.
 */
final class InterleavedRle {
    private static final CodecErrors ERRORS = new CodecErrors("InterleavedRle", "MS-RDPBCGR 2.2.9.1.1.3.1.2.4");

    private static final int BG_RUN = 0x0;
    private static final int FG_RUN = 0x1;
    private static final int FGBG_IMAGE = 0x2;
    private static final int COLOR_RUN = 0x3;
    private static final int COLOR_IMAGE = 0x4;
    private static final int SET_FG_FG_RUN = 0x6;
    private static final int SET_FG_FGBG_IMAGE = 0x7;
    private static final int DITHERED_RUN = 0x8;
    private static final int SPECIAL_FGBG_1 = 0x9;
    private static final int SPECIAL_FGBG_2 = 0xA;
    private static final int SPECIAL_WHITE = 0xD;
    private static final int SPECIAL_BLACK = 0xE;

    private static final int MEGA = 0xF0;
    private static final int REGULAR_END = 0xA0;
    private static final int LITE_BEGIN = 0xC0;
    private static final int LITE_TO_ORDER = 0xC - SET_FG_FG_RUN;

    private static final int MASK_FGBG_1 = 0x03;
    private static final int MASK_FGBG_2 = 0x05;

    private byte[] in;
    private int end;
    private int pixelBytes;
    private int width;
    private int total;
    private int[] out;
    private int at;
    private int position;

    /**
     * Fills the first {@code width * height} pixels of {@code out}.
     *
     * @param octets and {@code out} are borrowed for the call
     * @param length octets that count
     * @param pixelBytes 1, 2 or 3
     */
    void decode(byte[] octets, int length, int pixelBytes, int width, int height, int[] out) {
        this.in = octets;
        this.end = length;
        this.pixelBytes = pixelBytes;
        this.width = width;
        this.total = width * height;
        this.out = out;
        at = 0;
        position = 0;
        run();
    }

    private void run() {
        int white = pixelBytes == 1 ? 0xFF : pixelBytes == 2 ? 0xFFFF : 0xFFFFFF;
        int foreground = white;
        boolean firstLine = true;
        boolean insertForeground = false;
        while (at < end) {
            if (firstLine && position >= width) {
                firstLine = false;
                insertForeground = false;
            }
            int start = at;
            int header = in[at++] & 0xFF;
            int order;
            int run;
            if (header < REGULAR_END) {
                order = header >> 5;
                run = runLength(order == FGBG_IMAGE, header & 0x1F, 32);
            } else if (header >= LITE_BEGIN && header < MEGA) {
                order = (header >> 4) - LITE_TO_ORDER;
                run = runLength(order == SET_FG_FGBG_IMAGE, header & 0x0F, 16);
            } else if (header >= MEGA && isMega(header & 0x0F)) {
                order = header & 0x0F;
                run = order <= DITHERED_RUN ? u16("runLength") : order < SPECIAL_WHITE ? 8 : 1;
            } else {
                throw ERRORS.error("codeHeader", start, hex(header), "an order of the table in 2.2.9.1.1.3.1.2.4");
            }
            room(order == DITHERED_RUN ? run * 2 : run, start);
            switch (order) {
                case BG_RUN -> {
                    background(run, firstLine, insertForeground, foreground);
                    insertForeground = true;
                    continue;
                }
                case FG_RUN -> foregroundRun(run, firstLine, foreground);
                case SET_FG_FG_RUN -> {
                    foreground = pixel("foreground");
                    foregroundRun(run, firstLine, foreground);
                }
                case FGBG_IMAGE -> image(run, firstLine, foreground);
                case SET_FG_FGBG_IMAGE -> {
                    foreground = pixel("foreground");
                    image(run, firstLine, foreground);
                }
                case COLOR_RUN -> fill(run, pixel("color"));
                case COLOR_IMAGE -> colors(run);
                case DITHERED_RUN -> dithered(run);
                case SPECIAL_FGBG_1 -> mask(MASK_FGBG_1, 8, firstLine, foreground);
                case SPECIAL_FGBG_2 -> mask(MASK_FGBG_2, 8, firstLine, foreground);
                case SPECIAL_WHITE -> out[position++] = white;
                default -> out[position++] = 0; // SPECIAL_BLACK, as isMega let nothing else through
            }
            insertForeground = false;
        }
        if (position != total) {
            throw ERRORS.error("", end, position + " pixels", "the " + total + " pixels of the bitmap");
        }
    }

    private static boolean isMega(int order) {
        return order <= COLOR_IMAGE
                || SET_FG_FG_RUN <= order && order <= SPECIAL_FGBG_2 // 5 is not assigned
                || order == SPECIAL_WHITE
                || order == SPECIAL_BLACK;
    }

    /** The length in the header octet's low bits, or in an octet of its own where those are zero. */
    private int runLength(boolean image, int low, int more) {
        if (low != 0) {
            return image ? low * 8 : low;
        }
        return u8("runLength") + (image ? 1 : more);
    }

    private void room(int pixels, int start) {
        if (pixels > total - position) {
            throw ERRORS.error(
                    "runLength", start, pixels + " pixels", "at most the " + (total - position) + " that are missing");
        }
    }

    private void background(int run, boolean firstLine, boolean insertForeground, int foreground) {
        int left = run;
        if (insertForeground && left > 0) {
            out[position] = firstLine ? foreground : out[position - width] ^ foreground;
            position++;
            left--;
        }
        if (firstLine) {
            fill(left, 0);
            return;
        }
        while (left > 0) { // a copy of the row above must not read what it writes
            int part = Math.min(left, width);
            System.arraycopy(out, position - width, out, position, part);
            position += part;
            left -= part;
        }
    }

    private void foregroundRun(int run, boolean firstLine, int foreground) {
        if (firstLine) {
            fill(run, foreground);
            return;
        }
        int[] pixels = out;
        int stop = position + run;
        for (int p = position; p < stop; p++) {
            pixels[p] = pixels[p - width] ^ foreground;
        }
        position = stop;
    }

    private void fill(int run, int pixel) {
        Arrays.fill(out, position, position + run, pixel);
        position += run;
    }

    private void image(int run, boolean firstLine, int foreground) {
        int left = run;
        while (left > 0) {
            int part = Math.min(8, left);
            mask(u8("bitmask"), part, firstLine, foreground);
            left -= part;
        }
    }

    private void mask(int bits, int pixels, boolean firstLine, int foreground) {
        int mask = bits;
        for (int i = 0; i < pixels; i++, mask >>= 1) {
            int above = firstLine ? 0 : out[position - width];
            out[position++] = (mask & 1) != 0 ? above ^ foreground : above;
        }
    }

    private void colors(int run) {
        int octets = run * pixelBytes;
        ERRORS.require(octets <= end - at, "pixels", at, end - at);
        byte[] octet = in;
        int[] pixels = out;
        int from = at;
        int to = position;
        int stop = to + run;
        switch (pixelBytes) {
            case 1 -> {
                while (to < stop) {
                    pixels[to++] = octet[from++] & 0xFF;
                }
            }
            case 2 -> {
                for (; to < stop; from += 2) {
                    pixels[to++] = octet[from] & 0xFF | (octet[from + 1] & 0xFF) << 8;
                }
            }
            default -> {
                for (; to < stop; from += 3) {
                    pixels[to++] = octet[from] & 0xFF | (octet[from + 1] & 0xFF) << 8 | (octet[from + 2] & 0xFF) << 16;
                }
            }
        }
        at = from;
        position = to;
    }

    private void dithered(int run) {
        int first = pixel("color1");
        int second = pixel("color2");
        for (int i = 0; i < run; i++) {
            out[position++] = first;
            out[position++] = second;
        }
    }

    private int pixel(String field) {
        ERRORS.require(pixelBytes <= end - at, field, at, end - at);
        int pixel = in[at] & 0xFF;
        if (pixelBytes > 1) {
            pixel |= (in[at + 1] & 0xFF) << 8;
        }
        if (pixelBytes > 2) {
            pixel |= (in[at + 2] & 0xFF) << 16;
        }
        at += pixelBytes;
        return pixel;
    }

    private int u8(String field) {
        ERRORS.require(at < end, field, at, end - at);
        return in[at++] & 0xFF;
    }

    private int u16(String field) {
        ERRORS.require(2 <= end - at, field, at, end - at);
        at += 2;
        return in[at - 2] & 0xFF | (in[at - 1] & 0xFF) << 8;
    }

    private static String hex(int octet) {
        return String.format("0x%02X", octet);
    }
}
