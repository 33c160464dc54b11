package porthole.host.card;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Optional;
import porthole.graphics.codec.PixelFormat;
import porthole.protocol.graphics.BitmapHeader;
import porthole.protocol.graphics.BitmapUpdate;
import porthole.protocol.wire.Bytes;

/**
 * Turns a tile of the card into a bitmap of a bitmap update, at 8, 15, 16, 24 or 32 bits per pixel (MS-RDPBCGR
 * 2.2.9.1.1.3.1.2.2). Not thread-safe: it reuses its arrays.
 */
public final class TileEncoder {
    private static final int PLANAR_NO_ALPHA = 0x20;

    private final int bitsPerPixel;
    private final boolean compress;
    private final boolean compressionHeader;
    private final int[] argb = new int[DirtyTiles.TILE * DirtyTiles.TILE];

    /**
     * @param compress interleaved RLE up to 24 bits, RDP 6.0 planes without runs at 32 bits
     * @param compressionHeader whether the client wants TS_CD_HEADER in front of compressed data
     */
    public TileEncoder(int bitsPerPixel, boolean compress, boolean compressionHeader) {
        this.bitsPerPixel = bitsPerPixel;
        this.compress = compress;
        this.compressionHeader = compressionHeader;
    }

    /** The bitmap of one tile as it stands now. */
    public BitmapUpdate.Rectangle encode(TestCard card, DirtyTiles.Tile tile) {
        card.render(tile, argb);
        int width = tile.width() + 3 & ~3; // rows of whole multiples of four pixels, the surplus is not shown
        Bytes plain = compress && bitsPerPixel == 32 ? planes(tile, width) : rows(tile, width);
        Bytes data = plain;
        if (compress && bitsPerPixel < 32) {
            data = InterleavedRle.encode(plain, width, tile.height(), bytesPerPixel());
        }
        boolean header = compress && compressionHeader;
        int flags =
                !compress ? 0 : BitmapHeader.BITMAP_COMPRESSION | (header ? 0 : BitmapHeader.NO_BITMAP_COMPRESSION_HDR);
        int rowOctets = width * bytesPerPixel();
        Optional<BitmapHeader.CompressedDataHeader> compressed = header
                ? Optional.of(new BitmapHeader.CompressedDataHeader(
                        0, data.size(), rowOctets, rowOctets * tile.height() & 0xFFFF))
                : Optional.empty();
        BitmapHeader bitmap = new BitmapHeader(
                tile.x(),
                tile.y(),
                tile.x() + tile.width() - 1,
                tile.y() + tile.height() - 1,
                width,
                tile.height(),
                bitsPerPixel,
                flags,
                data.size() + (header ? 8 : 0),
                compressed);
        return new BitmapUpdate.Rectangle(bitmap, data);
    }

    private int bytesPerPixel() {
        return (bitsPerPixel + 7) / 8;
    }

    private Bytes rows(DirtyTiles.Tile tile, int width) {
        ByteBuf out = Unpooled.buffer(width * tile.height() * bytesPerPixel());
        for (int y = tile.height() - 1; y >= 0; y--) {
            for (int x = 0; x < width; x++) {
                put(out, pixel(tile, x, y));
            }
        }
        return Bytes.copyOf(out, 0, out.readableBytes());
    }

    private int pixel(DirtyTiles.Tile tile, int x, int y) {
        return argb[y * tile.width() + Math.min(x, tile.width() - 1)];
    }

    private void put(ByteBuf out, int pixel) {
        switch (bitsPerPixel) {
            case 8 -> out.writeByte(to8(pixel));
            case 15 -> out.writeShortLE(to15(pixel));
            case 16 -> out.writeShortLE(to16(pixel));
            case 24 -> out.writeMediumLE(pixel);
            default -> out.writeIntLE(pixel);
        }
    }

    /** One plane after the other, red first, without runs (MS-RDPEGDI 2.2.2.5.1). */
    private Bytes planes(DirtyTiles.Tile tile, int width) {
        ByteBuf out = Unpooled.buffer(2 + 3 * width * tile.height());
        out.writeByte(PLANAR_NO_ALPHA);
        for (int shift = 16; shift >= 0; shift -= 8) {
            for (int y = tile.height() - 1; y >= 0; y--) {
                for (int x = 0; x < width; x++) {
                    out.writeByte(pixel(tile, x, y) >> shift);
                }
            }
        }
        out.writeByte(0); // planes without runs end with one octet of padding
        return Bytes.copyOf(out, 0, out.readableBytes());
    }

    private static int to8(int pixel) {
        return pixel >> 16 & 0xE0 | pixel >> 11 & 0x1C | pixel >> 6 & 0x03;
    }

    /** The colour that a client shows where the card has {@code argb}, at a depth of so many bits; as 0xFFRRGGBB. */
    public static int shown(int argb, int bitsPerPixel) {
        return switch (bitsPerPixel) {
            case 8 -> paletteEntry(to8(argb));
            case 15 -> PixelFormat.rgb555(to15(argb));
            case 16 -> PixelFormat.rgb565(to16(argb));
            default -> 0xFF000000 | argb;
        };
    }

    private static int paletteEntry(int index) {
        Bytes palette = palette();
        int at = 3 * index;
        return 0xFF000000 | palette.at(at) << 16 | palette.at(at + 1) << 8 | palette.at(at + 2);
    }

    private static int to15(int pixel) {
        return pixel >> 9 & 0x7C00 | pixel >> 6 & 0x03E0 | pixel >> 3 & 0x001F;
    }

    private static int to16(int pixel) {
        return pixel >> 8 & 0xF800 | pixel >> 5 & 0x07E0 | pixel >> 3 & 0x001F;
    }

    /** The palette that goes with 8 bits per pixel: three bits red, three green, two blue; 256 times three octets. */
    public static Bytes palette() {
        byte[] entries = new byte[256 * 3];
        for (int i = 0; i < 256; i++) {
            entries[3 * i] = (byte) ((i >> 5) * 255 / 7);
            entries[3 * i + 1] = (byte) ((i >> 2 & 7) * 255 / 7);
            entries[3 * i + 2] = (byte) ((i & 3) * 85);
        }
        return Bytes.of(entries);
    }
}
