package porthole.graphics.orders;

import porthole.graphics.cache.GlyphCaches;
import porthole.graphics.rop.Blitter;
import porthole.protocol.orders.FastGlyph;
import porthole.protocol.orders.FastIndex;
import porthole.protocol.orders.FastText;
import porthole.protocol.orders.GlyphIndex;

/** Draws the three orders for text. MS-RDPEGDI 2.2.2.2.1.1.2.13 to .15. Not thread-safe. */
final class Texts {
    /** The bottom of an opaque rectangle whose top says which edges are those of the background rectangle. */
    private static final int FLAGS_IN_TOP = -32768;

    private static final int BOTTOM_ABSENT = 0x01;
    private static final int RIGHT_ABSENT = 0x02;
    private static final int TOP_ABSENT = 0x04;
    private static final int LEFT_ABSENT = 0x08;

    private final Blitter blitter;
    private final OrderColors colors;
    private final CacheFiller caches;
    private final TextPainter painter;

    Texts(Blitter blitter, OrderColors colors, GlyphCaches glyphs, CacheFiller caches) {
        this.blitter = blitter;
        this.colors = colors;
        this.caches = caches;
        this.painter = new TextPainter(blitter, glyphs);
    }

    void paint(GlyphIndex order) {
        painter.begin("GlyphIndex", order.cacheId(), order.flAccel(), order.ulCharInc(), order.x(), order.y());
        painter.bounds(order.bkLeft(), order.bkTop(), order.bkRight(), order.bkBottom());
        if (order.fOpRedundant() == 0) {
            painter.background(
                    colors.argb(order.foreColor()), order.opLeft(), order.opTop(), order.opRight(), order.opBottom());
        }
        painter.color(colors.argb(order.backColor()));
        painter.draw(order.variableBytes());
    }

    void paint(FastIndex order) {
        begin("FastIndex", order);
        painter.draw(order.variableBytes());
    }

    void paint(FastGlyph order) {
        if (order.variableBytes().isEmpty()) {
            return;
        }
        order.glyphData().ifPresent(glyph -> caches.put("FastGlyph", order.cacheId(), glyph));
        begin("FastGlyph", order);
        painter.draw(order.cacheIndex());
    }

    private void begin(String name, FastText order) {
        painter.begin(
                name,
                order.cacheId(),
                order.flAccel(),
                order.ulCharInc(),
                order.x() == FLAGS_IN_TOP ? order.bkLeft() : order.x(),
                order.y() == FLAGS_IN_TOP ? order.bkTop() : order.y());
        painter.bounds(order.bkLeft(), order.bkTop(), order.bkRight(), order.bkBottom());
        background(order);
        painter.color(colors.argb(order.backColor()));
    }

    /** The fast orders leave edges out that the two rectangles share. */
    private void background(FastText order) {
        int left = order.opLeft();
        int top = order.opTop();
        int right = order.opRight();
        int bottom = order.opBottom();
        if (bottom == FLAGS_IN_TOP) {
            int absent = top;
            bottom = (absent & BOTTOM_ABSENT) != 0 ? order.bkBottom() : bottom;
            right = (absent & RIGHT_ABSENT) != 0 ? order.bkRight() : right;
            top = (absent & TOP_ABSENT) != 0 ? order.bkTop() : top;
            left = (absent & LEFT_ABSENT) != 0 ? order.bkLeft() : left;
        }
        left = left == 0 ? order.bkLeft() : left;
        right = right == 0 ? order.bkRight() : Math.min(right, blitter.target().width());
        painter.background(colors.argb(order.foreColor()), left, top, right, bottom);
    }
}
