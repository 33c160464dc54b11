package porthole.protocol.orders;

import java.util.List;
import porthole.protocol.wire.Bytes;

/**
 * MultiScrBlt: several rectangles of the screen are copied. MS-RDPEGDI 2.2.2.2.1.1.2.8.
 *
 * @param nLeftRect in pixels of the target surface; so are the next three
 * @param bRop index of a ternary raster operation
 */
public record MultiScrBlt(
        int nLeftRect,
        int nTopRect,
        int nWidth,
        int nHeight,
        int bRop,
        int nXSrc,
        int nYSrc,
        int nDeltaEntries,
        Bytes codedDeltaList)
        implements PrimaryOrder {
    static final MultiScrBlt INITIAL = new MultiScrBlt(0, 0, 0, 0, 0, 0, 0, 0, Bytes.EMPTY);

    /** The rectangles of the list, in pixels of the target surface. */
    public List<OrderRectangle> rectangles() {
        return OrderRectangle.decodeAll(codedDeltaList, nDeltaEntries);
    }

    @Override
    public int orderType() {
        return TS_ENC_MULTISCRBLT_ORDER;
    }

    @Override
    public MultiScrBlt visit(OrderFields fields) {
        return new MultiScrBlt(
                fields.coord("nLeftRect", nLeftRect),
                fields.coord("nTopRect", nTopRect),
                fields.coord("nWidth", nWidth),
                fields.coord("nHeight", nHeight),
                fields.u8("bRop", bRop),
                fields.coord("nXSrc", nXSrc),
                fields.coord("nYSrc", nYSrc),
                fields.u8("nDeltaEntries", nDeltaEntries),
                fields.deltaRectangles("codedDeltaList", codedDeltaList));
    }
}
