package porthole.benchmarks;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the tiles of RemoteFX Progressive, whose entropy code is RLGR1, into the messages of RemoteFX: recorded hosts send
 * RemoteFX itself with RLGR3 only. MS-RDPEGFX 2.2.4.2, MS-RDPRFX 2.2.2.
 */
final class RemoteFxTiles {
    private static final int PROGRESSIVE_REGION = 0xCCC4;
    private static final int TILE_SIMPLE = 0xCCC5;
    private static final int RLGR1 = 1;
    /** The quantizers of progressive tiles are HL before LH, those of RemoteFX the other way round. */
    private static final int[] NIBBLES = {0, 2, 1, 3, 5, 4, 6, 8, 7, 9};

    private RemoteFxTiles() {}

    /** The same tiles for a bitmap of the same size; streams without whole tiles give none. */
    static List<Sample> rlgr1(List<Sample> progressive) {
        List<Sample> found = new ArrayList<>();
        for (Sample sample : progressive) {
            ByteBuffer in = ByteBuffer.wrap(sample.octets()).order(ByteOrder.LITTLE_ENDIAN);
            while (in.remaining() >= 6) {
                int begin = in.position();
                int type = in.getShort() & 0xFFFF;
                int length = in.getInt();
                if (type == PROGRESSIVE_REGION) {
                    message(in)
                            .ifPresent(octets -> found.add(
                                    new Sample(sample.width(), sample.height(), sample.bitsPerPixel(), octets)));
                }
                in.position(begin + length);
            }
        }
        return found;
    }

    private static java.util.Optional<byte[]> message(ByteBuffer in) {
        in.get(); // tileSize
        int rects = in.getShort() & 0xFFFF;
        int quants = in.get() & 0xFF;
        int progressiveQuants = in.get() & 0xFF;
        in.get(); // flags
        int tiles = in.getShort() & 0xFFFF;
        in.getInt(); // tileDataSize
        byte[] rectangles = take(in, 8 * rects);
        byte[] tables = take(in, 5 * quants);
        take(in, 16 * progressiveQuants);
        ByteArrayOutputStream tileset = new ByteArrayOutputStream();
        for (int i = 0; i < tiles; i++) {
            int begin = in.position();
            int type = in.getShort() & 0xFFFF;
            int length = in.getInt();
            if (type != TILE_SIMPLE) {
                return java.util.Optional.empty();
            }
            byte[] indexes = take(in, 7);
            in.get(); // flags
            byte[] lengths = take(in, 6);
            in.getShort(); // tailLen
            int octets = ByteBuffer.wrap(lengths).order(ByteOrder.LITTLE_ENDIAN).getShort(0) & 0xFFFF;
            octets += ByteBuffer.wrap(lengths).order(ByteOrder.LITTLE_ENDIAN).getShort(2) & 0xFFFF;
            octets += ByteBuffer.wrap(lengths).order(ByteOrder.LITTLE_ENDIAN).getShort(4) & 0xFFFF;
            u16(tileset, 0xCAC3);
            u32(tileset, 6 + 7 + 6 + octets);
            tileset.writeBytes(indexes);
            tileset.writeBytes(lengths);
            tileset.writeBytes(take(in, octets));
            in.position(begin + length);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        u16(out, 0xCCC6); // region
        u32(out, 6 + 3 + 2 + rectangles.length + 4);
        out.writeBytes(new byte[] {1, 0, 1});
        u16(out, rects);
        out.writeBytes(rectangles);
        u16(out, 0xCAC1);
        u16(out, 1);
        u16(out, 0xCCC7); // extension
        u32(out, 6 + 2 + 14 + tables.length + tileset.size());
        out.writeBytes(new byte[] {1, 0});
        u16(out, 0xCAC2);
        u16(out, 0);
        u16(out, RLGR1 << 10);
        out.write(quants);
        out.write(64);
        u16(out, tiles);
        u32(out, tileset.size());
        out.writeBytes(reordered(tables));
        out.writeBytes(tileset.toByteArray());
        return java.util.Optional.of(out.toByteArray());
    }

    private static byte[] reordered(byte[] tables) {
        byte[] out = new byte[tables.length];
        for (int i = 0; i < 2 * tables.length; i++) {
            int from = i / 10 * 10 + NIBBLES[i % 10];
            int nibble = tables[from / 2] >> 4 * (from & 1) & 0x0F;
            out[i / 2] |= (byte) (nibble << 4 * (i & 1));
        }
        return out;
    }

    private static byte[] take(ByteBuffer in, int octets) {
        byte[] taken = new byte[octets];
        in.get(taken);
        return taken;
    }

    private static void u16(ByteArrayOutputStream out, int value) {
        out.write(value);
        out.write(value >> 8);
    }

    private static void u32(ByteArrayOutputStream out, int value) {
        u16(out, value);
        u16(out, value >> 16);
    }
}
