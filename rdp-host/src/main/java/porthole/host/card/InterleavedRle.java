package porthole.host.card;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import porthole.protocol.wire.Bytes;

/**
 * A small encoder of interleaved RLE (MS-RDPBCGR 2.2.9.1.1.3.1.2.4): copies of the row before, runs of one colour, and
 * plain pixels; which is enough for a drawing of flat areas.
 */
public final class InterleavedRle {
    private static final int BACKGROUND_RUN = 0x0;
    private static final int COLOUR_RUN = 0x3;
    private static final int COLOUR_IMAGE = 0x4;
    private static final int MEGA = 0xF0;
    private static final int LEAST_RUN = 3;

    private final byte[] pixels;
    private final int size;
    private final int stride;
    private final ByteBuf out = Unpooled.buffer();

    private InterleavedRle(byte[] pixels, int width, int size) {
        this.pixels = pixels;
        this.size = size;
        this.stride = width * size;
    }

    /**
     * Makes a bitmap smaller.
     *
     * @param rows pixels row by row in the order in which they are sent
     * @param size octets per pixel, 1 to 3
     */
    public static Bytes encode(Bytes rows, int width, int height, int size) {
        InterleavedRle encoder = new InterleavedRle(rows.toArray(), width, size);
        encoder.run(width, width * height);
        return Bytes.copyOf(encoder.out, 0, encoder.out.readableBytes());
    }

    private void run(int width, int count) {
        int plainFrom = 0;
        int at = 0;
        boolean afterBackground = false;
        while (at < count) {
            // in the first row there is nothing above, and a second copy in a row would mean something else
            int above = at >= width && !(afterBackground && plainFrom == at) ? above(at, count) : 0;
            int same = same(at, count);
            if (Math.max(above, same) < LEAST_RUN) {
                at++;
                continue;
            }
            plain(plainFrom, at);
            if (above >= same) {
                header(BACKGROUND_RUN, above);
                at += above;
            } else {
                header(COLOUR_RUN, same);
                out.writeBytes(pixels, at * size, size);
                at += same;
            }
            afterBackground = above >= same;
            plainFrom = at;
        }
        plain(plainFrom, count);
    }

    private int above(int from, int count) {
        int at = from;
        while (at < count && equal(at * size, at * size - stride)) {
            at++;
        }
        return at - from;
    }

    private int same(int from, int count) {
        int at = from + 1;
        while (at < count && equal(at * size, from * size)) {
            at++;
        }
        return at - from;
    }

    private boolean equal(int a, int b) {
        for (int i = 0; i < size; i++) {
            if (pixels[a + i] != pixels[b + i]) {
                return false;
            }
        }
        return true;
    }

    private void plain(int from, int to) {
        if (from < to) {
            header(COLOUR_IMAGE, to - from);
            out.writeBytes(pixels, from * size, (to - from) * size);
        }
    }

    private void header(int order, int length) {
        if (length < 32) {
            out.writeByte(order << 5 | length);
        } else if (length < 32 + 256) {
            out.writeByte(order << 5).writeByte(length - 32);
        } else {
            out.writeByte(MEGA | order).writeShortLE(length);
        }
    }
}
