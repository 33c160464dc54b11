package porthole.host.fault;

import static porthole.host.fault.FaultBuilder.before;
import static porthole.host.fault.FaultBuilder.instead;
import static porthole.host.fault.FaultBuilder.rewrite;
import static porthole.host.fault.ServerMessage.LICENSE;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import porthole.protocol.failure.Stage;
import porthole.protocol.licensing.LicenseErrorCode;
import porthole.protocol.licensing.LicenseErrorMessage;
import porthole.protocol.licensing.LicenseStateTransition;
import porthole.protocol.licensing.LicensingPdu;
import porthole.protocol.mcs.DisconnectReason;
import porthole.protocol.wire.Bytes;

/**
 * What can be wrong with licensing. A client that looks out for network detection first notices some of it there, as
 * the licensing message is the first one that says that there will be none.
 */
final class LicensingFaults {
    private static final int SECURITY_FLAGS_AT = 15;

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
                .fails("not-supported"));
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
        return all;
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
