package porthole.protocol.orders;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

/** Reads the fields whose bits are set, and leaves the others as they were in the last order of the type. */
final class OrderFieldReader extends OrderFields {
    private final WireReader in;
    private final boolean deltaCoordinates;
    private int fieldFlags;
    private int last;
    private int counted;

    OrderFieldReader(WireReader in, int fieldFlags, boolean deltaCoordinates) {
        this.in = in;
        this.fieldFlags = fieldFlags;
        this.deltaCoordinates = deltaCoordinates;
    }

    private boolean present() {
        boolean present = (fieldFlags & 1) != 0;
        fieldFlags >>>= 1;
        return present;
    }

    @Override
    int coord(String name, int value) {
        if (!present()) {
            return value;
        }
        if (!deltaCoordinates) {
            return in.s16le(name);
        }
        int next = value + (byte) in.u8(name);
        in.check(next == (short) next, 1, name, next, "-32768 to 32767");
        return next;
    }

    @Override
    int u8(String name, int value) {
        boolean present = present();
        last = present ? in.u8(name) : value;
        counted = present ? last : -1;
        return last;
    }

    @Override
    int s8(String name, int value) {
        return present() ? (byte) in.u8(name) : value;
    }

    @Override
    int u16(String name, int value) {
        return present() ? in.u16le(name) : value;
    }

    @Override
    int s16(String name, int value) {
        return present() ? in.s16le(name) : value;
    }

    @Override
    long u32(String name, long value) {
        return present() ? in.u32le(name) : value;
    }

    @Override
    TsColor color(String name, TsColor value) {
        if (!present()) {
            return value;
        }
        in.require(3, name);
        return TsColor.ofWire(in.u16le(name) | in.u8(name) << 16);
    }

    @Override
    Bytes fixed(String name, Bytes value) {
        return present() ? in.bytes(value.size(), name) : value;
    }

    @Override
    Bytes variable(String name, Bytes value) {
        return present() ? in.bytes(in.u8("cbData"), name) : value;
    }

    @Override
    Bytes glyph(String name, Bytes value) {
        if (!present()) {
            return value;
        }
        int cbData = in.u8("cbData");
        in.check(cbData > 0, 1, "cbData", 0, "at least the octet of an index");
        Bytes octets = in.bytes(cbData, name);
        if (cbData > 1) {
            GlyphData.decodeRev2(
                    WireReader.of(octets, in.offset() - cbData, "FastGlyph." + name, GlyphData.SECTION_REV2));
        }
        return octets;
    }

    @Override
    Bytes deltaPoints(String name, Bytes value) {
        return list(name, value, true);
    }

    @Override
    Bytes deltaRectangles(String name, Bytes value) {
        return list(name, value, false);
    }

    /** The list is taken apart here to see that it has what its count promises; the order keeps the octets. */
    private Bytes list(String name, Bytes value, boolean points) {
        Bytes list = value;
        if (present()) {
            list = in.bytes(points ? in.u8("cbData") : in.u16le("cbData"), name);
        } else if (counted < 0) {
            return value; // neither list nor count were sent, so they still agree
        }
        WireReader inside = WireReader.of(
                list, in.offset() - list.size(), name, points ? OrderPoint.SECTION : OrderRectangle.SECTION);
        if (points) {
            OrderPoint.decodeAll(inside, last);
        } else {
            OrderRectangle.decodeAll(inside, last);
        }
        return list;
    }
}
