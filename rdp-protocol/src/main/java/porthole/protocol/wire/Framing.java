package porthole.protocol.wire;

import io.netty.buffer.ByteBuf;
import porthole.protocol.failure.WireException;

/** Finds the length of the next inbound message without consuming it; pure, without state of its own. */
@FunctionalInterface
public interface Framing {
    /** The answer while more octets are needed to know. */
    int MORE = -1;

    /**
     * The total length of the message at the reader index, its headers included, 1 or more, or {@link #MORE}.
     *
     * <p>The buffer may hold fewer octets than the length. Throws {@link WireException} when no further octets could
     * help.
     */
    int frameLength(ByteBuf in);

    /** TPKT (T.123 section 8): version 3, a reserved octet, and a 16-bit big-endian total length of 7 or more. */
    static int tpkt(ByteBuf in) {
        if (!in.isReadable()) {
            return MORE;
        }
        int at = in.readerIndex();
        if (in.getByte(at) != 3) {
            throw new WireException("Tpkt", "version", 0, LooksLike.of(in), "a TPKT header of version 3", "T.123 8");
        }
        if (in.readableBytes() < 4) {
            return MORE;
        }
        int length = in.getUnsignedShort(at + 2);
        if (length < 7) {
            throw new WireException("Tpkt", "length", 2, length + " octets", "7 to 65535 octets", "T.123 8");
        }
        return length;
    }

    /** TPKT, or a fast-path PDU: action bits zero and a length of one or two octets (MS-RDPBCGR 2.2.8.1.2). */
    static int tpktOrFastPath(ByteBuf in) {
        if (!in.isReadable()) {
            return MORE;
        }
        int at = in.readerIndex();
        if ((in.getByte(at) & 3) != 0) {
            return tpkt(in);
        }
        if (in.readableBytes() < 2) {
            return MORE;
        }
        int first = in.getUnsignedByte(at + 1);
        int header = first < 0x80 ? 2 : 3;
        if (in.readableBytes() < header) {
            return MORE;
        }
        int length = first < 0x80 ? first : in.getUnsignedShort(at + 1) & 0x7FFF;
        if (length < header) {
            String rule = "at least the " + header + " octets of the header; the frame starts with " + LooksLike.of(in);
            throw new WireException("FastPath", "length", 1, length + " octets", rule, "MS-RDPBCGR 2.2.9.1.2");
        }
        return length;
    }

    /** JSON text up to and including one zero octet (MS-RDPBCGR 2.2.18), at most {@code maxBytes} in all. */
    static Framing nulTerminatedJson(int maxBytes) {
        return in -> {
            int text = in.bytesBefore(Math.min(in.readableBytes(), maxBytes), (byte) 0);
            if (text >= 0) {
                return text + 1;
            }
            if (in.readableBytes() >= maxBytes) {
                String seen = "no zero octet in " + maxBytes + " octets, which start with " + LooksLike.of(in);
                String rule = "JSON text that ends with a zero octet, at most " + maxBytes + " octets";
                throw new WireException("RdsAadPdu", "", 0, seen, rule, "MS-RDPBCGR 2.2.18");
            }
            return MORE;
        };
    }

    /** One DER sequence (X.690) with a definite length of up to three length octets, at most {@code maxBytes} in all. */
    static Framing der(int maxBytes) {
        return in -> {
            if (!in.isReadable()) {
                return MORE;
            }
            int at = in.readerIndex();
            if (in.getByte(at) != 0x30) {
                throw new WireException(
                        "TsRequest", "tag", 0, LooksLike.of(in), "a DER sequence (0x30)", "MS-CSSP 2.2.1");
            }
            if (in.readableBytes() < 2) {
                return MORE;
            }
            int first = in.getUnsignedByte(at + 1);
            int octets = first < 0x80 ? 0 : first & 0x7F;
            if (first == 0x80 || octets > 3) {
                String seen = String.format("first length octet 0x%02X", first);
                throw new WireException(
                        "TsRequest", "length", 1, seen, "a definite length below 16 MiB", "X.690 8.1.3");
            }
            if (in.readableBytes() < 2 + octets) {
                return MORE;
            }
            int length = octets == 0 ? first : 0;
            for (int i = 0; i < octets; i++) {
                length = length << 8 | in.getUnsignedByte(at + 2 + i);
            }
            int total = 2 + octets + length;
            if (total > maxBytes) {
                String rule = "at most " + maxBytes + " octets";
                throw new WireException("TsRequest", "length", 1, total + " octets", rule, "MS-CSSP 2.2.1");
            }
            return total;
        };
    }

    /** A message of always {@code octets} octets. */
    static Framing fixed(int octets) {
        return in -> octets;
    }

    /** An RDSTLS PDU (MS-RDPBCGR 2.2.17): its type says where its lengths stand. */
    static int rdstls(ByteBuf in) {
        return RdstlsFraming.frameLength(in);
    }
}
