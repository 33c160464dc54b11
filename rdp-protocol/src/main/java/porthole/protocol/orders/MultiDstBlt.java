package porthole.protocol.orders;

import java.util.List;
import porthole.protocol.wire.Bytes;

/**
 * MultiDstBlt: several rectangles are painted by a raster operation of the destination alone. MS-RDPEGDI 2.2.2.2.1.1.2.2.
 *
 * @param nLeftRect in pixels of the target surface; so are the next three
 * @param bRop index of a ternary raster operation
 */
public record MultiDstBlt(
        int nLeftRect, int nTopRect, int nWidth, int nHeight, int bRop, int nDeltaEntries, Bytes codedDeltaList)
        implements PrimaryOrder {
    static final MultiDstBlt INITIAL = new MultiDstBlt(0, 0, 0, 0, 0, 0, Bytes.EMPTY);

    /** The rectangles of the list, in pixels of the target surface. */
    public List<OrderRectangle> rectangles() {
        return OrderRectangle.decodeAll(codedDeltaList, nDeltaEntries);
    }

    @Override
    public int orderType() {
        return TS_ENC_MULTIDSTBLT_ORDER;
    }

    @Override
    public MultiDstBlt visit(OrderFields fields) {
        return new MultiDstBlt(
                fields.coord("nLeftRect", nLeftRect),
                fields.coord("nTopRect", nTopRect),
                fields.coord("nWidth", nWidth),
                fields.coord("nHeight", nHeight),
                fields.u8("bRop", bRop),
                fields.u8("nDeltaEntries", nDeltaEntries),
                fields.deltaRectangles("codedDeltaList", codedDeltaList));
    }
}
