package porthole.host.session;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import porthole.host.fault.Quirk;
import porthole.host.fault.ServerMessage;
import porthole.host.licensing.HostLicensing.Mode;
import porthole.host.licensing.LicenseServer;
import porthole.protocol.failure.SequenceException;
import porthole.protocol.failure.Stage;
import porthole.protocol.licensing.HardwareId;
import porthole.protocol.licensing.LicenseErrorCode;
import porthole.protocol.licensing.LicenseErrorMessage;
import porthole.protocol.licensing.LicenseInfo;
import porthole.protocol.licensing.LicenseKeys;
import porthole.protocol.licensing.LicenseRequest;
import porthole.protocol.licensing.LicenseStateTransition;
import porthole.protocol.licensing.LicensingPdu;
import porthole.protocol.licensing.NewLicense;
import porthole.protocol.licensing.NewLicenseInformation;
import porthole.protocol.licensing.NewLicenseRequest;
import porthole.protocol.licensing.PlatformChallenge;
import porthole.protocol.licensing.PlatformChallengeResponse;
import porthole.protocol.licensing.PlatformChallengeResponseData;
import porthole.protocol.licensing.UpgradeLicense;
import porthole.protocol.security.BasicSecurityHeader;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

/** Tells the client that it needs no license (MS-RDPBCGR 3.3.5.3.12), or goes through MS-RDPELE 3.3 with it. */
final class Licensing extends SharePhase {
    private static final int FLAGS = LicensingPdu.PREAMBLE_VERSION_3_0;
    private static final int CHALLENGE = 16;

    private final Mode mode;
    private final Optional<LicenseServer> server;
    private LicenseRequest request;
    private Optional<LicensingPdu> answered = Optional.empty();
    private LicenseKeys keys;
    private Bytes challenge = Bytes.EMPTY;
    private boolean upgrades;

    Licensing(HostConnection connection) {
        super(connection, Stage.LICENSING);
        server = connection.settings().licensing();
        mode = server.map(issuer -> issuer.how().mode()).orElse(Mode.NONE);
    }

    @Override
    void enter() {
        if (mode == Mode.NONE) {
            valid();
        } else {
            ask();
        }
    }

    private void ask() {
        request = server.orElseThrow().request();
        answered = Optional.empty();
        send(ServerMessage.LICENSE_REQUEST, request);
    }

    @Override
    void onIoChannel(WireReader data) {
        BasicSecurityHeader header = BasicSecurityHeader.decode(data);
        if (!header.has(BasicSecurityHeader.SEC_LICENSE_PKT)) {
            throw unexpected(String.format("security flags 0x%04X", header.flags()));
        }
        LicensingPdu pdu = LicensingPdu.decode(data.renamed("LicensingPdu", "MS-RDPBCGR 2.2.1.12"));
        if (answered.filter(pdu::equals).isPresent()) {
            return; // once more what it has said
        }
        if (pdu instanceof NewLicenseRequest wanted) {
            onNewLicenseRequest(wanted);
        } else if (pdu instanceof LicenseInfo info) {
            onLicenseInfo(info);
        } else if (pdu instanceof PlatformChallengeResponse response && !challenge.isEmpty()) {
            onResponse(response);
        } else if (pdu instanceof LicenseErrorMessage error) {
            connection().end(String.format("the client refuses licensing with error 0x%08X", error.errorCode()));
        } else {
            throw unexpected(pdu.getClass().getSimpleName());
        }
    }

    private void onNewLicenseRequest(NewLicenseRequest wanted) {
        requireNoAnswer(wanted);
        tell(
                "asks for a new licence",
                Map.of("user", text(wanted.clientUserName().data())));
        keys = server.orElseThrow()
                .keys(wanted.encryptedPremasterSecret().data(), wanted.clientRandom(), request.serverRandom());
        if (mode == Mode.ASK) {
            valid();
        } else if (connection().settings().quirks().contains(Quirk.LICENSING_NEVER_ENDS)) {
            refuse(LicenseErrorCode.ERR_INVALID_CLIENT, LicenseStateTransition.ST_RESET_PHASE_TO_START);
            ask();
        } else {
            challenge();
        }
    }

    private void onLicenseInfo(LicenseInfo info) {
        requireNoAnswer(info);
        LicenseServer issuer = server.orElseThrow();
        keys = issuer.keys(info.encryptedPremasterSecret().data(), info.clientRandom(), request.serverRandom());
        Bytes plain = keys.crypt(info.encryptedHwid().data());
        if (!keys.verifies(info.macData(), plain)) {
            refuse(LicenseErrorCode.ERR_INVALID_MAC, LicenseStateTransition.ST_TOTAL_ABORT);
            connection().end("a licence with a wrong MAC");
            return;
        }
        Bytes license = info.licenseInfo().data();
        boolean ours = issuer.issued(license, device(plain));
        tell(
                "shows a licence",
                Map.of("valid", ours, "serial", LicenseServer.serial(license).orElse("")));
        if (!ours) {
            refuse(LicenseErrorCode.ERR_INVALID_CLIENT, LicenseStateTransition.ST_RESET_PHASE_TO_START);
            ask();
        } else if (mode == Mode.ASK || mode == Mode.ISSUE) {
            valid();
        } else {
            upgrades = true;
            challenge();
        }
    }

    private void requireNoAnswer(LicensingPdu pdu) {
        if (answered.isPresent()) {
            throw unexpected("a second " + pdu.getClass().getSimpleName());
        }
        answered = Optional.of(pdu);
    }

    private void challenge() {
        challenge = server.orElseThrow().octets(CHALLENGE);
        send(
                ServerMessage.PLATFORM_CHALLENGE,
                new PlatformChallenge(FLAGS, 0, keys.sealed(challenge), keys.mac(challenge), Bytes.EMPTY));
    }

    private void onResponse(PlatformChallengeResponse response) {
        Bytes data = keys.crypt(response.encryptedPlatformChallengeResponse().data());
        Bytes hardware = keys.crypt(response.encryptedHwid().data());
        PlatformChallengeResponseData answer = PlatformChallengeResponseData.decode(
                WireReader.of(data, "PlatformChallengeResponseData", "MS-RDPELE 2.2.2.5.1"));
        boolean right = keys.verifies(response.macData(), Bytes.hex(data.toHex() + hardware.toHex()))
                && answer.challenge().equals(challenge);
        if (!right) {
            refuse(LicenseErrorCode.ERR_INVALID_MAC, LicenseStateTransition.ST_TOTAL_ABORT);
            connection().end("a wrong answer to the platform challenge");
            return;
        }
        Optional<LicenseErrorCode> refusal = server.orElseThrow().how().refusal();
        if (refusal.isPresent()) {
            refuse(refusal.get(), LicenseStateTransition.ST_TOTAL_ABORT);
            connection().end("licence refused with " + refusal.get());
        } else {
            issue(device(hardware));
        }
    }

    private void issue(HardwareId device) {
        NewLicenseInformation information = server.orElseThrow().issue(device);
        byte[] plain = information.toByteArray();
        if (connection().settings().quirks().contains(Quirk.LICENSE_IS_CUT)) {
            plain = Arrays.copyOf(plain, plain.length - 1);
        }
        tell(
                upgrades ? "gets an upgraded licence" : "gets a new licence",
                Map.of("serial", LicenseServer.serial(information.licenseInfo()).orElse("")));
        Bytes octets = Bytes.of(plain);
        send(
                ServerMessage.NEW_LICENSE,
                upgrades
                        ? new UpgradeLicense(FLAGS, keys.sealed(octets), keys.mac(octets), Bytes.EMPTY)
                        : new NewLicense(FLAGS, keys.sealed(octets), keys.mac(octets), Bytes.EMPTY));
        connection().advance(this);
    }

    private void valid() {
        send(ServerMessage.LICENSE, LicenseErrorMessage.validClient());
        connection().advance(this);
    }

    private void refuse(LicenseErrorCode code, LicenseStateTransition transition) {
        send(ServerMessage.LICENSE, LicenseErrorMessage.of(FLAGS, code, transition));
    }

    private void send(ServerMessage message, LicensingPdu pdu) {
        connection().sendOn(message, HostFacts.IO_CHANNEL, BasicSecurityHeader.SEC_LICENSE_PKT, pdu);
    }

    private void tell(String what, Map<String, Object> facts) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("client", what);
        all.putAll(facts);
        connection().event("licensing", all);
    }

    private static HardwareId device(Bytes plain) {
        return HardwareId.decode(WireReader.of(plain, "HardwareId", "MS-RDPELE 2.2.2.3.1"));
    }

    private static String text(Bytes terminated) {
        String text = terminated.toAscii();
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    private static SequenceException unexpected(String seen) {
        return new SequenceException(seen, "the client's next licensing message", "MS-RDPELE 3.3.5");
    }
}
