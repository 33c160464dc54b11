package porthole.protocol.orders;

import porthole.protocol.wire.Bytes;

/** Goes over the fields of a primary order in their order on the wire; each call is one bit of fieldFlags. */
public abstract sealed class OrderFields permits OrderFieldReader, OrderFieldWriter, OrderFieldList {
    /** A Coord field: 16 bits with a sign, or a difference of 8 bits. */
    abstract int coord(String name, int value);

    abstract int u8(String name, int value);

    abstract int s8(String name, int value);

    abstract int u16(String name, int value);

    abstract int s16(String name, int value);

    abstract long u32(String name, long value);

    abstract TsColor color(String name, TsColor value);

    /** Octets of a length that never changes. */
    abstract Bytes fixed(String name, Bytes value);

    /** Up to 255 octets behind their number. */
    abstract Bytes variable(String name, Bytes value);

    /** The octets of a FastGlyph: an index of the cache, or a glyph. */
    abstract Bytes glyph(String name, Bytes value);

    /** Points, as many as the field before says; up to 255 octets. */
    abstract Bytes deltaPoints(String name, Bytes value);

    /** Rectangles, as many as the field before says; up to 65535 octets. */
    abstract Bytes deltaRectangles(String name, Bytes value);

    final OrderBrush brush(OrderBrush value) {
        return new OrderBrush(
                s8("brushOrgX", value.brushOrgX()),
                s8("brushOrgY", value.brushOrgY()),
                u8("brushStyle", value.brushStyle()),
                u8("brushHatch", value.brushHatch()),
                fixed("brushExtra", value.brushExtra()));
    }
}
