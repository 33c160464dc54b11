package porthole.protocol.fastpath;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * TS_FP_UPDATE: one update, or one fragment of it, as it lies in a fast-path frame. MS-RDPBCGR 2.2.9.1.2.1.
 *
 * @param updateCode 0 to 15
 * @param fragmentation 0 to 3
 * @param compression 0 to 3; {@link #COMPRESSION_USED} says that compression flags follow
 * @param compressionFlags 0 to 255, or {@link #NO_COMPRESSION_FLAGS}
 * @param updateData as sent, which may be compressed
 */
public record FastPathUpdate(int updateCode, int fragmentation, int compression, int compressionFlags, Bytes updateData)
        implements Pdu {
    public static final int ORDERS = 0x0;
    public static final int BITMAP = 0x1;
    public static final int PALETTE = 0x2;
    public static final int SYNCHRONIZE = 0x3;
    public static final int SURFCMDS = 0x4;
    public static final int PTR_NULL = 0x5;
    public static final int PTR_DEFAULT = 0x6;
    public static final int PTR_POSITION = 0x8;
    public static final int COLOR = 0x9;
    public static final int CACHED = 0xA;
    public static final int POINTER = 0xB;
    public static final int LARGE_POINTER = 0xC;

    public static final int SINGLE = 0x0;
    public static final int LAST = 0x1;
    public static final int FIRST = 0x2;
    public static final int NEXT = 0x3;

    public static final int COMPRESSION_USED = 0x2;
    public static final int NO_COMPRESSION_FLAGS = -1;

    static final String SECTION = "MS-RDPBCGR 2.2.9.1.2.1";

    /** An update in one piece that is not compressed. */
    public static FastPathUpdate single(int updateCode, Bytes updateData) {
        return new FastPathUpdate(updateCode, SINGLE, 0, NO_COMPRESSION_FLAGS, updateData);
    }

    public static FastPathUpdate decode(WireReader in) {
        int header = in.u8("updateHeader");
        int flags = flags(header, in);
        return new FastPathUpdate(
                header & 0xF, header >> 4 & 0x3, header >> 6, flags, in.bytes(in.u16le("size"), "updateData"));
    }

    /** Reads the optional flags behind the header octet. */
    static int flags(int header, WireReader in) {
        return (header >> 6 & COMPRESSION_USED) != 0 ? in.u8("compressionFlags") : NO_COMPRESSION_FLAGS;
    }

    /** Octets that the structure takes. */
    int size() {
        return 1 + (compressionFlags == NO_COMPRESSION_FLAGS ? 0 : 1) + 2 + updateData.size();
    }

    @Override
    public void encode(WireWriter out) {
        out.u8(updateCode & 0xF | fragmentation << 4 | compression << 6);
        if (compressionFlags != NO_COMPRESSION_FLAGS) {
            out.u8(compressionFlags);
        }
        out.u16le(updateData.size()).bytes(updateData);
    }

    /** The name of an update code as the specification has it, without its prefix. */
    public static String name(int updateCode) {
        return switch (updateCode) {
            case ORDERS -> "ORDERS";
            case BITMAP -> "BITMAP";
            case PALETTE -> "PALETTE";
            case SYNCHRONIZE -> "SYNCHRONIZE";
            case SURFCMDS -> "SURFCMDS";
            case PTR_NULL -> "PTR_NULL";
            case PTR_DEFAULT -> "PTR_DEFAULT";
            case PTR_POSITION -> "PTR_POSITION";
            case COLOR -> "COLOR";
            case CACHED -> "CACHED";
            case POINTER -> "POINTER";
            case LARGE_POINTER -> "LARGE_POINTER";
            default -> "updateCode " + updateCode;
        };
    }
}
