package porthole.protocol.orders;

import java.util.List;
import porthole.protocol.wire.Bytes;

/**
 * PolygonSc: a polygon that is filled with one colour. MS-RDPEGDI 2.2.2.2.1.1.2.16.
 *
 * @param fillMode 1 is alternate, 2 winding
 */
public record PolygonSc(
        int xStart, int yStart, int bRop2, int fillMode, TsColor brushColor, int numDeltaEntries, Bytes codedDeltaList)
        implements PrimaryOrder {
    static final PolygonSc INITIAL = new PolygonSc(0, 0, 0, 0, TsColor.ZERO, 0, Bytes.EMPTY);

    /** The points of the list in pixels, each as a distance from the one before; the first from the start. */
    public List<OrderPoint> deltas() {
        return OrderPoint.decodeAll(codedDeltaList, numDeltaEntries);
    }

    @Override
    public int orderType() {
        return TS_ENC_POLYGON_SC_ORDER;
    }

    @Override
    public PolygonSc visit(OrderFields fields) {
        return new PolygonSc(
                fields.coord("xStart", xStart),
                fields.coord("yStart", yStart),
                fields.u8("bRop2", bRop2),
                fields.u8("fillMode", fillMode),
                fields.color("brushColor", brushColor),
                fields.u8("numDeltaEntries", numDeltaEntries),
                fields.deltaPoints("codedDeltaList", codedDeltaList));
    }
}
