package porthole.host.fault;

import static porthole.host.fault.FaultBuilder.before;
import static porthole.host.fault.FaultBuilder.fault;
import static porthole.host.fault.FaultBuilder.instead;
import static porthole.host.fault.FaultBuilder.rewrite;
import static porthole.host.fault.ServerMessage.LICENSE;
import static porthole.host.fault.ServerMessage.LICENSE_REQUEST;
import static porthole.host.fault.ServerMessage.NEW_LICENSE;
import static porthole.host.fault.ServerMessage.PLATFORM_CHALLENGE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import porthole.protocol.failure.Stage;
import porthole.protocol.licensing.LicenseBinaryBlob;
import porthole.protocol.licensing.LicenseErrorCode;
import porthole.protocol.licensing.LicenseErrorMessage;
import porthole.protocol.licensing.LicenseStateTransition;
import porthole.protocol.licensing.LicensingPdu;
import porthole.protocol.licensing.PlatformChallenge;
import porthole.protocol.mcs.DisconnectReason;
import porthole.protocol.wire.Bytes;

/**
 * What can be wrong with licensing. A client that looks out for network detection first notices some of it there, as
 * the licensing message is the first one that says that there will be none.
 */
final class LicensingFaults {
    private static final int SECURITY_FLAGS_AT = 15;

    /** Behind the preamble. */
    private static final int BODY_AT = SECURITY_FLAGS_AT + 4 + LicensingPdu.PREAMBLE_SIZE;

    /** The beginning of the certificate: its form, a chain of two. */
    private static final byte[] CERTIFICATE = Frames.hex("0200000002000000");

    private static final byte[] SCOPE = Frames.ascii("porthole.test\0");

    /** In DER. */
    private static final byte[] EXPONENT = Frames.hex("0203010001");

    private LicensingFaults() {}

    static List<Fault> all() {
        List<Fault> all = new ArrayList<>();
        for (LicenseErrorCode code : LicenseErrorCode.values()) {
            if (code != LicenseErrorCode.STATUS_VALID_CLIENT) {
                all.add(error(code.name().toLowerCase(Locale.ROOT).replace('_', '-'), code));
            }
        }
        all.add(message(
                        "license-valid-but-abort",
                        "says valid client, and total abort in the same message",
                        LicenseErrorMessage.of(
                                LicensingPdu.PREAMBLE_VERSION_3_0,
                                LicenseErrorCode.STATUS_VALID_CLIENT,
                                LicenseStateTransition.ST_TOTAL_ABORT))
                .fails("licence-refused"));
        all.add(message(
                        "license-unknown-message",
                        "sends a licensing message of an unknown type",
                        new LicensingPdu.Unknown(0x7E, 3, Bytes.of(new byte[8])))
                .fails("unexpected-message"));
        all.add(rewrite(
                        "license-wrong-security-flag",
                        LICENSE,
                        "leaves SEC_LICENSE_PKT out",
                        frame -> Frames.octet(frame, SECURITY_FLAGS_AT, 0))
                .fails("unexpected-message"));
        all.add(rewrite(
                        "license-size-lie",
                        LICENSE,
                        "says a wrong wMsgSize",
                        frame -> Frames.octet(frame, SECURITY_FLAGS_AT + 6, 0xFF))
                .fails("malformed-pdu"));
        all.add(rewrite(
                        "license-mcs-length-lie",
                        LICENSE,
                        "says a wrong length of MCS user data",
                        frame -> Frames.octet(frame, SECURITY_FLAGS_AT - 1, 0x7F))
                .fails(Stage.AUTO_DETECTION, "malformed-pdu"));
        all.add(instead(
                        "license-is-disconnect",
                        LICENSE,
                        "disconnects instead of licensing",
                        Frames.disconnect(DisconnectReason.PROVIDER_INITIATED.code()))
                .fails(Stage.AUTO_DETECTION, "mcs-disconnect"));
        all.add(before(
                        "license-behind-fast-path",
                        LICENSE,
                        "sends a fast-path update before licensing",
                        Frames.hex("0005030000"))
                .fails(Stage.AUTO_DETECTION, "malformed-pdu"));
        all.add(before(
                        "license-behind-unknown-channel",
                        LICENSE,
                        "sends data on a channel that nobody joined",
                        Frames.onChannel(4711, out -> out.u32le(0)))
                .survived());
        exchange(all);
        return all;
    }

    /** What can be wrong when a licence is asked for, challenged and issued. */
    private static void exchange(List<Fault> all) {
        all.add(message(
                        "license-error-without-consequence",
                        "says that there is no license server, and goes on",
                        LicenseErrorMessage.of(
                                LicensingPdu.PREAMBLE_VERSION_3_0,
                                LicenseErrorCode.ERR_NO_LICENSE_SERVER,
                                LicenseStateTransition.ST_NO_TRANSITION))
                .survived());
        all.add(before(
                        "license-resend",
                        PLATFORM_CHALLENGE,
                        "wants the last licensing message again",
                        Frames.license(LicenseErrorMessage.of(
                                LicensingPdu.PREAMBLE_VERSION_3_0,
                                LicenseErrorCode.ERR_INVALID_MESSAGE_LEN,
                                LicenseStateTransition.ST_RESEND_LAST_MESSAGE)))
                .survived());
        all.add(message(
                        "license-resend-nothing",
                        "wants the last licensing message again before there was one",
                        LicenseErrorMessage.of(
                                LicensingPdu.PREAMBLE_VERSION_3_0,
                                LicenseErrorCode.ERR_INVALID_MESSAGE_LEN,
                                LicenseStateTransition.ST_RESEND_LAST_MESSAGE))
                .fails("unexpected-message"));
        all.add(instead(
                        "license-challenge-first",
                        LICENSE_REQUEST,
                        "challenges a client before it asks for a licence",
                        Frames.license(new PlatformChallenge(
                                LicensingPdu.PREAMBLE_VERSION_3_0,
                                0,
                                new LicenseBinaryBlob(LicenseBinaryBlob.BB_ENCRYPTED_DATA_BLOB, Bytes.of(new byte[16])),
                                Bytes.of(new byte[16]),
                                Bytes.EMPTY)))
                .fails("unexpected-message"));
        all.add(rewrite(
                        "license-request-bad-certificate",
                        LICENSE_REQUEST,
                        "sends a certificate that is none",
                        frame -> Frames.octet(frame, Frames.find(frame, CERTIFICATE), 0x77))
                .fails("malformed-pdu"));
        all.add(rewrite(
                        "license-request-certificate-count-lie",
                        LICENSE_REQUEST,
                        "says that its certificate chain has 4 billion members",
                        frame -> fill(frame, Frames.find(frame, CERTIFICATE) + 4, 4))
                .fails("malformed-pdu"));
        all.add(rewrite(
                        "license-request-even-modulus",
                        LICENSE_REQUEST,
                        "sends a certificate with an even modulus",
                        LicensingFaults::withEvenModulus)
                .fails("malformed-pdu"));
        all.add(rewrite(
                        "license-request-blob-length-lie",
                        LICENSE_REQUEST,
                        "says that a scope has 65535 octets",
                        frame -> fill(frame, Frames.find(frame, SCOPE) - 2, 2))
                .fails("malformed-pdu"));
        all.add(rewrite(
                        "license-request-scope-count-lie",
                        LICENSE_REQUEST,
                        "says that there are 4 billion scopes",
                        frame -> fill(frame, Frames.find(frame, SCOPE) - 8, 4))
                .fails("malformed-pdu"));
        all.add(rewrite(
                        "license-challenge-bad-mac",
                        PLATFORM_CHALLENGE,
                        "sends a platform challenge with a wrong MAC",
                        LicensingFaults::withOtherEnd)
                .fails("licence-mac"));
        all.add(rewrite(
                        "license-challenge-blob-length-lie",
                        PLATFORM_CHALLENGE,
                        "says that a platform challenge has 65535 octets",
                        frame -> fill(frame, BODY_AT + 4 + 2, 2))
                .fails("malformed-pdu"));
        all.add(rewrite(
                        "license-new-bad-mac",
                        NEW_LICENSE,
                        "issues a licence with a wrong MAC",
                        LicensingFaults::withOtherEnd)
                .fails("licence-mac"));
        all.add(rewrite(
                        "license-new-blob-length-lie",
                        NEW_LICENSE,
                        "says that a licence has 65535 octets",
                        frame -> fill(frame, BODY_AT + 2, 2))
                .fails("malformed-pdu"));
        all.add(fault("license-cut-inside", Stage.LICENSING, "encrypts a licence that lacks its end")
                .quirk(Quirk.LICENSES)
                .quirk(Quirk.LICENSE_IS_CUT)
                .fails("malformed-pdu"));
        all.add(fault("license-endless", Stage.LICENSING, "begins licensing anew whatever the client says")
                .quirk(Quirk.LICENSES)
                .quirk(Quirk.LICENSING_NEVER_ENDS)
                .fails("licence-loop"));
    }

    private static byte[] fill(byte[] frame, int at, int count) {
        Arrays.fill(frame, at, at + count, (byte) 0xFF);
        return frame;
    }

    private static byte[] withOtherEnd(byte[] frame) {
        return Frames.octet(frame, -1, frame[frame.length - 1] ^ 0x01);
    }

    /** The server's own certificate is the last one, and its exponent of 65537 stands behind the modulus. */
    private static byte[] withEvenModulus(byte[] frame) {
        int exponent = 0;
        for (int at = 0; at + EXPONENT.length <= frame.length; at++) {
            if (Arrays.equals(frame, at, at + EXPONENT.length, EXPONENT, 0, EXPONENT.length)) {
                exponent = at;
            }
        }
        return Frames.octet(frame, exponent - 1, frame[exponent - 1] & 0xFE);
    }

    private static Fault error(String name, LicenseErrorCode code) {
        return message(
                        "license-" + name,
                        "refuses with " + code.name(),
                        LicenseErrorMessage.of(
                                LicensingPdu.PREAMBLE_VERSION_3_0, code, LicenseStateTransition.ST_TOTAL_ABORT))
                .fails("licence-refused");
    }

    private static FaultBuilder message(String name, String description, LicensingPdu pdu) {
        return instead(name, LICENSE, description, Frames.license(pdu));
    }
}
