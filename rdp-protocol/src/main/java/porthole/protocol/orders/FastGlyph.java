package porthole.protocol.orders;

import java.util.Optional;
import porthole.protocol.wire.Bytes;

/**
 * FastGlyph: one glyph, which may be put into a cache. MS-RDPEGDI 2.2.2.2.1.1.2.15.
 *
 * @param fDrawing ulCharInc in the low octet and flAccel in the high one
 * @param variableBytes an index of the cache, or a glyph to put there
 */
public record FastGlyph(
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
    static final FastGlyph INITIAL =
            new FastGlyph(0, 0, TsColor.ZERO, TsColor.ZERO, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Bytes.EMPTY);

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

    /** The index of the glyph in its cache. */
    public int cacheIndex() {
        return variableBytes.isEmpty() ? 0 : variableBytes.at(0);
    }

    /** The glyph to put into the cache at that index; absent where it is there already. */
    public Optional<GlyphData> glyphData() {
        return GlyphData.ofFastGlyph(variableBytes);
    }

    @Override
    public int orderType() {
        return TS_ENC_FAST_GLYPH_ORDER;
    }

    @Override
    public FastGlyph visit(OrderFields fields) {
        return new FastGlyph(
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
                fields.glyph("variableBytes", variableBytes));
    }
}
