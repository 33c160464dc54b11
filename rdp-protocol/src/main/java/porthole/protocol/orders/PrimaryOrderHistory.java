package porthole.protocol.orders;

import java.util.Optional;

/** What a session remembers of its primary orders, on either side of it. MS-RDPEGDI 3.2.1.1. Not thread-safe. */
public final class PrimaryOrderHistory {
    private static final int TYPES = 0x20;
    private static final PrimaryOrder[] INITIAL = initial();

    private final PrimaryOrder[] last = INITIAL.clone();
    private int orderType = PrimaryOrder.TS_ENC_PATBLT_ORDER;
    private OrderBounds bounds = OrderBounds.ZERO;

    private static PrimaryOrder[] initial() {
        PrimaryOrder[] orders = new PrimaryOrder[TYPES];
        for (PrimaryOrder order : new PrimaryOrder[] {
            DstBlt.INITIAL,
            PatBlt.INITIAL,
            ScrBlt.INITIAL,
            DrawNineGrid.INITIAL,
            MultiDrawNineGrid.INITIAL,
            LineTo.INITIAL,
            OpaqueRect.INITIAL,
            SaveBitmap.INITIAL,
            MemBlt.INITIAL,
            Mem3Blt.INITIAL,
            MultiDstBlt.INITIAL,
            MultiPatBlt.INITIAL,
            MultiScrBlt.INITIAL,
            MultiOpaqueRect.INITIAL,
            FastIndex.INITIAL,
            PolygonSc.INITIAL,
            PolygonCb.INITIAL,
            Polyline.INITIAL,
            FastGlyph.INITIAL,
            EllipseSc.INITIAL,
            EllipseCb.INITIAL,
            GlyphIndex.INITIAL
        }) {
            orders[order.orderType()] = order;
        }
        return orders;
    }

    /** The type of the last order. */
    int orderType() {
        return orderType;
    }

    /** The bounds that were sent last. */
    OrderBounds bounds() {
        return bounds;
    }

    /** The last order of a type, or one with all fields zero; absent where nobody has named the type. */
    Optional<PrimaryOrder> last(int type) {
        return type < TYPES ? Optional.ofNullable(last[type]) : Optional.empty();
    }

    void remember(PrimaryDrawingOrder order) {
        orderType = order.order().orderType();
        last[orderType] = order.order();
        bounds = order.bounds().orElse(bounds);
    }

    /** Forgets everything, as both sides do when capabilities are exchanged anew. */
    public void clear() {
        System.arraycopy(INITIAL, 0, last, 0, TYPES);
        orderType = PrimaryOrder.TS_ENC_PATBLT_ORDER;
        bounds = OrderBounds.ZERO;
    }
}
