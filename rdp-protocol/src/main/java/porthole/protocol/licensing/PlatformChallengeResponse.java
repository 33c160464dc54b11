package porthole.protocol.licensing;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
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

    /** The answer to {@code challenge}, which is decrypted; the MAC is that of both parts together. */
    public static PlatformChallengeResponse of(int flags, LicenseKeys keys, Bytes challenge, HardwareId hardwareId) {
        Pdu data = PlatformChallengeResponseData.of(challenge);
        return new PlatformChallengeResponse(
                flags,
                keys.sealed(Bytes.of(data.toByteArray())),
                keys.sealed(Bytes.of(hardwareId.toByteArray())),
                keys.mac(Bytes.of(WireWriter.toByteArray(out -> out.pdu(data).pdu(hardwareId)))),
                Bytes.EMPTY);
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
