package porthole.protocol.x224;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * RDP Correlation Info, RDP_NEG_CORRELATION_INFO (MS-RDPBCGR 2.2.1.1.2).
 *
 * @param correlationId 16 octets; the first is neither 0x00 nor 0xF4 and none is 0x0D
 * @param reserved 16 octets, zero
 */
public record CorrelationInfo(int flags, Bytes correlationId, Bytes reserved) implements Pdu {
    static final String SECTION = "MS-RDPBCGR 2.2.1.1.2";
    private static final int TYPE = 0x06;
    private static final int ID_SIZE = 16;
    private static final int SIZE = 1 /* type */ + 1 /* flags */ + 2 /* length */ + ID_SIZE + 16 /* reserved */;

    public CorrelationInfo {
        if (correlationId.size() != ID_SIZE || reserved.size() != 16) {
            throw new IllegalArgumentException("correlationId and reserved have 16 octets each");
        }
    }

    /** An id of 16 octets with everything else zero. */
    public CorrelationInfo(Bytes correlationId) {
        this(0, correlationId, Bytes.of(new byte[16]));
    }

    /** The id with other octets in the place of those that the rules forbid. */
    public static Bytes wellFormed(Bytes id) {
        byte[] octets = id.toArray();
        for (int i = 0; i < octets.length; i++) {
            boolean first = i == 0 && (octets[i] == 0x00 || octets[i] == (byte) 0xF4);
            if (first || octets[i] == 0x0D) {
                octets[i]++; // neither 0x01 nor 0xF5 nor 0x0E is forbidden
            }
        }
        return Bytes.of(octets);
    }

    public static CorrelationInfo decode(WireReader in) {
        in.expect(in.u8("type"), TYPE, 1, "type");
        int flags = in.u8("flags");
        in.expect(in.u16le("length"), SIZE, 2, "length");
        return new CorrelationInfo(flags, in.bytes(ID_SIZE, "correlationId"), in.bytes(16, "reserved"));
    }

    /** Whether the id obeys the rules for its octets. */
    public boolean isWellFormed() {
        int first = correlationId.at(0);
        boolean carriageReturn = false;
        for (int i = 0; i < ID_SIZE; i++) {
            carriageReturn |= correlationId.at(i) == 0x0D;
        }
        return first != 0x00 && first != 0xF4 && !carriageReturn;
    }

    @Override
    public void encode(WireWriter out) {
        out.u8(TYPE).u8(flags).u16le(SIZE).bytes(correlationId).bytes(reserved);
    }
}
