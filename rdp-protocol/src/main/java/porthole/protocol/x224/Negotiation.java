package porthole.protocol.x224;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** The host's answer to a negotiation request, within the connection confirm (MS-RDPBCGR 2.2.1.2). */
public sealed interface Negotiation extends Pdu permits NegotiationResponse, NegotiationFailure, Negotiation.Unknown {
    /** The size of both known answers. */
    int SIZE = 1 /* type */ + 1 /* flags */ + 2 /* length */ + 4 /* selectedProtocol or failureCode */;

    int flags();

    /** A structure of a type that is not known. */
    record Unknown(int type, int flags, Bytes data) implements Negotiation {
        @Override
        public void encode(WireWriter out) {
            out.u8(type).u8(flags).u16le(4 + data.size()).bytes(data);
        }
    }

    static Negotiation decode(WireReader in) {
        int type = in.u8("type");
        int flags = in.u8("flags");
        int length = in.u16le("length");
        switch (type) {
            case NegotiationResponse.TYPE:
                in.expect(length, SIZE, 2, "length");
                return new NegotiationResponse(flags, new SecurityProtocols(in.s32le("selectedProtocol")));
            case NegotiationFailure.TYPE:
                in.expect(length, SIZE, 2, "length");
                return new NegotiationFailure(flags, in.s32le("failureCode"));
            default:
                in.check(length >= 4, 2, "length", length, "at least 4");
                return new Unknown(type, flags, in.bytes(length - 4, "data"));
        }
    }
}
