package porthole.protocol.orders;

/**
 * ScrBlt: pixels of the screen are copied to the target surface. MS-RDPEGDI 2.2.2.2.1.1.2.7.
 *
 * @param nLeftRect in pixels of the target surface; so are the next three
 * @param bRop index of a ternary raster operation
 */
public record ScrBlt(int nLeftRect, int nTopRect, int nWidth, int nHeight, int bRop, int nXSrc, int nYSrc)
        implements PrimaryOrder {
    static final ScrBlt INITIAL = new ScrBlt(0, 0, 0, 0, 0, 0, 0);

    @Override
    public int orderType() {
        return TS_ENC_SCRBLT_ORDER;
    }

    @Override
    public ScrBlt visit(OrderFields fields) {
        return new ScrBlt(
                fields.coord("nLeftRect", nLeftRect),
                fields.coord("nTopRect", nTopRect),
                fields.coord("nWidth", nWidth),
                fields.coord("nHeight", nHeight),
                fields.u8("bRop", bRop),
                fields.coord("nXSrc", nXSrc),
                fields.coord("nYSrc", nYSrc));
    }
}
