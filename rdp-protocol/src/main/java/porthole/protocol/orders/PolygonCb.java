package porthole.protocol.orders;

import java.util.List;
import porthole.protocol.wire.Bytes;

/**
 * PolygonCb: a polygon that is filled with a brush. MS-RDPEGDI 2.2.2.2.1.1.2.17.
 *
 * @param bRop2 the operation in the low five bits; 0x80 says that the background is transparent
 * @param fillMode 1 is alternate, 2 winding
 */
public record PolygonCb(
        int xStart,
        int yStart,
        int bRop2,
        int fillMode,
        TsColor backColor,
        TsColor foreColor,
        OrderBrush brush,
        int numDeltaEntries,
        Bytes codedDeltaList)
        implements PrimaryOrder {
    static final PolygonCb INITIAL =
            new PolygonCb(0, 0, 0, 0, TsColor.ZERO, TsColor.ZERO, OrderBrush.ZERO, 0, Bytes.EMPTY);

    /** The points of the list in pixels, each as a distance from the one before; the first from the start. */
    public List<OrderPoint> deltas() {
        return OrderPoint.decodeAll(codedDeltaList, numDeltaEntries);
    }

    @Override
    public int orderType() {
        return TS_ENC_POLYGON_CB_ORDER;
    }

    @Override
    public PolygonCb visit(OrderFields fields) {
        return new PolygonCb(
                fields.coord("xStart", xStart),
                fields.coord("yStart", yStart),
                fields.u8("bRop2", bRop2),
                fields.u8("fillMode", fillMode),
                fields.color("backColor", backColor),
                fields.color("foreColor", foreColor),
                fields.brush(brush),
                fields.u8("numDeltaEntries", numDeltaEntries),
                fields.deltaPoints("codedDeltaList", codedDeltaList));
    }
}
