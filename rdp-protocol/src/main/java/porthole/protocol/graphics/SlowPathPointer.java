package porthole.protocol.graphics;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * TS_POINTER_PDU behind its share data header. MS-RDPBCGR 2.2.9.1.1.4.
 *
 * @param trailing optional padding and whatever follows it
 */
public record SlowPathPointer(int messageType, int pad2Octets, PointerUpdate update, Bytes trailing) implements Pdu {
    public static final int SYSTEM = 0x0001;
    public static final int POSITION = 0x0003;
    public static final int COLOR = 0x0006;
    public static final int CACHED = 0x0007;
    public static final int POINTER = 0x0008;

    public static final String SECTION = "MS-RDPBCGR 2.2.9.1.1.4";

    private static final long SYSPTR_NULL = 0x00000000L;
    private static final long SYSPTR_DEFAULT = 0x00007F00L;

    public static SlowPathPointer of(PointerUpdate update) {
        return new SlowPathPointer(messageType(update), 0, update, Bytes.EMPTY);
    }

    public static SlowPathPointer decode(WireReader in) {
        int messageType = in.u16le("messageType");
        int pad = in.u16le("pad2Octets");
        PointerUpdate update = switch (messageType) {
            case SYSTEM -> system(in);
            case POSITION -> in.within("position", PointerUpdate.Position.SECTION, PointerUpdate.Position::decode);
            case COLOR -> in.within("color", PointerUpdate.Color.SECTION, PointerUpdate.Color::decode);
            case CACHED -> in.within("cached", PointerUpdate.Cached.SECTION, PointerUpdate.Cached::decode);
            case POINTER -> in.within("pointer", PointerUpdate.New.SECTION, PointerUpdate.New::decode);
            default -> new PointerUpdate.Unknown(in.rest("pointerAttributeData"));
        };
        return new SlowPathPointer(messageType, pad, update, in.rest("trailing"));
    }

    private static PointerUpdate system(WireReader in) {
        in.require(4, "systemPointerType");
        long type = in.u32le("systemPointerType");
        if (type == SYSPTR_NULL) {
            return new PointerUpdate.SystemNull();
        }
        in.expect(type, SYSPTR_DEFAULT, 4, "systemPointerType");
        return new PointerUpdate.SystemDefault();
    }

    private static int messageType(PointerUpdate update) {
        if (update instanceof PointerUpdate.SystemNull || update instanceof PointerUpdate.SystemDefault) {
            return SYSTEM;
        } else if (update instanceof PointerUpdate.Position) {
            return POSITION;
        } else if (update instanceof PointerUpdate.Color) {
            return COLOR;
        } else if (update instanceof PointerUpdate.Cached) {
            return CACHED;
        } else if (update instanceof PointerUpdate.New) {
            return POINTER;
        }
        throw new IllegalArgumentException("the slow path has no form for " + update);
    }

    @Override
    public void encode(WireWriter out) {
        out.u16le(messageType).u16le(pad2Octets);
        if (update instanceof PointerUpdate.SystemNull) {
            out.u32le(SYSPTR_NULL);
        } else if (update instanceof PointerUpdate.SystemDefault) {
            out.u32le(SYSPTR_DEFAULT);
        } else {
            out.pdu(update);
        }
        out.bytes(trailing);
    }
}
