package porthole.protocol.rdstls;

import java.util.Locale;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * MS-RDPBCGR 2.2.17.4 RDSTLS Authentication Response PDU.
 *
 * @param resultCode a Windows error code as an unsigned number; 0 is success
 */
public record RdstlsAuthenticationResponse(int version, long resultCode, Bytes trailing) implements Pdu {
    private static final int DATA_RESULT_CODE = 1;

    public static RdstlsAuthenticationResponse of(RdstlsResult result) {
        return new RdstlsAuthenticationResponse(RdstlsCapabilitiesPdu.VERSION_1, result.code(), Bytes.EMPTY);
    }

    public static RdstlsAuthenticationResponse decode(WireReader in) {
        Head head = Head.decode(in, Head.AUTHENTICATION_RESPONSE, DATA_RESULT_CODE);
        return new RdstlsAuthenticationResponse(head.version(), in.u32le("resultCode"), in.rest("trailing"));
    }

    /** What the code means. */
    public RdstlsResult result() {
        return new RdstlsResult(resultCode);
    }

    @Override
    public void encode(WireWriter out) {
        Head.encode(out, version, Head.AUTHENTICATION_RESPONSE, DATA_RESULT_CODE)
                .u32le(resultCode)
                .bytes(trailing);
    }

    @Override
    public String toString() {
        return "RdstlsAuthenticationResponse[version=" + version + ", resultCode="
                + String.format(Locale.ROOT, "0x%08X", resultCode) + " " + result().name() + ", trailing="
                + trailing.size() + "]";
    }
}
