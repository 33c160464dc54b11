package porthole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import porthole.aad.RdpResource;
import porthole.aad.json.Base64Url;
import porthole.aad.verify.Expectations;
import porthole.client.capture.Capture;
import porthole.client.capture.Direction;
import porthole.host.RdpHost;
import porthole.host.entra.EntraAssertionCheck;
import porthole.host.entra.EntraFault;
import porthole.host.entra.MockAuthority;
import porthole.host.entra.MockAuthoritySettings;
import porthole.host.fault.Fault;
import porthole.host.fault.Faults;
import porthole.host.session.HostIdentity;

/** What connect and probe say by themselves when a sign-in is refused. */
class ExplainedFailureTest {
    private static final HostIdentity IDENTITY = HostIdentity.selfSigned("rdphost", new SecureRandom());

    @TempDir
    private Path folder;

    private final Shell shell = new Shell();

    private int run(String command, MockAuthoritySettings settings, List<Fault> faults, String... more)
            throws Exception {
        try (MockAuthority authority = MockAuthority.start(settings);
                RdpHost host = RdpHost.builder()
                        .certificate(IDENTITY.key(), IDENTITY.certificate())
                        .aad(new EntraAssertionCheck(
                                Expectations.host(RdpResource.named("rdphost"), authority.keys(), authority),
                                settings.clock(),
                                Runnable::run))
                        .faults(faults.toArray(Fault[]::new))
                        .start()) {
            Path ca = Files.writeString(folder.resolve("ca.pem"), authority.certificatePem());
            List<String> arguments = new ArrayList<>(List.of(
                    command,
                    "127.0.0.1:" + host.port(),
                    "--certificate",
                    "pin:" + host.certificateSha256(),
                    "--security",
                    "aad",
                    "--authority",
                    authority.hostAndPort(),
                    "--authority-ca-file",
                    ca.toString(),
                    "--entra-name",
                    "rdphost"));
            arguments.addAll(List.of(more));
            return shell.run(arguments.toArray(String[]::new));
        }
    }

    private static Fault fault(String name) {
        return Faults.named(name).orElseThrow();
    }

    @Test
    void aRefusalWithoutAVisibleReasonNamesWhatRemains() throws Exception {
        int status = run("connect", MockAuthoritySettings.defaults(), List.of(fault("result-sec-e-invalid-token")));
        assertThat(status).as(shell.err()).isEqualTo(ExitCode.AUTHENTICATION.number());
        assertThat(shell.err())
                .contains("1. other-device (possible", "host-cannot-validate (possible")
                .contains("Checked and as it should be:", "7D 00", "clock: ts is", "server-nonce: as received")
                .doesNotContain("ts_nonce\":");
    }

    @Test
    void aClockFarBehindIsSeenBeforeAnyConnection() throws Exception {
        Clock ahead = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(20));
        MockAuthoritySettings settings =
                MockAuthoritySettings.defaults().lifetimes(Duration.ofHours(2), Duration.ofMinutes(5), ahead);
        int status = run("connect", settings, List.of(fault("result-sec-e-invalid-token")), "--json");
        Map<String, Object> explanation = explanation();
        // the token of such an authority is not valid yet by our clock, which is found before any connection
        assertThat(status).isEqualTo(ExitCode.TOKEN.number());
        assertThat(shell.out()).contains("not-yet-valid");
        assertThat(explanation).isEmpty();
    }

    private Map<String, Object> explanation() {
        return shell.objects().stream()
                .filter(e -> "explanation".equals(e.get("event")))
                .findFirst()
                .orElse(Map.of());
    }

    @Test
    @SuppressWarnings("unchecked")
    void aClockAheadOfTheHostsIsSeenFromTheDateHeader() throws Exception {
        Clock behind = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-20));
        MockAuthoritySettings settings =
                MockAuthoritySettings.defaults().lifetimes(Duration.ofHours(2), Duration.ofMinutes(5), behind);
        int status = run("connect", settings, List.of(), "--json");
        assertThat(status).as(shell.err()).isEqualTo(ExitCode.AUTHENTICATION.number());
        List<Map<String, Object>> findings =
                (List<Map<String, Object>>) explanation().get("findings");
        assertThat(findings.get(0)).containsEntry("cause", "clock").containsEntry("certainty", "certain");
    }

    @Test
    void probeExplainsToo() throws Exception {
        int status = run(
                "probe", MockAuthoritySettings.defaults(), List.of(fault("nonce-stale")), "--until", "auth", "--json");
        assertThat(status).isEqualTo(ExitCode.AUTHENTICATION.number());
        assertThat(shell.out()).contains("\"explanation\":{", "\"cause\":\"other-device\"");
        Path saved = Files.writeString(folder.resolve("saved.jsonl"), shell.out());
        assertThat(shell.run("explain", saved.toString())).isZero();
        assertThat(shell.out()).contains("SEC_E_INVALID_TOKEN", "1. no-zero-octet");
    }

    @Test
    void anAuthoritysCodeNeedsNoSecondWord() throws Exception {
        MockAuthoritySettings settings =
                MockAuthoritySettings.defaults().refusalCode(53003).faults(EntraFault.TOKEN_REFUSED);
        assertThat(run("connect", settings, List.of())).isEqualTo(ExitCode.TOKEN.number());
        assertThat(shell.err().lines().filter(l -> !l.isBlank())).hasSize(1);
        assertThat(shell.err()).contains("AADSTS53003");
    }

    @Test
    void accessDeniedHasSeveralCauses() throws Exception {
        assertThat(run("connect", MockAuthoritySettings.defaults(), List.of(fault("result-e-accessdenied"))))
                .isEqualTo(ExitCode.AUTHENTICATION.number());
        assertThat(shell.err()).contains("1. vm-login-role", "2. remote-desktop-users");
    }

    /** Recordings hold no tokens, and what was taken out of one is not what was wrong. */
    @Test
    void aRecordingWithoutItsSecretsIsExplainedAllTheSame() throws Exception {
        Path recording = folder.resolve("refused.porthole");
        Path whole = folder.resolve("whole.porthole");
        MockAuthoritySettings settings = MockAuthoritySettings.defaults();
        List<Fault> refuses = List.of(fault("result-sec-e-invalid-token"));
        assertThat(run("connect", settings, refuses, "--record", recording.toString()))
                .isEqualTo(16);
        assertThat(shell.run("explain", recording.toString())).as(shell.err()).isZero();
        assertThat(shell.out())
                .contains("answer: authentication_result SEC_E_INVALID_TOKEN", "taken out of the recording", "7D 00")
                .doesNotContain("(certain", "(likely");
        assertThat(run("connect", settings, refuses, "--record", whole.toString(), "--record-secrets", "-v", "--json"))
                .isEqualTo(16);
        String assertion = assertion(Capture.open(whole));
        String payload = Base64Url.decodeText(assertion.split("\\.")[1]).orElseThrow();
        String token = payload.replaceAll(".*\"at\":\"([^\"]+)\".*", "$1");
        List<String> secrets = List.of(token, token.split("\\.")[2], assertion.split("\\.")[2]);
        assertThat(secrets)
                .allSatisfy(secret -> assertThat(shell.out() + shell.err())
                        .hasSizeGreaterThan(1000)
                        .doesNotContain(secret));
        assertThat(shell.run("explain", whole.toString())).isZero();
        assertThat(shell.out()).contains("signature: made with the key").doesNotContain("taken out", "(certain");
        assertThat(secrets).allSatisfy(secret -> assertThat(shell.out()).doesNotContain(secret));
        assertThat(assertion(Capture.open(recording))).doesNotContain(secrets);
    }

    private static String assertion(Capture capture) {
        String octets = capture.stream(Direction.CLIENT_TO_SERVER).toAscii();
        Matcher assertion = Pattern.compile("\"rdp_assertion\":\"([^\"]+)\"").matcher(octets);
        assertThat(assertion.find()).isTrue();
        return assertion.group(1);
    }
}
