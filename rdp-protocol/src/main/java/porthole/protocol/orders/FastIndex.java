package porthole.protocol.orders;

import porthole.protocol.wire.Bytes;

/**
 * FastIndex: glyphs of a cache. MS-RDPEGDI 2.2.2.2.1.1.2.14.
 *
 * @param fDrawing ulCharInc in the low octet and flAccel in the high one
 * @param variableBytes glyph fragments
 */
public record FastIndex(
        int cacheId,
        int fDrawing,
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
        int x,
        int y,
        Bytes variableBytes)
        implements PrimaryOrder, FastText {
    static final FastIndex INITIAL =
            new FastIndex(0, 0, TsColor.ZERO, TsColor.ZERO, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Bytes.EMPTY);

    /** ulCharInc: pixels from one glyph to the next, or zero. */
    @Override
    public int ulCharInc() {
        return fDrawing & 0xFF;
    }

    /** flAccel: flags of the text. */
    @Override
    public int flAccel() {
        return fDrawing >> 8;
    }

    @Override
    public int orderType() {
        return TS_ENC_FAST_INDEX_ORDER;
    }

    @Override
    public FastIndex visit(OrderFields fields) {
        return new FastIndex(
                fields.u8("cacheId", cacheId),
                fields.u16("fDrawing", fDrawing),
                fields.color("backColor", backColor),
                fields.color("foreColor", foreColor),
                fields.coord("bkLeft", bkLeft),
                fields.coord("bkTop", bkTop),
                fields.coord("bkRight", bkRight),
                fields.coord("bkBottom", bkBottom),
                fields.coord("opLeft", opLeft),
                fields.coord("opTop", opTop),
                fields.coord("opRight", opRight),
                fields.coord("opBottom", opBottom),
                fields.coord("x", x),
                fields.coord("y", y),
                fields.variable("variableBytes", variableBytes));
    }
}
