package porthole.protocol.spnego;

import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;

/** NegotiationToken (RFC 4178 4.2). */
public sealed interface SpnegoToken extends Pdu permits NegTokenInit, NegTokenResp {
    /** The tag of the GSS-API frame around a NegTokenInit (RFC 2743 3.1). */
    int GSS_API = 0x60;

    /** Reads one token, which is all that {@code in} has. */
    static SpnegoToken decode(WireReader in) {
        return in.peekU8("tag") == GSS_API ? NegTokenInit.decode(in) : NegTokenResp.decode(in);
    }
}
