package porthole.protocol.orders;

import java.util.Optional;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * PRIMARY_DRAWING_ORDER: a primary order and how its octets say what changed since the one before. MS-RDPEGDI 2.2.2.2.1.1.2.
 *
 * @param controlFlags TS_STANDARD and the flags of this class
 * @param fieldFlags which fields are sent, the first one as bit 0
 * @param boundsFlags TS_BOUND_*: which sides of the bounds are sent, and how
 * @param bounds to which the order is clipped; absent where it is not
 * @param order with all its fields
 */
public record PrimaryDrawingOrder(
        int controlFlags, int fieldFlags, int boundsFlags, Optional<OrderBounds> bounds, PrimaryOrder order)
        implements DrawingOrder {
    public static final int TS_BOUNDS = 0x04;
    public static final int TS_TYPE_CHANGE = 0x08;
    public static final int TS_DELTA_COORDINATES = 0x10;
    public static final int TS_ZERO_BOUNDS_DELTAS = 0x20;
    public static final int TS_ZERO_FIELD_BYTE_BIT0 = 0x40;
    public static final int TS_ZERO_FIELD_BYTE_BIT1 = 0x80;

    static final String SECTION = "MS-RDPEGDI 2.2.2.2.1.1.2";

    private static final int ALL_BOUNDS = 0x0F;

    /** An order that is sent with all its fields, so that it says the same whatever came before. */
    public static PrimaryDrawingOrder of(PrimaryOrder order) {
        return whole(order, Optional.empty());
    }

    /** The same, clipped to {@code bounds}. */
    public static PrimaryDrawingOrder of(PrimaryOrder order, OrderBounds bounds) {
        return whole(order, Optional.of(bounds));
    }

    private static PrimaryDrawingOrder whole(PrimaryOrder order, Optional<OrderBounds> bounds) {
        int fields = (1 << OrderFieldList.of(order).size()) - 1;
        int boundsFlags = bounds.isPresent() ? ALL_BOUNDS : 0;
        int controlFlags = TS_STANDARD | TS_TYPE_CHANGE | (bounds.isPresent() ? TS_BOUNDS : 0);
        return new PrimaryDrawingOrder(controlFlags, fields, boundsFlags, bounds, order);
    }

    /** The order with no more than what {@code history}, as it is now, does not have. */
    public static PrimaryDrawingOrder shortest(
            PrimaryOrder order, Optional<OrderBounds> bounds, PrimaryOrderHistory history) {
        OrderFieldList fields = OrderFieldList.of(order);
        OrderFieldList last = OrderFieldList.of(history.last(order.orderType()).orElseThrow());
        int fieldFlags = fields.differences(last);
        int controlFlags = TS_STANDARD;
        controlFlags |= order.orderType() == history.orderType() ? 0 : TS_TYPE_CHANGE;
        controlFlags |= fields.fitsDeltas(last, fieldFlags) ? TS_DELTA_COORDINATES : 0;
        controlFlags |= Math.min(3, zeroOctets(fieldFlags, octets(fields))) << 6;
        int boundsFlags = 0;
        if (bounds.isPresent()) {
            boundsFlags = PrimaryBounds.shortest(bounds.get(), history.bounds());
            controlFlags |= TS_BOUNDS | (boundsFlags == 0 ? TS_ZERO_BOUNDS_DELTAS : 0);
        }
        return new PrimaryDrawingOrder(controlFlags, fieldFlags, boundsFlags, bounds, order);
    }

    static PrimaryDrawingOrder decode(WireReader in, PrimaryOrderHistory history) {
        int controlFlags = in.u8("controlFlags");
        int orderType = (controlFlags & TS_TYPE_CHANGE) != 0 ? in.u8("orderType") : history.orderType();
        PrimaryOrder last = history.last(orderType)
                .orElseThrow(() -> in.error(
                        "orderType",
                        "0x" + Integer.toHexString(orderType),
                        "a primary order of MS-RDPEGDI, as others have no length"));
        int octets = octets(OrderFieldList.of(last)) - (controlFlags >> 6);
        int fieldFlags = 0;
        for (int i = 0; i < octets; i++) {
            fieldFlags |= in.u8("fieldFlags") << 8 * i;
        }
        int flags = fieldFlags;
        int boundsFlags = 0;
        Optional<OrderBounds> bounds = Optional.empty();
        if ((controlFlags & TS_BOUNDS) != 0) {
            bounds = Optional.of(history.bounds());
            if ((controlFlags & TS_ZERO_BOUNDS_DELTAS) == 0) {
                boundsFlags = in.u8("boundsFlags");
                bounds = Optional.of(PrimaryBounds.decode(in, boundsFlags, history.bounds()));
            }
        }
        PrimaryOrder order = in.within(
                last.getClass().getSimpleName(),
                SECTION,
                fields -> last.visit(new OrderFieldReader(fields, flags, (controlFlags & TS_DELTA_COORDINATES) != 0)));
        PrimaryDrawingOrder whole = new PrimaryDrawingOrder(controlFlags, fieldFlags, boundsFlags, bounds, order);
        history.remember(whole);
        return whole;
    }

    @Override
    public void encode(WireWriter out, PrimaryOrderHistory history) {
        OrderFieldList last = OrderFieldList.of(history.last(order.orderType()).orElseThrow());
        out.u8(controlFlags);
        if ((controlFlags & TS_TYPE_CHANGE) != 0) {
            out.u8(order.orderType());
        }
        int octets = octets(last) - (controlFlags >> 6);
        for (int i = 0; i < octets; i++) {
            out.u8(fieldFlags >> 8 * i);
        }
        if ((controlFlags & (TS_BOUNDS | TS_ZERO_BOUNDS_DELTAS)) == TS_BOUNDS) {
            out.u8(boundsFlags);
            PrimaryBounds.encode(out, boundsFlags, bounds.orElseThrow(), history.bounds());
        }
        order.visit(new OrderFieldWriter(out, fieldFlags, (controlFlags & TS_DELTA_COORDINATES) != 0, last));
        history.remember(this);
    }

    /** Octets of the field flags: one bit for each field, and one that nobody uses. */
    private static int octets(OrderFieldList fields) {
        return (fields.size() + 8) / 8;
    }

    private static int zeroOctets(int fieldFlags, int octets) {
        int used = 0;
        for (int rest = fieldFlags; rest != 0; rest >>>= 8) {
            used++;
        }
        return octets - used;
    }
}
