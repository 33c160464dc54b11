package porthole.protocol.orders;

/**
 * DstBlt: a rectangle is painted by a raster operation of the destination alone. MS-RDPEGDI 2.2.2.2.1.1.2.1.
 *
 * @param nLeftRect in pixels of the target surface; so are the next three
 * @param bRop index of a ternary raster operation
 */
public record DstBlt(int nLeftRect, int nTopRect, int nWidth, int nHeight, int bRop) implements PrimaryOrder {
    static final DstBlt INITIAL = new DstBlt(0, 0, 0, 0, 0);

    @Override
    public int orderType() {
        return TS_ENC_DSTBLT_ORDER;
    }

    @Override
    public DstBlt visit(OrderFields fields) {
        return new DstBlt(
                fields.coord("nLeftRect", nLeftRect),
                fields.coord("nTopRect", nTopRect),
                fields.coord("nWidth", nWidth),
                fields.coord("nHeight", nHeight),
                fields.u8("bRop", bRop));
    }
}
