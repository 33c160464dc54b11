package porthole.protocol.orders;

import java.util.List;
import porthole.protocol.wire.Bytes;

/**
 * Polyline: lines that follow one another. MS-RDPEGDI 2.2.2.2.1.1.2.18.
 *
 * @param brushCacheEntry without use
 */
public record Polyline(
        int xStart,
        int yStart,
        int bRop2,
        int brushCacheEntry,
        TsColor penColor,
        int numDeltaEntries,
        Bytes codedDeltaList)
        implements PrimaryOrder {
    static final Polyline INITIAL = new Polyline(0, 0, 0, 0, TsColor.ZERO, 0, Bytes.EMPTY);

    /** The points of the list in pixels, each as a distance from the one before; the first from the start. */
    public List<OrderPoint> deltas() {
        return OrderPoint.decodeAll(codedDeltaList, numDeltaEntries);
    }

    @Override
    public int orderType() {
        return TS_ENC_POLYLINE_ORDER;
    }

    @Override
    public Polyline visit(OrderFields fields) {
        return new Polyline(
                fields.coord("xStart", xStart),
                fields.coord("yStart", yStart),
                fields.u8("bRop2", bRop2),
                fields.u16("brushCacheEntry", brushCacheEntry),
                fields.color("penColor", penColor),
                fields.u8("numDeltaEntries", numDeltaEntries),
                fields.deltaPoints("codedDeltaList", codedDeltaList));
    }
}
