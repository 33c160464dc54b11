package porthole.protocol.orders;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireWriter;

/** Writes the fields whose bits are set. */
final class OrderFieldWriter extends OrderFields {
    private final WireWriter out;
    private final int fieldFlags;
    private final boolean deltaCoordinates;
    private final OrderFieldList last;
    private int index;

    /** @param last the fields of the last order of the type */
    OrderFieldWriter(WireWriter out, int fieldFlags, boolean deltaCoordinates, OrderFieldList last) {
        this.out = out;
        this.fieldFlags = fieldFlags;
        this.deltaCoordinates = deltaCoordinates;
        this.last = last;
    }

    private boolean present() {
        return (fieldFlags & 1 << index++) != 0;
    }

    @Override
    int coord(String name, int value) {
        if (present()) {
            if (deltaCoordinates) {
                out.u8(value - last.coordAt(index - 1));
            } else {
                out.u16le(value);
            }
        }
        return value;
    }

    @Override
    int u8(String name, int value) {
        if (present()) {
            out.u8(value);
        }
        return value;
    }

    @Override
    int s8(String name, int value) {
        return u8(name, value);
    }

    @Override
    int u16(String name, int value) {
        if (present()) {
            out.u16le(value);
        }
        return value;
    }

    @Override
    int s16(String name, int value) {
        return u16(name, value);
    }

    @Override
    long u32(String name, long value) {
        if (present()) {
            out.u32le(value);
        }
        return value;
    }

    @Override
    TsColor color(String name, TsColor value) {
        if (present()) {
            out.u16le(value.wire()).u8(value.blue());
        }
        return value;
    }

    @Override
    Bytes fixed(String name, Bytes value) {
        if (present()) {
            out.bytes(value);
        }
        return value;
    }

    @Override
    Bytes variable(String name, Bytes value) {
        if (present()) {
            out.u8(value.size()).bytes(value);
        }
        return value;
    }

    @Override
    Bytes glyph(String name, Bytes value) {
        return variable(name, value);
    }

    @Override
    Bytes deltaPoints(String name, Bytes value) {
        return variable(name, value);
    }

    @Override
    Bytes deltaRectangles(String name, Bytes value) {
        if (present()) {
            out.u16le(value.size()).bytes(value);
        }
        return value;
    }
}
