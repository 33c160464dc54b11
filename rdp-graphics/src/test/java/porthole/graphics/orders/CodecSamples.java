package porthole.graphics.orders;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.SplittableRandom;
import porthole.fixtures.RlgrEncoder;
import porthole.protocol.wire.Bytes;

/** Bitmaps of codecs, made from random numbers rather than from pictures. */
final class CodecSamples {
    private static final int TILE = 64;

    private CodecSamples() {}

    private static Bytes bytes(ByteBuf out) {
        return Bytes.copyOf(out, 0, out.readableBytes());
    }

    /**
     * One NSCodec bitmap. MS-RDPNSC 2.2.2.
     *
     * @param runs whether planes are run-length encoded, or else plain
     */
    static Bytes nsCodec(
            int width, int height, int colorLoss, boolean subsampled, boolean runs, SplittableRandom random) {
        int lumaWidth = subsampled ? (width + 7) / 8 * 8 : width;
        int chroma = subsampled ? lumaWidth / 2 * ((height + 1) / 2) : width * height;
        int[] sizes = {lumaWidth * height, chroma, chroma, width * height};
        ByteBuf planes = Unpooled.buffer();
        ByteBuf out = Unpooled.buffer();
        for (int i = 0; i < sizes.length; i++) {
            int before = planes.readableBytes();
            ByteBuf encoded = Unpooled.buffer();
            runs(encoded, sizes[i], random);
            if (runs && encoded.readableBytes() < sizes[i]) {
                planes.writeBytes(encoded);
            } else {
                byte[] plane = new byte[sizes[i]];
                random.nextBytes(plane);
                planes.writeBytes(plane);
            }
            out.writeIntLE(planes.readableBytes() - before);
        }
        out.writeByte(colorLoss).writeByte(subsampled ? 1 : 0).writeShortLE(0).writeBytes(planes);
        return bytes(out);
    }

    /** Runs of two and more, long ones with a count of four octets; the last four octets are plain. */
    private static void runs(ByteBuf out, int size, SplittableRandom random) {
        int left = size - 4;
        int last = -1;
        while (left > 0) {
            int value = random.nextInt(256);
            value = value == last ? value ^ 1 : value;
            last = value;
            int run = Math.min(left, random.nextInt(4) == 0 ? random.nextInt(2, 400) : random.nextInt(1, 12));
            out.writeByte(value);
            if (run >= 2) {
                out.writeByte(value);
                if (run - 2 < 0xFF) {
                    out.writeByte(run - 2);
                } else {
                    out.writeByte(0xFF).writeIntLE(run);
                }
            }
            left -= run;
        }
        out.writeInt(random.nextInt());
    }

    /** One RemoteFX frame of a single tile. MS-RDPRFX 2.2.2. */
    static Bytes remoteFx(int width, int height, boolean rlgr3, SplittableRandom random) {
        int entropy = rlgr3 ? 4 : 1;
        int imageMode = 2;
        ByteBuf out = Unpooled.buffer();
        block(out, 0xCCC0, 6).writeIntLE(0xCACCACCA).writeShortLE(0x0100);
        block(out, 0xCCC1, 4).writeByte(1).writeByte(1).writeShortLE(0x0100);
        block(out, 0xCCC2, 6).writeByte(1).writeByte(0).writeShortLE(width).writeShortLE(height);
        block(out, 0xCCC3, 7)
                .writeByte(1)
                .writeByte(0xFF)
                .writeByte(0)
                .writeShortLE(TILE)
                .writeShortLE(imageMode | 1 << 3 | 1 << 5 | entropy << 9 | 1 << 13);
        block(out, 0xCCC4, 8).writeByte(1).writeByte(0).writeIntLE(0).writeShortLE(1);
        block(out, 0xCCC6, 17)
                .writeByte(1)
                .writeByte(0)
                .writeByte(1)
                .writeShortLE(1)
                .writeShortLE(0)
                .writeShortLE(0)
                .writeShortLE(width)
                .writeShortLE(height)
                .writeShortLE(0xCAC1)
                .writeShortLE(1);
        ByteBuf tile = Unpooled.buffer();
        tile.writeByte(0).writeByte(1).writeByte(1).writeShortLE(0).writeShortLE(0);
        byte[][] planes = new byte[3][];
        for (int i = 0; i < 3; i++) {
            planes[i] = rlgr3 ? RlgrEncoder.encode3(coefficients(random)) : RlgrEncoder.encode(coefficients(random));
            tile.writeShortLE(planes[i].length);
        }
        for (byte[] plane : planes) {
            tile.writeBytes(plane);
        }
        int tiles = 6 + tile.readableBytes();
        block(out, 0xCCC7, 16 + 10 + tiles)
                .writeByte(1)
                .writeByte(0)
                .writeShortLE(0xCAC2)
                .writeShortLE(0)
                .writeShortLE(1 | imageMode << 1 | 1 << 4 | 1 << 6 | entropy << 10 | 1 << 14)
                .writeByte(2)
                .writeByte(TILE)
                .writeShortLE(1)
                .writeIntLE(tiles)
                .writeBytes(new byte[] {
                    0x66, 0x66, 0x77, (byte) 0x88, (byte) 0x98, 0x76, 0x77, (byte) 0x88, (byte) 0x98, (byte) 0xA9
                });
        block(out, 0xCAC3, tile.readableBytes()).writeBytes(tile);
        block(out, 0xCCC5, 2).writeByte(1).writeByte(0);
        return bytes(out);
    }

    private static ByteBuf block(ByteBuf out, int type, int octets) {
        return out.writeShortLE(type).writeIntLE(octets + 6);
    }

    private static int[] coefficients(SplittableRandom random) {
        int[] values = new int[TILE * TILE];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(i < TILE * TILE - 64 ? 12 : 2) == 0 ? random.nextInt(-7, 8) : 0;
        }
        return values;
    }
}
