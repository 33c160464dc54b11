package porthole.graphics.orders;

import porthole.graphics.cache.BitmapCaches;
import porthole.graphics.cache.BrushCaches;
import porthole.graphics.cache.ColorTables;
import porthole.graphics.cache.GlyphCaches;
import porthole.graphics.cache.OrderErrors;
import porthole.graphics.cache.SourceBitmap;
import porthole.graphics.codec.BitmapDecoder;
import porthole.graphics.codec.PixelFormat;
import porthole.graphics.rop.Brush;
import porthole.protocol.orders.CacheBitmap;
import porthole.protocol.orders.CacheBitmapRev2;
import porthole.protocol.orders.CacheBitmapRev3;
import porthole.protocol.orders.CacheBrush;
import porthole.protocol.orders.CacheColorTable;
import porthole.protocol.orders.CacheGlyph;
import porthole.protocol.orders.CacheGlyphRev2;
import porthole.protocol.orders.GlyphData;
import porthole.protocol.orders.SecondaryOrder;
import porthole.protocol.wire.Bytes;

/** Fills the caches from secondary drawing orders. MS-RDPEGDI 2.2.2.2.1.2. Not thread-safe. */
final class CacheFiller {
    /** The most pixels of one bitmap, far above the largest that hosts cut theirs into. */
    static final int BITMAP_PIXELS = 1 << 20;

    private static final int BRUSH = Brush.SIDE * Brush.SIDE;
    /** Octets of the two bits for each pixel of a compressed brush. */
    private static final int BRUSH_INDICES = BRUSH / 4;

    private static final int OPAQUE = 0xFF000000;
    /** Keeps the indices of bitmaps with 8 bits per pixel as they are, as orders say later what they stand for. */
    private static final int[] SELF = self();

    private final OrderColors colors;
    private final BitmapCaches bitmaps;
    private final GlyphCaches glyphs;
    private final BrushCaches brushes;
    private final ColorTables tables;
    private final BitmapDecoder decoder = new BitmapDecoder();
    private final CodecBitmaps codecs = new CodecBitmaps();
    private final byte[] octets = new byte[BRUSH * 4];
    private final int[] pixels = new int[BRUSH];
    private final int[] table = new int[ColorTables.COLORS];

    CacheFiller(OrderColors colors, BitmapCaches bitmaps, GlyphCaches glyphs, BrushCaches brushes, ColorTables tables) {
        this.colors = colors;
        this.bitmaps = bitmaps;
        this.glyphs = glyphs;
        this.brushes = brushes;
        this.tables = tables;
    }

    private static int[] self() {
        int[] indices = new int[ColorTables.COLORS];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = i;
        }
        return indices;
    }

    void fill(SecondaryOrder order) {
        if (order instanceof CacheBitmap bitmap) {
            put(
                    "CacheBitmap",
                    bitmap.cacheId(),
                    bitmap.cacheIndex(),
                    bitmap.bitmapWidth(),
                    bitmap.bitmapHeight(),
                    bitmap.bitmapBitsPerPel(),
                    bitmap.isCompressed(),
                    SourceBitmap.NO_KEY,
                    bitmap.bitmapDataStream());
        } else if (order instanceof CacheBitmapRev2 bitmap) {
            put(
                    "CacheBitmapRev2",
                    bitmap.cacheId(),
                    bitmap.slot(),
                    bitmap.bitmapWidth(),
                    bitmap.bitmapHeight(),
                    bitmap.bitsPerPixel(),
                    bitmap.isCompressed(),
                    bitmap.key().orElse(SourceBitmap.NO_KEY),
                    bitmap.bitmapDataStream());
        } else if (order instanceof CacheBitmapRev3 bitmap) {
            int width = bitmap.bitmapData().width();
            int height = bitmap.bitmapData().height();
            if (codecs.handles(bitmap.bitmapData().codecID())) {
                int[] bottomUp = codecs.decode(bitmap.bitmapData(), bitmap.bitmapDataStream());
                bitmaps.put(
                        "CacheBitmapRev3",
                        bitmap.cacheId(),
                        bitmap.slot(),
                        width,
                        height,
                        false,
                        bitmap.key(),
                        bottomUp);
            } else {
                put(
                        "CacheBitmapRev3",
                        bitmap.cacheId(),
                        bitmap.slot(),
                        width,
                        height,
                        bitmap.bitmapData().bpp(),
                        false,
                        bitmap.key(),
                        bitmap.bitmapDataStream());
            }
        } else if (order instanceof CacheGlyph glyph) {
            for (GlyphData data : glyph.glyphData()) {
                put("CacheGlyph", glyph.cacheId(), data);
            }
        } else if (order instanceof CacheGlyphRev2 glyph) {
            for (GlyphData data : glyph.glyphData()) {
                put("CacheGlyphRev2", glyph.cacheId(), data);
            }
        } else if (order instanceof CacheBrush brush) {
            put(brush);
        } else if (order instanceof CacheColorTable colorTable) {
            put(colorTable);
        }
    }

    private void put(
            String order,
            int cacheId,
            int slot,
            int width,
            int height,
            int bitsPerPixel,
            boolean compressed,
            long key,
            Bytes data) {
        int depth = depth(bitsPerPixel == 0 ? colors.depth() : bitsPerPixel);
        int[] bottomUp = decoder.decode(width, height, depth, compressed, data, SELF, BITMAP_PIXELS);
        bitmaps.put(order, cacheId, slot, width, height, depth == 8, key, bottomUp);
    }

    /** Orders have one number for 15 and 16 bits per pixel. */
    private int depth(int bitsPerPixel) {
        return bitsPerPixel == 16 && colors.depth() == 15 ? 15 : bitsPerPixel;
    }

    void put(String order, int cacheId, GlyphData data) {
        glyphs.put(
                order,
                cacheId,
                data.cacheIndex(),
                data.x(),
                data.y(),
                data.cx(),
                data.cy(),
                data.aj().toArray());
    }

    private void put(CacheColorTable order) {
        require(
                order.numberColors() == ColorTables.COLORS,
                "CacheColorTable",
                "numberColors",
                order.numberColors(),
                "256");
        for (int i = 0; i < table.length; i++) {
            table[i] = OPAQUE | order.color(i);
        }
        tables.put(order.cacheIndex(), table);
    }

    private void put(CacheBrush order) {
        require(order.cx() == Brush.SIDE && order.cy() == Brush.SIDE, "CacheBrush", "cx", order.cx(), "8, as cy");
        int bits = order.bitsPerPixel();
        require(bits != 0, "CacheBrush", "iBitmapFormat", order.iBitmapFormat(), "1, 3, 4, 5 or 6");
        Bytes data = order.brushData();
        int size = order.isCompressed() ? data.size() : BRUSH * bits / 8;
        // An octet counts at most 255 of the 256 octets that such a brush has at 32 bits per pixel.
        require(data.size() >= Math.min(size, 0xFF), "CacheBrush", "iBytes", data.size(), "at least " + size);
        if (bits == 1) {
            long rows = 0;
            for (int row = Brush.SIDE - 1; row >= 0; row--) {
                rows = rows << 8 | data.at(row);
            }
            brushes.putMono(order.cacheEntry(), rows);
            return;
        }
        data.copyTo(octets, 0);
        int bytes = bits / 8;
        for (int i = 0; i < BRUSH; i++) {
            int row = Brush.SIDE - 1 - i / Brush.SIDE; // the bottom row comes first
            int at = order.isCompressed() ? BRUSH_INDICES + (octets[i / 4] >> 6 - i % 4 * 2 & 3) * bytes : i * bytes;
            pixels[row * Brush.SIDE + i % Brush.SIDE] = pixel(at, bytes);
        }
        widen(bits);
        brushes.putColors(order.cacheEntry(), pixels);
    }

    private int pixel(int at, int bytes) {
        int pixel = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            pixel = pixel << 8 | octets[at + i] & 0xFF;
        }
        return pixel;
    }

    private void widen(int bits) {
        PixelFormat.widen(pixels, BRUSH, depth(bits), colors.palette());
    }

    private static void require(boolean ok, String order, String field, int seen, String rule) {
        if (!ok) {
            throw OrderErrors.error(order, field, String.valueOf(seen), rule, "MS-RDPEGDI 2.2.2.2.1.2");
        }
    }
}
