package porthole.protocol.wire;

import io.netty.buffer.ByteBuf;
import porthole.protocol.failure.WireException;

/** The length of an RDSTLS PDU, which has no length field of its own (MS-RDPBCGR 2.2.17). */
final class RdstlsFraming {
    private static final int HEAD = 2 /* version */ + 2 /* pduType */ + 2 /* dataType */;

    private RdstlsFraming() {}

    static int frameLength(ByteBuf in) {
        int at = in.readerIndex();
        int readable = in.readableBytes();
        if (readable < 4) {
            return Framing.MORE;
        }
        int version = in.getUnsignedShortLE(at);
        int pduType = in.getUnsignedShortLE(at + 2);
        if (version < 1 || version > 3) {
            throw error("version", 0, LooksLike.of(in), "an RDSTLS PDU of version 1 to 3", "2.2.17");
        }
        switch (pduType) {
            case 1:
                return HEAD + 2 /* supportedVersions */;
            case 2:
                return readable < HEAD ? Framing.MORE : request(in, at, in.getUnsignedShortLE(at + 4));
            case 4:
                return HEAD + 4 /* resultCode */;
            default:
                throw error("pduType", 2, pduType + ", from " + LooksLike.of(in), "1, 2 or 4", "2.2.17");
        }
    }

    private static int request(ByteBuf in, int at, int dataType) {
        return switch (dataType) {
            case 1 -> blocks(in, at, HEAD, 4); // redirection GUID, user name, domain, password
            case 2 -> blocks(in, at, HEAD + 4 /* sessionId */, 1); // auto-reconnect cookie
            case 3 -> blocks(in, at, HEAD, 1); // federated authentication token
            default -> throw error("dataType", 4, Integer.toString(dataType), "1, 2 or 3", "2.2.17.2");
        };
    }

    /** The end of {@code count} blocks, each behind its length of 16 bits. */
    private static int blocks(ByteBuf in, int at, int start, int count) {
        int end = start;
        for (int i = 0; i < count; i++) {
            if (in.readableBytes() < end + 2) {
                return Framing.MORE;
            }
            end += 2 + in.getUnsignedShortLE(at + end);
        }
        return end;
    }

    private static WireException error(String field, int offset, String seen, String rule, String section) {
        return new WireException("RdstlsPdu", field, offset, seen, rule, "MS-RDPBCGR " + section);
    }
}
