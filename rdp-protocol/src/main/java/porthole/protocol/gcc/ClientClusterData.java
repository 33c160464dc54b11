package porthole.protocol.gcc;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** Client Cluster Data, TS_UD_CS_CLUSTER: what the client knows of server redirection (MS-RDPBCGR 2.2.1.3.5). */
public record ClientClusterData(int flags, int redirectedSessionId, Bytes trailing) implements ClientDataBlock {
    public static final int TYPE = 0xC004;

    public static final int REDIRECTION_SUPPORTED = 0x01;
    public static final int REDIRECTED_SESSIONID_FIELD_VALID = 0x02;
    public static final int SERVER_SESSION_REDIRECTION_VERSION_MASK = 0x3C;
    public static final int REDIRECTED_SMARTCARD = 0x40;

    public ClientClusterData(int flags, int redirectedSessionId) {
        this(flags, redirectedSessionId, Bytes.EMPTY);
    }

    /** The flags' field for version 1 to 6 of the redirection PDU. */
    public static int redirectionVersion(int version) {
        return (version - 1) << 2;
    }

    @Override
    public int type() {
        return TYPE;
    }

    /** Decodes what follows the header. */
    public static ClientClusterData decode(WireReader in) {
        return new ClientClusterData(in.s32le("flags"), in.s32le("redirectedSessionID"), in.rest("trailing"));
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u32le(flags).u32le(redirectedSessionId).bytes(trailing);
    }
}
