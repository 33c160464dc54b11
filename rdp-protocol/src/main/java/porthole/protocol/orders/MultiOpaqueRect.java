package porthole.protocol.orders;

import java.util.List;
import porthole.protocol.wire.Bytes;

/**
 * MultiOpaqueRect: several rectangles in one colour. MS-RDPEGDI 2.2.2.2.1.1.2.6.
 *
 * @param nLeftRect in pixels of the target surface; so are the next three
 */
public record MultiOpaqueRect(
        int nLeftRect,
        int nTopRect,
        int nWidth,
        int nHeight,
        int redOrPaletteIndex,
        int green,
        int blue,
        int nDeltaEntries,
        Bytes codedDeltaList)
        implements PrimaryOrder {
    static final MultiOpaqueRect INITIAL = new MultiOpaqueRect(0, 0, 0, 0, 0, 0, 0, 0, Bytes.EMPTY);

    /** The three octets of the colour together. */
    public TsColor color() {
        return new TsColor(redOrPaletteIndex, green, blue);
    }

    /** The rectangles of the list, in pixels of the target surface. */
    public List<OrderRectangle> rectangles() {
        return OrderRectangle.decodeAll(codedDeltaList, nDeltaEntries);
    }

    @Override
    public int orderType() {
        return TS_ENC_MULTIOPAQUERECT_ORDER;
    }

    @Override
    public MultiOpaqueRect visit(OrderFields fields) {
        return new MultiOpaqueRect(
                fields.coord("nLeftRect", nLeftRect),
                fields.coord("nTopRect", nTopRect),
                fields.coord("nWidth", nWidth),
                fields.coord("nHeight", nHeight),
                fields.u8("redOrPaletteIndex", redOrPaletteIndex),
                fields.u8("green", green),
                fields.u8("blue", blue),
                fields.u8("nDeltaEntries", nDeltaEntries),
                fields.deltaRectangles("codedDeltaList", codedDeltaList));
    }
}
