package porthole.protocol.orders;

import java.util.List;
import porthole.protocol.wire.Bytes;

/**
 * MultiPatBlt: several rectangles are painted with a brush and a ternary raster operation. MS-RDPEGDI 2.2.2.2.1.1.2.4.
 *
 * @param nLeftRect in pixels of the target surface; so are the next three
 * @param bRop index of a ternary raster operation
 */
public record MultiPatBlt(
        int nLeftRect,
        int nTopRect,
        int nWidth,
        int nHeight,
        int bRop,
        TsColor backColor,
        TsColor foreColor,
        OrderBrush brush,
        int nDeltaEntries,
        Bytes codedDeltaList)
        implements PrimaryOrder {
    static final MultiPatBlt INITIAL =
            new MultiPatBlt(0, 0, 0, 0, 0, TsColor.ZERO, TsColor.ZERO, OrderBrush.ZERO, 0, Bytes.EMPTY);

    /** The rectangles of the list, in pixels of the target surface. */
    public List<OrderRectangle> rectangles() {
        return OrderRectangle.decodeAll(codedDeltaList, nDeltaEntries);
    }

    @Override
    public int orderType() {
        return TS_ENC_MULTIPATBLT_ORDER;
    }

    @Override
    public MultiPatBlt visit(OrderFields fields) {
        return new MultiPatBlt(
                fields.coord("nLeftRect", nLeftRect),
                fields.coord("nTopRect", nTopRect),
                fields.coord("nWidth", nWidth),
                fields.coord("nHeight", nHeight),
                fields.u8("bRop", bRop),
                fields.color("backColor", backColor),
                fields.color("foreColor", foreColor),
                fields.brush(brush),
                fields.u8("nDeltaEntries", nDeltaEntries),
                fields.deltaRectangles("codedDeltaList", codedDeltaList));
    }
}
