package porthole.protocol.graphics;

import java.util.OptionalInt;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * The data of a pointer update on the fast path. MS-RDPBCGR 2.2.9.1.2.1.5 to 2.2.9.1.2.1.11.
 *
 * @param trailing optional padding and whatever follows it
 */
public record FastPathPointer(PointerUpdate update, Bytes trailing) implements Pdu {
    /** The update codes of pointers, as {@code FASTPATH_UPDATETYPE_*}. */
    private static final int PTR_NULL = 0x5;

    private static final int PTR_DEFAULT = 0x6;
    private static final int PTR_POSITION = 0x8;
    private static final int COLOR = 0x9;
    private static final int CACHED = 0xA;
    private static final int POINTER = 0xB;
    private static final int LARGE_POINTER = 0xC;

    /** Whether an update with this code is a pointer update. */
    public static boolean handles(int updateCode) {
        return updateCode == PTR_NULL
                || updateCode == PTR_DEFAULT
                || PTR_POSITION <= updateCode && updateCode <= LARGE_POINTER;
    }

    /** @param updateCode one that {@link #handles} says yes to; for others the data is kept as it is */
    public static FastPathPointer decode(int updateCode, WireReader in) {
        PointerUpdate update = switch (updateCode) {
            case PTR_NULL -> new PointerUpdate.SystemNull();
            case PTR_DEFAULT -> new PointerUpdate.SystemDefault();
            case PTR_POSITION -> in.within("position", PointerUpdate.Position.SECTION, PointerUpdate.Position::decode);
            case COLOR -> in.within("color", PointerUpdate.Color.SECTION, PointerUpdate.Color::decode);
            case CACHED -> in.within("cached", PointerUpdate.Cached.SECTION, PointerUpdate.Cached::decode);
            case POINTER -> in.within("pointer", PointerUpdate.New.SECTION, PointerUpdate.New::decode);
            case LARGE_POINTER -> in.within("largePointer", PointerUpdate.Large.SECTION, PointerUpdate.Large::decode);
            default -> new PointerUpdate.Unknown(in.rest("updateData"));
        };
        return new FastPathPointer(update, in.rest("trailing"));
    }

    /** The update code that goes with the kind of pointer; empty for one that nobody has named yet. */
    public OptionalInt updateCode() {
        if (update instanceof PointerUpdate.SystemNull) {
            return OptionalInt.of(PTR_NULL);
        } else if (update instanceof PointerUpdate.SystemDefault) {
            return OptionalInt.of(PTR_DEFAULT);
        } else if (update instanceof PointerUpdate.Position) {
            return OptionalInt.of(PTR_POSITION);
        } else if (update instanceof PointerUpdate.Color) {
            return OptionalInt.of(COLOR);
        } else if (update instanceof PointerUpdate.Cached) {
            return OptionalInt.of(CACHED);
        } else if (update instanceof PointerUpdate.New) {
            return OptionalInt.of(POINTER);
        } else if (update instanceof PointerUpdate.Large) {
            return OptionalInt.of(LARGE_POINTER);
        }
        return OptionalInt.empty();
    }

    @Override
    public void encode(WireWriter out) {
        out.pdu(update).bytes(trailing);
    }
}
