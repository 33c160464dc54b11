package porthole.protocol.bulk;

import io.netty.buffer.ByteBuf;
import porthole.protocol.wire.WireReader;

/**
 * Undoes the bulk compression of one connection; share data, fast-path updates and channel chunks share its history.
 *
 * <p>MS-RDPBCGR 3.1.8.2. Histories come into being when the host first uses their type. Not thread-safe.
 */
public final class BulkDecompressor {
    public static final int TYPE_MASK = 0x0F;
    /** RDP 4.0, MPPC with a history of 8 KiB. */
    public static final int TYPE_8K = 0x0;
    /** RDP 5.0, MPPC with a history of 64 KiB. */
    public static final int TYPE_64K = 0x1;
    /** RDP 6.0, NCRUSH. */
    public static final int TYPE_RDP6 = 0x2;
    /** RDP 6.1, XCRUSH. */
    public static final int TYPE_RDP61 = 0x3;

    public static final int COMPRESSED = 0x20;
    public static final int AT_FRONT = 0x40;
    public static final int FLUSHED = 0x80;

    /** The best type we understand: what Client Info may offer in its compression bits. */
    public static final int BEST_TYPE = TYPE_RDP61;

    private final BulkAlgorithm[] algorithms = new BulkAlgorithm[BEST_TYPE + 1];

    /**
     * Undoes one PDU's compression.
     *
     * @param flags type and flag bits as sent
     * @param in all that is left of it is the compressed data
     * @return the plain octets, borrowed until the next call
     */
    public ByteBuf decompress(int flags, WireReader in) {
        if ((flags & (COMPRESSED | AT_FRONT | FLUSHED)) == 0) {
            return in.slice(in.remaining(), "data");
        }
        int type = flags & TYPE_MASK;
        if (type > BEST_TYPE) {
            throw in.error("compressionFlags", "type " + type, "at most type 3 (RDP 6.1, XCRUSH)");
        }
        if (algorithms[type] == null) {
            algorithms[type] = algorithm(type);
        }
        return algorithms[type].decompress(flags, in);
    }

    private static BulkAlgorithm algorithm(int type) {
        return switch (type) {
            case TYPE_8K -> Mppc.rdp4();
            case TYPE_64K -> Mppc.rdp5();
            case TYPE_RDP6 -> new Ncrush();
            default -> new Xcrush();
        };
    }
}
