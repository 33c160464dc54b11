package porthole.protocol.ntlm;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** VERSION (MS-NLMP 2.2.2.10): only for those who read logs; nothing depends on it. */
public record NtlmVersion(
        int productMajorVersion, int productMinorVersion, int productBuild, Bytes reserved, int ntlmRevisionCurrent)
        implements Pdu {
    /** Octets that the structure takes. */
    public static final int SIZE = 8;

    /** The revision that all who speak NTLMv2 name, with the product version of a present Windows. */
    public static final NtlmVersion CLIENT = new NtlmVersion(10, 0, 22631, Bytes.of(new byte[3]), 15);

    public static NtlmVersion decode(WireReader in) {
        return new NtlmVersion(
                in.u8("productMajorVersion"),
                in.u8("productMinorVersion"),
                in.u16le("productBuild"),
                in.bytes(3, "reserved"),
                in.u8("ntlmRevisionCurrent"));
    }

    @Override
    public void encode(WireWriter out) {
        out.u8(productMajorVersion)
                .u8(productMinorVersion)
                .u16le(productBuild)
                .bytes(reserved)
                .u8(ntlmRevisionCurrent);
    }
}
