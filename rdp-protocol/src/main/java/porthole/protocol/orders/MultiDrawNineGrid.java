package porthole.protocol.orders;

import java.util.List;
import porthole.protocol.wire.Bytes;

/** MultiDrawNineGrid: a NineGrid bitmap is drawn, clipped to several rectangles. MS-RDPEGDI 2.2.2.2.1.1.2.22. */
public record MultiDrawNineGrid(
        int srcLeft, int srcTop, int srcRight, int srcBottom, int bitmapId, int nDeltaEntries, Bytes codedDeltaList)
        implements PrimaryOrder {
    static final MultiDrawNineGrid INITIAL = new MultiDrawNineGrid(0, 0, 0, 0, 0, 0, Bytes.EMPTY);

    /** The rectangles of the list, in pixels of the target surface. */
    public List<OrderRectangle> rectangles() {
        return OrderRectangle.decodeAll(codedDeltaList, nDeltaEntries);
    }

    @Override
    public int orderType() {
        return TS_ENC_MULTI_DRAWNINEGRID_ORDER;
    }

    @Override
    public MultiDrawNineGrid visit(OrderFields fields) {
        return new MultiDrawNineGrid(
                fields.coord("srcLeft", srcLeft),
                fields.coord("srcTop", srcTop),
                fields.coord("srcRight", srcRight),
                fields.coord("srcBottom", srcBottom),
                fields.u16("bitmapId", bitmapId),
                fields.u8("nDeltaEntries", nDeltaEntries),
                fields.deltaRectangles("codedDeltaList", codedDeltaList));
    }
}
