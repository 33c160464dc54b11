package porthole.host;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import porthole.graphics.rop.Rop3;
import porthole.host.card.InterleavedRle;
import porthole.protocol.orders.CacheBitmap;
import porthole.protocol.orders.CacheBitmapRev2;
import porthole.protocol.orders.CacheColorTable;
import porthole.protocol.orders.MemBlt;
import porthole.protocol.orders.PrimaryOrder;
import porthole.protocol.wire.Bytes;

/**
 * Bitmaps of the first two revisions in the bitmap caches, plain and compressed.
 *
 * <p>Those of the third revision are left out: version 2 takes what a codec made for planes, version 3.15 copies the octets of
 * NSCodec over its pixels, and ends on RemoteFX. FreeRDP takes the colours of bitmaps with 8 bits per pixel from the palette: so the colour table is the same.
 */
final class BitmapCells {
    private static final int CELL = Card.CELL;
    private static final int SRCCOPY = Rop3.SRCCOPY;
    private static final int PLANAR_NO_ALPHA = 0x20;
    private static final int PLANAR_RUNS = 0x10;
    private static final int[] WIDTHS = {4, 16, 20, 64};

    private final Card card;
    private final SplittableRandom random;
    private final int bitsPerPixel;
    private int slot = 20;

    BitmapCells(Card card) {
        this.card = card;
        this.random = card.random;
        this.bitsPerPixel = card.bitsPerPixel;
    }

    void draw() {
        if (bitsPerPixel == 8) {
            card.add(CacheColorTable.of(0, Card.palette()));
        }
        plain();
        compressed();
        keysAndWaitingList();
    }

    /** Flat areas and noise, as rows of a bitmap. */
    private Bytes picture(int width, int height, int size) {
        byte[] octets = new byte[width * height * size];
        for (int at = 0; at < width * height; ) {
            byte[] pixel = card.octets(size).toArray();
            int run = random.nextInt(3) == 0 ? random.nextInt(1, 90) : 1;
            for (int i = 0; i < run && at < width * height; i++, at++) {
                for (int k = 0; k < size; k++) {
                    octets[at * size + k] =
                            random.nextInt(8) == 0 && at >= width ? octets[(at - width) * size + k] : pixel[k];
                }
            }
        }
        return Bytes.of(octets);
    }

    /** Shows {@code width} columns of an entry of a cache. */
    private void show(String name, int cache, int index, int width) {
        card.cell(name, width);
        card.add(new MemBlt(cache, card.x, card.y, width, CELL, SRCCOPY, 0, 0, index));
    }

    private void revision2(String name, boolean compressed, int width, int height, Bytes data) {
        card.add(CacheBitmapRev2.of(compressed, 2, ++slot, width, height, bitsPerPixel, OptionalLong.empty(), data));
        show(name, 2, slot, width);
    }

    private void plain() {
        for (int width : WIDTHS) {
            revision2("revision 2, plain, " + width, false, width, CELL, picture(width, CELL, card.pixelBytes()));
            card.add(CacheBitmap.of(
                    false, 0, ++slot, width, CELL, bitsPerPixel, picture(width, CELL, card.pixelBytes())));
            show("revision 1, plain, " + width, 0, slot, width);
        }
    }

    private void compressed() {
        for (int width : WIDTHS) {
            for (int i = 0; i < 6; i++) {
                Bytes data = bitsPerPixel == 32
                        ? planes(width, i % 2 == 0)
                        : InterleavedRle.encode(
                                picture(width, CELL, card.pixelBytes()), width, CELL, card.pixelBytes());
                revision2("revision 2, compressed, " + width + ", " + i, true, width, CELL, data);
                card.add(CacheBitmap.of(true, 0, ++slot, width, CELL, bitsPerPixel, data));
                show("revision 1, compressed, " + width + ", " + i, 0, slot, width);
            }
        }
    }

    /** RDP 6.0 planes: a row as it is, and then differences from row to row. MS-RDPEGDI 2.2.2.5.1. */
    private Bytes planes(int width, boolean runs) {
        ByteBuf out = Unpooled.buffer();
        out.writeByte(PLANAR_NO_ALPHA | (runs ? PLANAR_RUNS : 0));
        for (int plane = 0; plane < 3; plane++) {
            for (int row = 0; row < CELL; row++) {
                if (runs) {
                    planeRow(out, width);
                } else {
                    out.writeBytes(card.octets(width).toArray());
                }
            }
        }
        if (!runs) {
            out.writeByte(0);
        }
        return Bytes.copyOf(out, 0, out.readableBytes());
    }

    private void planeRow(ByteBuf out, int width) {
        int left = width;
        while (left > 0) {
            int raw = Math.min(left, random.nextInt(0, 5));
            int run = left - raw < 3 ? 0 : random.nextInt(3, Math.min(15, left - raw) + 1);
            if (raw == 0 && run == 0) {
                raw = Math.min(left, 2);
            }
            out.writeByte(raw << 4 | run).writeBytes(card.octets(raw).toArray());
            left -= raw + run;
        }
    }

    private void keysAndWaitingList() {
        Bytes first = picture(CELL, CELL, card.pixelBytes());
        card.add(CacheBitmapRev2.of(
                false, 2, ++slot, CELL, CELL, bitsPerPixel, OptionalLong.of(random.nextLong()), first));
        show("with a key", 2, slot, CELL);
        for (int i = 0; i < 3; i++) {
            CacheBitmapRev2 kept = CacheBitmapRev2.of(
                    false,
                    2,
                    0,
                    CELL,
                    CELL,
                    bitsPerPixel,
                    OptionalLong.empty(),
                    picture(CELL, CELL, card.pixelBytes()));
            card.add(new CacheBitmapRev2(
                    kept.controlFlags(),
                    kept.extraFlags() | CacheBitmapRev2.CBR2_DO_NOT_CACHE << 7,
                    kept.orderType(),
                    kept.key(),
                    kept.bitmapWidth(),
                    kept.bitmapHeight(),
                    PrimaryOrder.WAITING_LIST_INDEX,
                    kept.bitmapComprHdr(),
                    kept.bitmapDataStream(),
                    kept.otherForm(),
                    kept.trailing()));
            show("not to be cached " + i, 2, PrimaryOrder.WAITING_LIST_INDEX, CELL);
        }
        card.add(CacheBitmapRev2.of(
                false,
                2,
                slot,
                CELL,
                CELL,
                bitsPerPixel,
                OptionalLong.empty(),
                picture(CELL, CELL, card.pixelBytes())));
        show("replaced", 2, slot, CELL);
        show("last entry of a cache that is not there", 2, 900, CELL);
    }
}
