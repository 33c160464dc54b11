package porthole.protocol.orders;

/**
 * PatBlt: a rectangle is painted with a brush and a ternary raster operation. MS-RDPEGDI 2.2.2.2.1.1.2.3.
 *
 * @param nLeftRect in pixels of the target surface; so are the next three
 * @param bRop index of a ternary raster operation
 */
public record PatBlt(
        int nLeftRect,
        int nTopRect,
        int nWidth,
        int nHeight,
        int bRop,
        TsColor backColor,
        TsColor foreColor,
        OrderBrush brush)
        implements PrimaryOrder {
    static final PatBlt INITIAL = new PatBlt(0, 0, 0, 0, 0, TsColor.ZERO, TsColor.ZERO, OrderBrush.ZERO);

    @Override
    public int orderType() {
        return TS_ENC_PATBLT_ORDER;
    }

    @Override
    public PatBlt visit(OrderFields fields) {
        return new PatBlt(
                fields.coord("nLeftRect", nLeftRect),
                fields.coord("nTopRect", nTopRect),
                fields.coord("nWidth", nWidth),
                fields.coord("nHeight", nHeight),
                fields.u8("bRop", bRop),
                fields.color("backColor", backColor),
                fields.color("foreColor", foreColor),
                fields.brush(brush));
    }
}
