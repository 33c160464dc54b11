package porthole.protocol.orders;

/**
 * Mem3Blt: a cached bitmap is drawn with a brush and a ternary raster operation. MS-RDPEGDI 2.2.2.2.1.1.2.10.
 *
 * @param cacheId the colour table in the high octet and the bitmap cache in the low one
 * @param nLeftRect in pixels of the target surface; so are the next three
 * @param bRop index of a ternary raster operation
 */
public record Mem3Blt(
        int cacheId,
        int nLeftRect,
        int nTopRect,
        int nWidth,
        int nHeight,
        int bRop,
        int nXSrc,
        int nYSrc,
        TsColor backColor,
        TsColor foreColor,
        OrderBrush brush,
        int cacheIndex)
        implements PrimaryOrder {
    static final Mem3Blt INITIAL = new Mem3Blt(0, 0, 0, 0, 0, 0, 0, 0, TsColor.ZERO, TsColor.ZERO, OrderBrush.ZERO, 0);

    /** The bitmap cache, or {@link PrimaryOrder#SCREEN_CACHE} for the offscreen bitmaps. */
    public int bitmapCache() {
        return cacheId & 0xFF;
    }

    /** The colour table, 0 to 5, which counts at 8 bits per pixel alone. */
    public int colorTable() {
        return cacheId >> 8;
    }

    @Override
    public int orderType() {
        return TS_ENC_MEM3BLT_ORDER;
    }

    @Override
    public Mem3Blt visit(OrderFields fields) {
        return new Mem3Blt(
                fields.u16("cacheId", cacheId),
                fields.coord("nLeftRect", nLeftRect),
                fields.coord("nTopRect", nTopRect),
                fields.coord("nWidth", nWidth),
                fields.coord("nHeight", nHeight),
                fields.u8("bRop", bRop),
                fields.coord("nXSrc", nXSrc),
                fields.coord("nYSrc", nYSrc),
                fields.color("backColor", backColor),
                fields.color("foreColor", foreColor),
                fields.brush(brush),
                fields.u16("cacheIndex", cacheIndex));
    }
}
