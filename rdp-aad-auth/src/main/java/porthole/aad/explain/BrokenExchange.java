package porthole.aad.explain;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import porthole.aad.json.StrictJson;
import porthole.protocol.failure.FailureReport;
import porthole.protocol.failure.Stage;
import porthole.protocol.wire.Bytes;

/**
 * What it may mean that an RDSAAD exchange ends without a result. Hosts do not say why they close, so all but one of the
 * causes are possible ones, each with the way to make sure.
 */
public final class BrokenExchange {
    /** What the phase waits for in its states, as its failures have it. */
    public static final String AWAITING_NONCE = "a Server Nonce PDU that ends in a zero octet";

    public static final String SIGNING = "nothing before the Authentication Request PDU";
    public static final String AWAITING_RESULT = "an Authentication Result PDU that ends in a zero octet";

    private static final String COMPLETE = "they are complete JSON without its terminating zero octet";
    private static final Set<String> CLOSED = Set.of("early-close", "io");
    private static final String FRAMING = "MS-RDPBCGR 2.2.18";
    private static final String ORDER = "MS-RDPBCGR 5.4.5.4.1";
    private static final String REMOTE_LOG =
            "on the host: event log Microsoft-Windows-TerminalServices-RemoteConnectionManager/Operational at this time";
    private static final String AAD_LOG = "on the host: event log Microsoft-Windows-AAD/Operational at this time";

    private BrokenExchange() {}

    /** What is to be said of octets that are no whole message. */
    public static String about(Bytes unfinished) {
        String text = new String(unfinished.toArray(), StandardCharsets.UTF_8);
        return StrictJson.object(text).isPresent() ? COMPLETE : "";
    }

    /** The causes, the likeliest first; none where the failure is not of such an exchange, or says enough itself. */
    static List<Finding> findings(FailureReport report) {
        if (!report.stage().equals(Stage.AUTHENTICATION.label())) {
            return List.of();
        }
        if (report.seen().contains(COMPLETE)) {
            return List.of(new Finding(
                    "host-no-zero-octet",
                    Certainty.CERTAIN,
                    "",
                    report.seen(),
                    "a zero octet ends each message",
                    FRAMING,
                    "have the other side end its message so; what answers here is probably no Windows host",
                    "see the octets with --record and porthole decode",
                    List.of()));
        }
        if (!CLOSED.contains(report.cause())) {
            return List.of();
        }
        return switch (report.expected()) {
            case AWAITING_NONCE -> withoutNonce(report);
            case SIGNING ->
                List.of(
                        possible(
                                "answer-too-late",
                                report,
                                "the assertion follows the nonce at once",
                                "see why signing takes so long: a slow key store, or a machine under load",
                                "compare the stages' times with -v"),
                        unknown(report, "the host gave up after its nonce, before there was an assertion"));
            case AWAITING_RESULT -> withoutResult(report);
            default -> List.of();
        };
    }

    private static List<Finding> withoutNonce(FailureReport report) {
        return List.of(
                possible(
                        "host-sign-in-not-ready",
                        report,
                        "a host that takes RDSAAD is joined to Entra ID and has its sign-in service running",
                        "join the host, or restart its Remote Desktop Services",
                        "on the host: dsregcmd /status has AzureAdJoined: YES; " + REMOTE_LOG),
                possible(
                        "cut-in-between",
                        report,
                        "nothing between closes the connection after TLS",
                        "let gateways, load balancers and inspection pass it",
                        "try from the host's own network; compare the certificate with the host's"),
                unknown(report, "the host chose RDSAAD, finished TLS, and closed before its nonce"));
    }

    private static List<Finding> withoutResult(FailureReport report) {
        return List.of(
                possible(
                        "request-not-readable",
                        report,
                        "a host that cannot read the Authentication Request PDU closes without a result",
                        "send it as one JSON object with one zero octet; a token with very many groups makes it long",
                        "record with --record, then porthole explain FILE: it checks what was sent; " + AAD_LOG),
                possible(
                        "host-validation-broke-off",
                        report,
                        "the host reaches Entra ID for its keys and policies while it checks the assertion",
                        "open the host's way to login.microsoftonline.com, and look at its time and disk",
                        AAD_LOG + "; Test-NetConnection login.microsoftonline.com -Port 443"),
                unknown(report, "the host got the assertion and closed without a result"));
    }

    private static Finding possible(String cause, FailureReport report, String rule, String remedy, String confirm) {
        return new Finding(
                cause, Certainty.POSSIBLE, "", report.seen(), rule, ORDER + "; inferred", remedy, confirm, List.of());
    }

    private static Finding unknown(FailureReport report, String what) {
        return possible(
                "unknown-close",
                report,
                what + "; why is not known here, as the specification has no message for it",
                report.remedy(),
                REMOTE_LOG);
    }
}
