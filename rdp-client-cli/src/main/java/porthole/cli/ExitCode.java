package porthole.cli;

import java.util.Optional;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Refused;
import porthole.protocol.failure.Stage;

/** What the command tells the shell; the numbers do not change between releases. */
public enum ExitCode {
    OK(0, "the state that was asked for was reached"),
    USAGE(2, "the command line, a file or a value in it is wrong; nothing was tried"),
    TOKEN(10, "no access token could be obtained"),
    AAD_NONCE(11, "the Entra authority gave no nonce"),
    RESOLVE(12, "the host name could not be resolved"),
    CONNECT(13, "no connection to the host (TCP)"),
    CONNECTION_INITIATION(14, "the X.224 negotiation failed"),
    TLS(15, "the TLS handshake failed, or the certificate was not trusted"),
    AUTHENTICATION(16, "the host did not accept who we are"),
    BASIC_SETTINGS_EXCHANGE(17, "MCS connect with the GCC settings failed"),
    CHANNEL_CONNECTION(18, "MCS attach or a channel join failed"),
    SECURE_SETTINGS_EXCHANGE(19, "the Client Info stage failed"),
    AUTO_DETECTION(20, "network auto-detection failed"),
    LICENSING(21, "licensing failed, or a licence was refused"),
    MULTITRANSPORT(22, "multitransport bootstrapping failed"),
    CAPABILITIES(23, "the capabilities exchange failed"),
    FINALIZATION(24, "the connection finalization failed"),
    ACTIVE(25, "the session was up and then failed"),
    FIRST_FRAME(26, "the session was up, but the picture that was waited for did not come"),
    GATEWAY_TLS(40, "the TLS handshake with the gateway failed, or its certificate was not trusted"),
    GATEWAY_AUTHENTICATION(41, "the gateway did not accept who we are, or speaks no HTTP that leads on"),
    GATEWAY_TUNNEL(42, "the gateway did not open the way to the host"),
    FEED(43, "Azure Virtual Desktop's feed could not be read, or does not have what was asked for"),
    BROKER(44, "Azure Virtual Desktop's broker gave no host"),
    HOST_BOOTING(45, "Azure Virtual Desktop's host was still starting when waiting for it ended"),
    DIFFERENT(30, "replay --verify: this client would have sent something else than was recorded"),
    UNREADABLE(31, "a capture could not be read"),
    FILE_WARNING(32, "rdp-file lint: a warning, and no error"),
    FILE_ERROR(33, "rdp-file lint: an error"),
    FILE_SIGNATURE(34, "rdp-file verify: no signature, an altered file, or a signer that is not trusted"),
    FAULTY(35, "token: what was checked would be refused"),
    WRONG_CREDENTIALS(50, "the user is not known, or the password or key is wrong"),
    ACCOUNT_LOCKED(51, "the account is locked; Kerberos says the same of a disabled one"),
    PASSWORD_EXPIRED(52, "the password has expired or must be changed first"),
    ACCOUNT_RESTRICTED(53, "the account is disabled, has expired, or may not log on now, from here or in this way"),
    NOT_AUTHORIZED(54, "the user may not log on to this host"),
    KERBEROS(55, "there is no Kerberos ticket for the host, for another reason than the user's account"),
    SECURITY_REFUSED(56, "the host takes none of the security layers that are allowed"),
    CERTIFICATE_UNTRUSTED(57, "the host's certificate is not trusted"),
    REDIRECTION_LOOP(58, "hosts kept sending this client elsewhere"),
    LICENCE_REFUSED(59, "the host refused a licence"),
    INTERNAL(70, "a defect of this program");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    /** The process exit status. */
    public int number() {
        return number;
    }

    /** One clause for people. */
    public String meaning() {
        return meaning;
    }

    /** The code of the stage in which something ended. */
    public static ExitCode of(Stage stage) {
        return switch (stage) {
            case FEED -> FEED;
            case BROKER -> BROKER;
            case TOKEN -> TOKEN;
            case AAD_NONCE -> AAD_NONCE;
            case RESOLVE -> RESOLVE;
            case CONNECT -> CONNECT;
            case GATEWAY_TLS -> GATEWAY_TLS;
            case GATEWAY_AUTHENTICATION -> GATEWAY_AUTHENTICATION;
            case GATEWAY_TUNNEL -> GATEWAY_TUNNEL;
            case CONNECTION_INITIATION -> CONNECTION_INITIATION;
            case TLS -> TLS;
            case AUTHENTICATION -> AUTHENTICATION;
            case BASIC_SETTINGS_EXCHANGE -> BASIC_SETTINGS_EXCHANGE;
            case CHANNEL_CONNECTION -> CHANNEL_CONNECTION;
            case SECURE_SETTINGS_EXCHANGE -> SECURE_SETTINGS_EXCHANGE;
            case AUTO_DETECTION -> AUTO_DETECTION;
            case LICENSING -> LICENSING;
            case MULTITRANSPORT_BOOTSTRAPPING -> MULTITRANSPORT;
            case CAPABILITIES_EXCHANGE -> CAPABILITIES;
            case CONNECTION_FINALIZATION -> FINALIZATION;
            case ACTIVE -> ACTIVE;
            case FIRST_FRAME -> FIRST_FRAME;
        };
    }

    /** The code of a failure: its cause's, where that has one, else its stage's; a failure that knows no stage is ours. */
    public static ExitCode of(RdpFailure failure) {
        String cause = failure.report().cause();
        String codeName = failure instanceof Refused refused ? refused.codeName() : "";
        return ofLogon(cause)
                .or(() -> ofRefusal(cause, codeName))
                .or(() -> failure.stage()
                        .map(stage -> stage == Stage.TLS && cause.startsWith("certificate-")
                                ? CERTIFICATE_UNTRUSTED
                                : of(stage)))
                .orElse(INTERNAL);
    }

    /** Refusals that are not about the account's password alone. */
    private static Optional<ExitCode> ofRefusal(String cause, String codeName) {
        return switch (cause) {
            case "negotiation-failure", "selected-protocol", "no-common-protocol", "no-usable-security" ->
                Optional.of(SECURITY_REFUSED);
            case "redirection-loop" -> Optional.of(REDIRECTION_LOOP);
            case "avd-host-booting" -> Optional.of(HOST_BOOTING);
            case "licence-refused" -> Optional.of(LICENCE_REFUSED);
            // a licence that a host refuses by its last word is a licence refused, whatever the stage
            case "error-info" ->
                codeName.startsWith("ERRINFO_LICENSE_") ? Optional.of(LICENCE_REFUSED) : Optional.empty();
            case "rdstls-result" -> ofRdstls(codeName);
            default -> Optional.empty();
        };
    }

    private static Optional<ExitCode> ofRdstls(String codeName) {
        return switch (codeName) {
            case "RDSTLS_RESULT_LOGON_FAILURE" -> Optional.of(WRONG_CREDENTIALS);
            case "RDSTLS_RESULT_ACCOUNT_LOCKED_OUT" -> Optional.of(ACCOUNT_LOCKED);
            case "RDSTLS_RESULT_PASSWORD_EXPIRED", "RDSTLS_RESULT_PASSWORD_MUST_CHANGE" ->
                Optional.of(PASSWORD_EXPIRED);
            case "RDSTLS_RESULT_INVALID_LOGON_HOURS", "RDSTLS_RESULT_ACCOUNT_DISABLED" ->
                Optional.of(ACCOUNT_RESTRICTED);
            case "RDSTLS_RESULT_ACCESS_DENIED" -> Optional.of(NOT_AUTHORIZED);
            default -> Optional.empty();
        };
    }

    /** Why a logon was refused, by the stable names of the causes. */
    private static Optional<ExitCode> ofLogon(String cause) {
        return switch (cause) {
            case "nla-logon-failure",
                    "nla-wrong-password",
                    "nla-no-such-user",
                    "nla-invalid-account-name",
                    "nla-logon-denied",
                    "nla-no-credentials",
                    "kerberos-wrong-password",
                    "kerberos-user-unknown" -> Optional.of(WRONG_CREDENTIALS);
            case "nla-account-locked-out", "kerberos-account-revoked" -> Optional.of(ACCOUNT_LOCKED);
            case "nla-password-expired", "nla-password-must-change", "kerberos-password-expired" ->
                Optional.of(PASSWORD_EXPIRED);
            case "nla-account-disabled",
                    "nla-account-expired",
                    "nla-account-restriction",
                    "nla-invalid-logon-hours",
                    "nla-invalid-workstation",
                    "kerberos-account-expired" -> Optional.of(ACCOUNT_RESTRICTED);
            case "nla-logon-type-not-granted",
                    "nla-access-denied",
                    "nla-authentication-firewall-failed",
                    "not-authorized" -> Optional.of(NOT_AUTHORIZED);
            default -> cause.startsWith("kerberos-") ? Optional.of(KERBEROS) : Optional.empty();
        };
    }

    /**
     * The worse of two results, for a command with several targets: an early stage is worse than a late one, a defect is
     * worse than any stage, and everything is worse than success.
     */
    public ExitCode orWorse(ExitCode other) {
        return badness() >= other.badness() ? this : other;
    }

    private int badness() {
        return switch (this) {
            case OK -> 0;
            case USAGE -> 1000;
            case INTERNAL -> 1001;
            case FEED, BROKER, HOST_BOOTING -> 2 * (100 - TOKEN.number) + 1;
            case GATEWAY_TLS, GATEWAY_AUTHENTICATION, GATEWAY_TUNNEL -> 2 * (100 - CONNECT.number) - 1;
            case WRONG_CREDENTIALS, ACCOUNT_LOCKED, PASSWORD_EXPIRED, ACCOUNT_RESTRICTED, NOT_AUTHORIZED, KERBEROS ->
                AUTHENTICATION.badness();
            case SECURITY_REFUSED -> CONNECTION_INITIATION.badness();
            case CERTIFICATE_UNTRUSTED -> TLS.badness();
            case REDIRECTION_LOOP -> CONNECT.badness();
            case LICENCE_REFUSED -> LICENSING.badness();
            default -> 2 * (100 - number);
        };
    }
}
