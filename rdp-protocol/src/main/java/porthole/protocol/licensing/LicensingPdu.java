package porthole.protocol.licensing;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * One licensing message from its preamble on (MS-RDPBCGR 2.2.1.12.1.1), behind a security header with
 * {@code SEC_LICENSE_PKT}.
 *
 * <p>The length in the preamble is computed when written; octets that it does not count are refused.
 */
public sealed interface LicensingPdu extends Pdu
        permits LicenseErrorMessage,
                LicenseRequest,
                PlatformChallenge,
                NewLicense,
                UpgradeLicense,
                LicenseInfo,
                NewLicenseRequest,
                PlatformChallengeResponse,
                LicensingPdu.Unknown {
    int LICENSE_REQUEST = 0x01;
    int PLATFORM_CHALLENGE = 0x02;
    int NEW_LICENSE = 0x03;
    int UPGRADE_LICENSE = 0x04;
    int LICENSE_INFO = 0x12;
    int NEW_LICENSE_REQUEST = 0x13;
    int PLATFORM_CHALLENGE_RESPONSE = 0x15;
    int ERROR_ALERT = 0xFF;

    /** The lower four bits of the preamble's flags. */
    int LICENSE_PROTOCOL_VERSION_MASK = 0x0F;

    int PREAMBLE_VERSION_2_0 = 0x2;
    int PREAMBLE_VERSION_3_0 = 0x3;
    /** The sender of the error alert takes extended error information. */
    int EXTENDED_ERROR_MSG_SUPPORTED = 0x80;

    /** Octets of the preamble. */
    int PREAMBLE_SIZE = 4;

    /** bMsgType. */
    int msgType();

    /** The preamble's flags: protocol version and {@link #EXTENDED_ERROR_MSG_SUPPORTED}. */
    int flags();

    /** Appends what follows the preamble. */
    void encodeBody(WireWriter out);

    @Override
    default void encode(WireWriter out) {
        int start = out.position();
        out.u8(msgType()).u8(flags()).u16le(0);
        encodeBody(out);
        out.patchU16le(start + 2, out.position() - start);
    }

    /** A message of a type that this version does not know. */
    record Unknown(int msgType, int flags, Bytes data) implements LicensingPdu {
        @Override
        public void encodeBody(WireWriter out) {
            out.bytes(data);
        }
    }

    /** Reads what follows the security header, which must not be encrypted any more. */
    static LicensingPdu decode(WireReader in) {
        int type = in.u8("bMsgType");
        int flags = in.u8("flags");
        int size = in.u16le("wMsgSize");
        in.check(
                size - PREAMBLE_SIZE == in.remaining(),
                "wMsgSize",
                size,
                "the " + (in.remaining() + PREAMBLE_SIZE) + " octets of the message");
        return switch (type) {
            case LICENSE_REQUEST ->
                in.within("licenseRequest", "MS-RDPELE 2.2.2.1", r -> LicenseRequest.decode(flags, r));
            case PLATFORM_CHALLENGE ->
                in.within("platformChallenge", "MS-RDPELE 2.2.2.4", r -> PlatformChallenge.decode(flags, r));
            case NEW_LICENSE -> in.within("newLicense", "MS-RDPELE 2.2.2.7", r -> NewLicense.decode(flags, r));
            case UPGRADE_LICENSE ->
                in.within("upgradeLicense", "MS-RDPELE 2.2.2.6", r -> UpgradeLicense.decode(flags, r));
            case LICENSE_INFO -> in.within("licenseInfo", "MS-RDPELE 2.2.2.3", r -> LicenseInfo.decode(flags, r));
            case NEW_LICENSE_REQUEST ->
                in.within("newLicenseRequest", "MS-RDPELE 2.2.2.2", r -> NewLicenseRequest.decode(flags, r));
            case PLATFORM_CHALLENGE_RESPONSE ->
                in.within(
                        "platformChallengeResponse",
                        "MS-RDPELE 2.2.2.5",
                        r -> PlatformChallengeResponse.decode(flags, r));
            case ERROR_ALERT ->
                in.within("errorMessage", "MS-RDPBCGR 2.2.1.12.1.3", r -> LicenseErrorMessage.decode(flags, r));
            default -> new Unknown(type, flags, in.rest("data"));
        };
    }
}
