package porthole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import porthole.host.RdpHost;
import porthole.host.RdpHostBuilder;
import porthole.host.fault.Faults;
import porthole.host.nla.HostUser;
import porthole.host.nla.NlaHost;
import porthole.host.rdstls.RedirectionTickets;
import porthole.host.redirection.RedirectionBuilder;
import porthole.protocol.ntlm.Ntlm;
import porthole.protocol.redirection.ServerRedirectionPacket;
import porthole.protocol.wire.Bytes;
import porthole.transport.Secret;

/** Each outcome that scripts tell apart: its own exit code, one line of cause and remedy, JSON too, and no secret anywhere. */
@Timeout(90)
class OutcomesTest {
    private static final String PASSWORD = "S3cret-Pass-0ne";
    private static final String ELSEWHERE = "S3cret-Pass-Tw0";
    private static final String FARM = "S3cret-Farm-Thr33";
    private static final String TOKEN = "Cookie: msts=S3cretToken.15629.0000";

    private final List<String> hostEvents = new CopyOnWriteArrayList<>();
    private final RedirectionTickets tickets = new RedirectionTickets(Secret.of(FARM), new SecureRandom()::nextBytes);

    @TempDir
    Path folder;

    private record Told(int status, String text, String json, String recording) {}

    private RdpHost host(UnaryOperator<RdpHostBuilder> more) {
        return more.apply(RdpHost.builder().observer(event -> hostEvents.add(event.toString())))
                .start();
    }

    /** The same connection in text, and with JSON and a recording. */
    private Told connect(RdpHost host, String... more) throws IOException {
        Path password = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
        Path recording = folder.resolve("session.porthole");
        List<String> command = new ArrayList<>(List.of(
                "connect",
                "127.0.0.1:" + host.port(),
                "--user",
                "LAB\\anna",
                "--password-file",
                password.toString(),
                "--timeout",
                "20s",
                "-v"));
        command.addAll(List.of(more));
        if (!command.contains("--certificate")) {
            command.addAll(List.of("--certificate", "ignore"));
        }
        Shell shell = new Shell();
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        PrintStream before = System.err;
        int status;
        try {
            System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8)); // where the log of -v goes
            status = shell.run(command.toArray(String[]::new));
        } finally {
            System.setErr(before);
        }
        String text = shell.out() + shell.err() + log.toString(StandardCharsets.UTF_8);
        assertThat(log.toString(StandardCharsets.UTF_8)).contains("connection-initiation begins");
        assertThat(shell.err().lines().filter(line -> line.startsWith("porthole: ") && line.contains("remedy: ")))
                .as(text)
                .hasSize(status == 0 ? 0 : 1);
        command.addAll(List.of("--json", "--record", recording.toString()));
        assertThat(shell.run(command.toArray(String[]::new))).isEqualTo(status);
        if (status != 0) {
            assertThat(shell.objects())
                    .filteredOn(event -> event.get("event").equals("failure"))
                    .singleElement()
                    .satisfies(failure -> assertThat(failure).containsKeys("stage", "cause", "summary", "remedy"));
        }
        Told told = new Told(
                status, text, shell.out() + shell.err(), Files.exists(recording) ? Files.readString(recording) : "");
        noSecretIn(told);
        return told;
    }

    /** As text, in UTF-16 as it goes over the wire, as a hash, and all of that in Base64 and hexadecimal. */
    private static Stream<String> forms(String secret) {
        byte[] utf16 = secret.getBytes(StandardCharsets.UTF_16LE);
        Bytes hash = Ntlm.ntHash(secret);
        return Stream.of(
                secret,
                Bytes.of(utf16).toHex(),
                Bytes.of(secret.getBytes(StandardCharsets.UTF_8)).toHex(),
                hash.toHex(),
                Base64.getEncoder().encodeToString(hash.toArray()));
    }

    private void noSecretIn(Told told) {
        String everything = told.text() + told.json() + decoded(told.recording()) + hostEvents;
        for (String secret : List.of(PASSWORD, ELSEWHERE, FARM)) {
            forms(secret)
                    .forEach(form -> assertThat(everything.contains(form))
                            .as("a form of " + secret + ": " + form)
                            .isFalse());
        }
        assertThat(told.text() + told.json()).doesNotContain(TOKEN);
    }

    /** The recording itself, and the octets of its lines as characters, so that no secret hides in Base64. */
    private static String decoded(String recording) {
        StringBuilder all = new StringBuilder(recording);
        recording.lines().forEach(line -> {
            int at = line.indexOf("\"data\":\"");
            if (at >= 0) {
                byte[] octets = Base64.getDecoder().decode(line.substring(at + 8, line.indexOf('"', at + 8)));
                all.append('\n').append(new String(octets, StandardCharsets.ISO_8859_1));
                all.append('\n').append(new String(octets, StandardCharsets.UTF_16LE));
                all.append('\n').append(Bytes.of(octets).toHex());
            }
        });
        return all.toString();
    }

    private static NlaHost users(String password) {
        return NlaHost.of(List.of(HostUser.of("anna", password)), Runnable::run);
    }

    @Test
    void aWrongPassword() throws IOException {
        try (RdpHost host = host(b -> b.nla(users("another one")))) {
            Told told = connect(host);
            assertThat(told.status()).isEqualTo(ExitCode.WRONG_CREDENTIALS.number());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "nla-account-locked-out, 51",
        "nla-password-expired, 52",
        "nla-password-must-change, 52",
        "nla-account-disabled, 53",
    })
    void anAccountThatIsBarred(String fault, int status) throws IOException {
        try (RdpHost host = host(b -> b.nla(users(PASSWORD))
                .faults(Faults.named(fault).orElseThrow(() -> new AssertionError("no fault " + fault))))) {
            assertThat(connect(host).status()).isEqualTo(status);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "rdstls-refused-logon-failure, 50",
        "rdstls-refused-account-locked-out, 51",
        "rdstls-refused-password-expired, 52",
        "rdstls-refused-access-denied, 54",
    })
    void aSignInThatIsRefusedBehindARedirection(String fault, int status) throws IOException {
        try (RdpHost target = host(b -> b.bind(new InetSocketAddress("127.0.0.2", 0))
                        .rdstls(tickets)
                        .faults(Faults.named(fault).orElseThrow()));
                RdpHost broker = host(b -> b.port(target.port()).tls().redirect(byRdstls()))) {
            assertThat(connect(broker).status()).isEqualTo(status);
        }
    }

    private ServerRedirectionPacket byRdstls() {
        return new RedirectionBuilder()
                .address("127.0.0.2")
                .user("anna")
                .domain("LAB")
                .password(Secret.of(ELSEWHERE), tickets, UUID.randomUUID())
                .build()
                .orElseThrow();
    }

    @Test
    void aRefusedLayer() throws IOException {
        try (RdpHost host = host(RdpHostBuilder::tls)) {
            Told told = connect(host, "--security-floor", "nla");
            assertThat(told.status()).isEqualTo(ExitCode.SECURITY_REFUSED.number());
            assertThat(told.text())
                    .contains("negotiation {attempt=1, layers=[nla-ext]")
                    .contains("--security tls");
            assertThat(told.json()).contains("\"event\":\"negotiation\"").contains("\"correlationId\"");
        }
    }

    @Test
    void anUntrustedCertificate() throws IOException {
        try (RdpHost host = host(RdpHostBuilder::tls)) {
            assertThat(connect(host, "--certificate", "strict").status())
                    .isEqualTo(ExitCode.CERTIFICATE_UNTRUSTED.number());
        }
    }

    @Test
    void aRedirectionLoop() throws IOException {
        try (RdpHost host = host(b -> b.tls()
                .redirect(new RedirectionBuilder()
                        .loadBalanceInfo(TOKEN)
                        .password(Secret.of(ELSEWHERE))
                        .build()
                        .orElseThrow()))) {
            assertThat(connect(host).status()).isEqualTo(ExitCode.REDIRECTION_LOOP.number());
        }
    }

    @Test
    void aRefusedLicence() throws IOException {
        try (RdpHost host =
                host(b -> b.tls().faults(Faults.named("license-err-no-license").orElseThrow()))) {
            assertThat(connect(host).status()).isEqualTo(ExitCode.LICENCE_REFUSED.number());
        }
    }

    @Test
    void nothingIsToldWhereAllGoesWellEither() throws IOException {
        try (RdpHost target =
                        host(b -> b.bind(new InetSocketAddress("127.0.0.2", 0)).rdstls(tickets));
                RdpHost broker = host(b -> b.port(target.port()).tls().redirect(byRdstls()))) {
            assertThat(connect(broker).status()).isZero();
        }
        try (RdpHost host = host(b -> b.nla(users(PASSWORD)))) {
            assertThat(connect(host).status()).isZero();
        }
        try (RdpHost host = host(b -> b.rdp(3))) {
            assertThat(connect(host, "--security", "rdp").status()).isZero();
        }
    }

    @Test
    void allOutcomesHaveNumbersOfTheirOwn() {
        assertThat(Stream.of(
                                ExitCode.WRONG_CREDENTIALS,
                                ExitCode.ACCOUNT_LOCKED,
                                ExitCode.PASSWORD_EXPIRED,
                                ExitCode.SECURITY_REFUSED,
                                ExitCode.CERTIFICATE_UNTRUSTED,
                                ExitCode.REDIRECTION_LOOP,
                                ExitCode.LICENCE_REFUSED)
                        .map(ExitCode::number))
                .doesNotHaveDuplicates();
    }

    /** Two commands as somebody would type them: one host sends to the other by RDSTLS. */
    @Test
    void theHostCommandRedirects() throws Exception {
        Path farm = Files.writeString(folder.resolve("farm"), FARM + "\n");
        Path elsewhere = Files.writeString(folder.resolve("elsewhere"), ELSEWHERE + "\n");
        try (HostShell target = HostShell.start(
                        "--bind",
                        "127.0.0.2",
                        "--port",
                        "0",
                        "--security",
                        "rdstls",
                        "--rdstls-secret-file",
                        farm.toString());
                HostShell broker = HostShell.start(
                        "--port",
                        target.port(),
                        "--redirect-to",
                        "127.0.0.2:" + target.port(),
                        "--redirect-user",
                        "anna",
                        "--redirect-domain",
                        "LAB",
                        "--redirect-password-file",
                        elsewhere.toString(),
                        "--redirect-session-id",
                        "3",
                        "--rdstls-secret-file",
                        farm.toString())) {
            Shell shell = new Shell();
            assertThat(shell.run("connect", "127.0.0.1:" + broker.port(), "--certificate", "ignore"))
                    .as(shell.err())
                    .isZero();
            assertThat(target.out()).contains("RDSTLS_RESULT_SUCCESS").doesNotContain(ELSEWHERE);
            assertThat(broker.out()).contains("\"redirect\"").doesNotContain(ELSEWHERE);
        }
        Shell wrong = new Shell();
        assertThat(wrong.run("host", "--redirect-to", "127.0.0.2:1", "--port", "3390"))
                .isEqualTo(ExitCode.USAGE.number());
        assertThat(wrong.err()).contains("names no port");
        assertThat(wrong.run("host", "--security", "rdstls")).isEqualTo(ExitCode.USAGE.number());
    }

    /** A host command that runs until it is closed. */
    private static final class HostShell implements AutoCloseable {
        private final Shell shell = new Shell();
        private final PipedOutputStream input = new PipedOutputStream();
        private Thread running;

        static HostShell start(String... options) throws Exception {
            HostShell host = new HostShell();
            host.shell.in(new PipedInputStream(host.input));
            List<String> command = new ArrayList<>(List.of("host", "--json"));
            command.addAll(List.of(options));
            host.running = new Thread(() -> host.shell.run(command.toArray(String[]::new)));
            host.running.start();
            while (!host.out().contains("\n")) {
                assertThat(host.running.isAlive()).as(host.shell.err()).isTrue();
                Thread.onSpinWait();
            }
            return host;
        }

        String out() {
            return shell.out();
        }

        String port() {
            Map<String, Object> listening = shell.objects().get(0);
            return String.valueOf(listening.get("port"));
        }

        @Override
        public void close() {
            try {
                input.close();
                running.join(20_000);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
