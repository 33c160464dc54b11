package porthole.protocol.credssp;

import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * Early User Authorization Result PDU (MS-RDPBCGR 2.2.10.2): whether the user may log on at all, said right after CredSSP
 * where PROTOCOL_HYBRID_EX was selected.
 *
 * @param authorizationResult unsigned
 */
public record EarlyUserAuthorizationResult(long authorizationResult) implements Pdu {
    public static final long AUTHZ_SUCCESS = 0;
    public static final long AUTHZ_ACCESS_DENIED = 5;

    /** Octets of the PDU. */
    public static final int SIZE = 4;

    public static EarlyUserAuthorizationResult decode(WireReader frame) {
        WireReader in = frame.renamed("EarlyUserAuthorizationResult", "MS-RDPBCGR 2.2.10.2");
        EarlyUserAuthorizationResult pdu = new EarlyUserAuthorizationResult(in.u32le("authorizationResult"));
        in.end();
        return pdu;
    }

    @Override
    public void encode(WireWriter out) {
        out.u32le(authorizationResult);
    }

    /** The specification's name of the number. */
    public String name() {
        return authorizationResult == AUTHZ_SUCCESS
                ? "AUTHZ_SUCCESS"
                : authorizationResult == AUTHZ_ACCESS_DENIED ? "AUTHZ_ACCESS_DENIED" : "unknown";
    }
}
