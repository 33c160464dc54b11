package porthole.protocol.rdstls;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * MS-RDPBCGR 2.2.17.1 RDSTLS Capabilities PDU, with which the host begins.
 *
 * @param version {@link #VERSION_1} or {@link #VERSION_2}
 * @param supportedVersions a mask of the versions; the specification knows version 1 alone, hosts in the cloud say 1 and
 *     2
 */
public record RdstlsCapabilitiesPdu(int version, int supportedVersions, Bytes trailing) implements Pdu {
    public static final int VERSION_1 = 1;
    /** Takes federated tokens, too. */
    public static final int VERSION_2 = 2;

    private static final int DATA_CAPABILITIES = 1;

    /** What a host says that supports the given versions. */
    public static RdstlsCapabilitiesPdu of(int supportedVersions) {
        return new RdstlsCapabilitiesPdu(VERSION_1, supportedVersions, Bytes.EMPTY);
    }

    public static RdstlsCapabilitiesPdu decode(WireReader in) {
        Head head = Head.decode(in, Head.CAPABILITIES, DATA_CAPABILITIES);
        return new RdstlsCapabilitiesPdu(head.version(), in.u16le("supportedVersions"), in.rest("trailing"));
    }

    /** Whether the host takes requests of this version. */
    public boolean supports(int wanted) {
        return (supportedVersions & wanted) == wanted;
    }

    @Override
    public void encode(WireWriter out) {
        Head.encode(out, version, Head.CAPABILITIES, DATA_CAPABILITIES)
                .u16le(supportedVersions)
                .bytes(trailing);
    }
}
