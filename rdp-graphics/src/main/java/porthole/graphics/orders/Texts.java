package porthole.graphics.orders;

import porthole.graphics.cache.GlyphCaches;
import porthole.graphics.rop.Blitter;
import porthole.protocol.orders.FastGlyph;
import porthole.protocol.orders.FastIndex;
import porthole.protocol.orders.GlyphIndex;
import porthole.protocol.orders.TsColor;

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
        painter.begin(
                "FastIndex",
                order.cacheId(),
                order.flAccel(),
                order.ulCharInc(),
                order.x() == FLAGS_IN_TOP ? order.bkLeft() : order.x(),
                order.y() == FLAGS_IN_TOP ? order.bkTop() : order.y());
        rectangles(
                order.backColor(),
                order.foreColor(),
                order.bkLeft(),
                order.bkTop(),
                order.bkRight(),
                order.bkBottom(),
                order.opLeft(),
                order.opTop(),
                order.opRight(),
                order.opBottom());
        painter.draw(order.variableBytes());
    }

    void paint(FastGlyph order) {
        if (order.variableBytes().isEmpty()) {
            return;
        }
        order.glyphData().ifPresent(glyph -> caches.put("FastGlyph", order.cacheId(), glyph));
        painter.begin(
                "FastGlyph",
                order.cacheId(),
                order.flAccel(),
                order.ulCharInc(),
                order.x() == FLAGS_IN_TOP ? order.bkLeft() : order.x(),
                order.y() == FLAGS_IN_TOP ? order.bkTop() : order.y());
        rectangles(
                order.backColor(),
                order.foreColor(),
                order.bkLeft(),
                order.bkTop(),
                order.bkRight(),
                order.bkBottom(),
                order.opLeft(),
                order.opTop(),
                order.opRight(),
                order.opBottom());
        painter.draw(order.cacheIndex());
    }

    /** The fast orders leave edges out that the two rectangles share. */
    private void rectangles(
            TsColor backColor,
            TsColor foreColor,
            int bkLeft,
            int bkTop,
            int bkRight,
            int bkBottom,
            int left,
            int top,
            int right,
            int bottom) {
        int opLeft = left;
        int opTop = top;
        int opRight = right;
        int opBottom = bottom;
        if (bottom == FLAGS_IN_TOP) {
            opBottom = (top & BOTTOM_ABSENT) != 0 ? bkBottom : bottom;
            opRight = (top & RIGHT_ABSENT) != 0 ? bkRight : right;
            opTop = (top & TOP_ABSENT) != 0 ? bkTop : top;
            opLeft = (top & LEFT_ABSENT) != 0 ? bkLeft : left;
        }
        opLeft = opLeft == 0 ? bkLeft : opLeft;
        opRight = opRight == 0 ? bkRight : Math.min(opRight, blitter.target().width());
        painter.bounds(bkLeft, bkTop, bkRight, bkBottom);
        painter.background(colors.argb(foreColor), opLeft, opTop, opRight, opBottom);
        painter.color(colors.argb(backColor));
    }
}
