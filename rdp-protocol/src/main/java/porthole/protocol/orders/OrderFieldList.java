package porthole.protocol.orders;

import java.util.ArrayList;
import java.util.List;
import porthole.protocol.wire.Bytes;

/** Notes the value of each field, and which ones are Coord fields. */
final class OrderFieldList extends OrderFields {
    private final List<Object> values = new ArrayList<>();
    private int coords;

    static OrderFieldList of(PrimaryOrder order) {
        OrderFieldList list = new OrderFieldList();
        order.visit(list);
        return list;
    }

    int size() {
        return values.size();
    }

    Object get(int index) {
        return values.get(index);
    }

    int coordAt(int index) {
        return (Integer) values.get(index);
    }

    /** Bits of fieldFlags for the fields whose values differ from those of {@code other}. */
    int differences(OrderFieldList other) {
        int flags = 0;
        for (int i = 0; i < values.size(); i++) {
            flags |= values.get(i).equals(other.values.get(i)) ? 0 : 1 << i;
        }
        return flags;
    }

    /** Whether each Coord field of {@code fieldFlags} is near enough to its value in {@code last} for one octet. */
    boolean fitsDeltas(OrderFieldList last, int fieldFlags) {
        for (int i = 0; i < values.size(); i++) {
            if ((fieldFlags & coords & 1 << i) != 0) {
                int delta = coordAt(i) - last.coordAt(i);
                if (delta != (byte) delta) {
                    return false;
                }
            }
        }
        return (fieldFlags & coords) != 0;
    }

    private <T> T note(T value) {
        values.add(value);
        return value;
    }

    @Override
    int coord(String name, int value) {
        coords |= 1 << values.size();
        return note(value);
    }

    @Override
    int u8(String name, int value) {
        return note(value);
    }

    @Override
    int s8(String name, int value) {
        return note(value);
    }

    @Override
    int u16(String name, int value) {
        return note(value);
    }

    @Override
    int s16(String name, int value) {
        return note(value);
    }

    @Override
    long u32(String name, long value) {
        return note(value);
    }

    @Override
    TsColor color(String name, TsColor value) {
        return note(value);
    }

    @Override
    Bytes fixed(String name, Bytes value) {
        return note(value);
    }

    @Override
    Bytes variable(String name, Bytes value) {
        return note(value);
    }

    @Override
    Bytes glyph(String name, Bytes value) {
        return note(value);
    }

    @Override
    Bytes deltaPoints(String name, Bytes value) {
        return note(value);
    }

    @Override
    Bytes deltaRectangles(String name, Bytes value) {
        return note(value);
    }
}
