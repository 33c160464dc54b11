package porthole.graphics.orders;

import porthole.graphics.cache.Glyph;
import porthole.graphics.cache.GlyphCaches;
import porthole.graphics.cache.OrderErrors;
import porthole.graphics.rop.Blitter;
import porthole.protocol.wire.Bytes;

/**
 * Draws text from the glyph caches. MS-RDPEGDI 2.2.2.2.1.1.2.13.
 *
 * <p>Set and used for one order at a time. Not thread-safe.
 */
final class TextPainter {
    private static final String SECTION = "MS-RDPEGDI 2.2.2.2.1.1.2.13";
    private static final int USE = 0xFE;
    private static final int ADD = 0xFF;
    private static final int SO_HORIZONTAL = 0x02;
    private static final int SO_VERTICAL = 0x04;
    private static final int SO_CHAR_INC_EQUAL_BM_BASE = 0x20;
    /** A delta octet with this bit says that the delta is in the next two. */
    private static final int LONG_DELTA = 0x80;

    private static final int MOST = 256;

    private final Blitter blitter;
    private final GlyphCaches glyphs;
    private final byte[] text = new byte[MOST];
    private String order;
    private int cacheId;
    private int flAccel;
    private int ulCharInc;
    private int color;
    private int left;
    private int top;
    private int right;
    private int bottom;
    private int x;
    private int y;

    TextPainter(Blitter blitter, GlyphCaches glyphs) {
        this.blitter = blitter;
        this.glyphs = glyphs;
    }

    /** How the glyphs follow one another, and from where. */
    void begin(String name, int cache, int accelerators, int charInc, int fromX, int fromY) {
        order = name;
        cacheId = cache;
        flAccel = accelerators;
        ulCharInc = charInc;
        x = fromX;
        y = fromY;
    }

    /** The rectangle that glyphs stay inside; right and bottom are inclusive, and none is there where they cross. */
    void bounds(int fromX, int fromY, int toX, int toY) {
        left = Math.max(0, fromX);
        top = Math.max(0, fromY);
        right = fromX < toX ? Math.min(toX + 1, blitter.target().width()) : left;
        bottom = fromY < toY ? toY + 1 : top;
    }

    /**
     * Fills the rectangle behind the text, whose right and bottom are inclusive; none is there where they cross. The cells of
     * glyphs that lie outside stay as they are, as in FreeRDP 2 and in contrast to version 3.
     */
    void background(int argb, int fromX, int fromY, int toX, int toY) {
        if (fromX < toX && fromY < toY) {
            blitter.fill(fromX, fromY, toX - fromX + 1, toY - fromY + 1, argb);
        }
    }

    /** The colour of the glyphs as 0xFFRRGGBB. */
    void color(int argb) {
        color = argb;
    }

    /** Draws the glyphs and fragments of an order; new fragments go into the cache. */
    void draw(Bytes fragments) {
        int length = fragments.size();
        if (length > MOST) {
            throw OrderErrors.error(order, "variableBytes", length + " octets", "at most " + MOST, SECTION);
        }
        for (int i = 0; i < length; i++) {
            text[i] = (byte) fragments.at(i);
        }
        int begin = 0;
        int at = 0;
        while (at < length) {
            int operation = text[at] & 0xFF;
            if (operation == USE) {
                need(at + 1 < length, "variableBytes.fragmentIndex");
                int index = text[at + 1] & 0xFF;
                // Hosts leave the delta out behind the last fragment.
                at = at + 2 < length ? advance(text, length, at + 2) : at + 2;
                fragment(glyphs.fragment(index));
            } else if (operation == ADD) {
                need(at + 2 < length, "variableBytes.fragmentSize");
                int size = text[at + 2] & 0xFF;
                need(size <= at - begin, "variableBytes.fragmentSize");
                glyphs.putFragment(text[at + 1] & 0xFF, text, at - size, size);
                at += 3;
                begin = at;
            } else {
                at = advance(text, length, at + 1);
                glyph(operation);
            }
        }
    }

    /** Draws the one glyph of a FastGlyph order. */
    void draw(int index) {
        glyph(index);
    }

    private void fragment(byte[] glyphIndices) {
        if (glyphIndices == null) {
            return;
        }
        int at = 0;
        while (at < glyphIndices.length) {
            int index = glyphIndices[at] & 0xFF;
            at = advance(glyphIndices, glyphIndices.length, at + 1);
            glyph(index);
        }
    }

    /** Moves on by the delta at {@code at}, where there is one; returns where the next glyph stands. */
    private int advance(byte[] octets, int length, int at) {
        if (ulCharInc != 0 || (flAccel & SO_CHAR_INC_EQUAL_BM_BASE) != 0) {
            return at;
        }
        need(at < length, "variableBytes.delta");
        int delta = octets[at] & 0xFF;
        int next = at + 1;
        if ((delta & LONG_DELTA) != 0) {
            need(at + 2 < length, "variableBytes.delta");
            delta = octets[at + 1] & 0xFF | (octets[at + 2] & 0xFF) << 8;
            next = at + 3;
        }
        move(delta);
        return next;
    }

    private void move(int pixels) {
        if ((flAccel & SO_VERTICAL) != 0) {
            y += pixels;
        }
        if ((flAccel & SO_HORIZONTAL) != 0) {
            x += pixels;
        }
    }

    private void glyph(int index) {
        Glyph glyph = glyphs.get(order, cacheId, index);
        if (glyph == null) {
            return; // MS-RDPEGDI 3.2.5.1.1.1: what refers to a missing entry is passed over
        }
        int fromX = Math.max(left, x + glyph.x());
        int fromY = Math.max(top, y + glyph.y());
        int skipX = fromX - x - glyph.x();
        int skipY = fromY - y - glyph.y();
        int width = Math.min(glyph.width() - skipX, right - fromX);
        int height = Math.min(glyph.height() - skipY, bottom - fromY);
        if (width > 0 && height > 0) {
            blitter.stencil(fromX, fromY, width, height, glyph.bits(), glyph.width(), skipX, skipY, color);
        }
        if ((flAccel & SO_CHAR_INC_EQUAL_BM_BASE) != 0) {
            x += glyph.width();
        } else {
            move(ulCharInc);
        }
    }

    private void need(boolean there, String field) {
        if (!there) {
            throw OrderErrors.error(order, field, "the end of the octets", "a whole fragment", SECTION);
        }
    }
}
