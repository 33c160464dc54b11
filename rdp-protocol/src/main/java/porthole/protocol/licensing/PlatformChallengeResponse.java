package porthole.protocol.licensing;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * MS-RDPELE 2.2.2.5 Client Platform Challenge Response (CLIENT_PLATFORM_CHALLENGE_RESPONSE).
 */
public record PlatformChallengeResponse(
        int flags,
        LicenseBinaryBlob encryptedPlatformChallengeResponse,
        LicenseBinaryBlob encryptedHwid,
        Bytes macData,
        Bytes trailing)
        implements LicensingPdu {
    public PlatformChallengeResponse {
        if (macData.size() != 16) {
            throw new IllegalArgumentException("macData takes 16 octets, not " + macData.size());
        }
    }

    static PlatformChallengeResponse decode(int flags, WireReader in) {
        return new PlatformChallengeResponse(
                flags,
                LicenseBinaryBlob.read(in, "encryptedPlatformChallengeResponse"),
                LicenseBinaryBlob.read(in, "encryptedHwid"),
                in.bytes(16, "macData"),
                in.rest("trailing"));
    }

    @Override
    public int msgType() {
        return PLATFORM_CHALLENGE_RESPONSE;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.pdu(encryptedPlatformChallengeResponse);
        out.pdu(encryptedHwid);
        out.bytes(macData);
        out.bytes(trailing);
    }
}
