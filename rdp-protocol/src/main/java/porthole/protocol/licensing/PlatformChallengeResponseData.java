package porthole.protocol.licensing;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * MS-RDPELE 2.2.2.5.1 Platform Challenge Response Data (PLATFORM_CHALLENGE_RESPONSE_DATA): what is in the encrypted blob.
 *
 * @param challenge the octets that the server sent, decrypted
 */
public record PlatformChallengeResponseData(
        int version, int clientType, int licenseDetailLevel, Bytes challenge, Bytes trailing) implements Pdu {
    public static final int VERSION = 0x0100;
    public static final int WIN32_PLATFORM_CHALLENGE_TYPE = 0x0100;
    public static final int OTHER_PLATFORM_CHALLENGE_TYPE = 0xFF00;
    public static final int LICENSE_DETAIL_DETAIL = 0x0003;

    /** The answer of a client that is not Windows. */
    public static PlatformChallengeResponseData of(Bytes challenge) {
        return new PlatformChallengeResponseData(
                VERSION, OTHER_PLATFORM_CHALLENGE_TYPE, LICENSE_DETAIL_DETAIL, challenge, Bytes.EMPTY);
    }

    public static PlatformChallengeResponseData decode(WireReader in) {
        return new PlatformChallengeResponseData(
                in.u16le("wVersion"),
                in.u16le("wClientType"),
                in.u16le("wLicenseDetailLevel"),
                in.bytes(in.u16le("cbChallenge"), "pbChallenge"),
                in.rest("trailing"));
    }

    @Override
    public void encode(WireWriter out) {
        out.u16le(version).u16le(clientType).u16le(licenseDetailLevel);
        out.u16le(challenge.size()).bytes(challenge).bytes(trailing);
    }
}
