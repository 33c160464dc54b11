package porthole.host.card;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import porthole.protocol.graphics.PointerUpdate;
import porthole.protocol.wire.Bytes;

/** Pointer shapes that the host sends: an arrow of 24 bits, and a ring of 32 bits with transparency. */
public final class Cursors {
    /** The cache place of the arrow. */
    public static final int ARROW = 0;

    /** The cache place of the ring. */
    public static final int RING = 1;

    private static final int SIZE = 32;
    private static final int OPAQUE_BLACK = 0xFF000000;
    private static final int OPAQUE_WHITE = 0xFFFFFFFF;

    private Cursors() {}

    /** A colour pointer: a white arrow with a black rim. */
    public static PointerUpdate.Color arrow() {
        return shape(ARROW, 0, 0, 24, (x, y) -> {
            boolean inside = x <= y && x + y < 28 && x < 16;
            boolean rim = x == 0 || x == y || x + y == 27 || x == 15;
            return !inside ? 0 : rim ? OPAQUE_BLACK : OPAQUE_WHITE;
        });
    }

    /** A new pointer of 32 bits per pixel: an orange ring. */
    public static PointerUpdate.New ring() {
        return new PointerUpdate.New(32, shape(RING, SIZE / 2, SIZE / 2, 32, (x, y) -> {
            int distance = (x - SIZE / 2) * (x - SIZE / 2) + (y - SIZE / 2) * (y - SIZE / 2);
            return distance >= 64 && distance <= 144 ? 0xFFFF8000 : 0;
        }));
    }

    private interface Drawing {
        /** 0 for a transparent pixel. */
        int argb(int x, int y);
    }

    private static PointerUpdate.Color shape(int place, int hotX, int hotY, int bits, Drawing drawing) {
        ByteBuf xor = Unpooled.buffer(SIZE * SIZE * 4);
        byte[] and = new byte[SIZE * SIZE / 8];
        for (int row = 0; row < SIZE; row++) {
            int y = SIZE - 1 - row;
            for (int x = 0; x < SIZE; x++) {
                int pixel = drawing.argb(x, y);
                if (bits == 32) {
                    xor.writeIntLE(pixel);
                } else {
                    xor.writeMediumLE(pixel);
                }
                if (pixel == 0) {
                    and[(row * SIZE + x) / 8] |= (byte) (0x80 >> x % 8);
                }
            }
        }
        return new PointerUpdate.Color(
                place, hotX, hotY, SIZE, SIZE, Bytes.copyOf(xor, 0, xor.readableBytes()), Bytes.of(and));
    }
}
