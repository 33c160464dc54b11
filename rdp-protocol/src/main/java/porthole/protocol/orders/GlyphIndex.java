package porthole.protocol.orders;

import porthole.protocol.wire.Bytes;

/**
 * GlyphIndex: glyphs of a cache, with a brush behind them. MS-RDPEGDI 2.2.2.2.1.1.2.13.
 *
 * @param variableBytes glyph fragments
 */
public record GlyphIndex(
        int cacheId,
        int flAccel,
        int ulCharInc,
        int fOpRedundant,
        TsColor backColor,
        TsColor foreColor,
        int bkLeft,
        int bkTop,
        int bkRight,
        int bkBottom,
        int opLeft,
        int opTop,
        int opRight,
        int opBottom,
        OrderBrush brush,
        int x,
        int y,
        Bytes variableBytes)
        implements PrimaryOrder {
    static final GlyphIndex INITIAL = new GlyphIndex(
            0, 0, 0, 0, TsColor.ZERO, TsColor.ZERO, 0, 0, 0, 0, 0, 0, 0, 0, OrderBrush.ZERO, 0, 0, Bytes.EMPTY);

    @Override
    public int orderType() {
        return TS_ENC_INDEX_ORDER;
    }

    @Override
    public GlyphIndex visit(OrderFields fields) {
        return new GlyphIndex(
                fields.u8("cacheId", cacheId),
                fields.u8("flAccel", flAccel),
                fields.u8("ulCharInc", ulCharInc),
                fields.u8("fOpRedundant", fOpRedundant),
                fields.color("backColor", backColor),
                fields.color("foreColor", foreColor),
                fields.s16("bkLeft", bkLeft),
                fields.s16("bkTop", bkTop),
                fields.s16("bkRight", bkRight),
                fields.s16("bkBottom", bkBottom),
                fields.s16("opLeft", opLeft),
                fields.s16("opTop", opTop),
                fields.s16("opRight", opRight),
                fields.s16("opBottom", opBottom),
                fields.brush(brush),
                fields.s16("x", x),
                fields.s16("y", y),
                fields.variable("variableBytes", variableBytes));
    }
}
