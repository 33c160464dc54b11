package porthole.protocol.orders;

/**
 * MemBlt: a cached bitmap is copied to the target surface. MS-RDPEGDI 2.2.2.2.1.1.2.9.
 *
 * @param cacheId the colour table in the high octet and the bitmap cache in the low one
 * @param nLeftRect in pixels of the target surface; so are the next three
 * @param bRop index of a ternary raster operation
 */
public record MemBlt(
        int cacheId,
        int nLeftRect,
        int nTopRect,
        int nWidth,
        int nHeight,
        int bRop,
        int nXSrc,
        int nYSrc,
        int cacheIndex)
        implements PrimaryOrder {
    static final MemBlt INITIAL = new MemBlt(0, 0, 0, 0, 0, 0, 0, 0, 0);

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
        return TS_ENC_MEMBLT_ORDER;
    }

    @Override
    public MemBlt visit(OrderFields fields) {
        return new MemBlt(
                fields.u16("cacheId", cacheId),
                fields.coord("nLeftRect", nLeftRect),
                fields.coord("nTopRect", nTopRect),
                fields.coord("nWidth", nWidth),
                fields.coord("nHeight", nHeight),
                fields.u8("bRop", bRop),
                fields.coord("nXSrc", nXSrc),
                fields.coord("nYSrc", nYSrc),
                fields.u16("cacheIndex", cacheIndex));
    }
}
