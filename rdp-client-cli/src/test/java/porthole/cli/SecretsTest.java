package porthole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import porthole.aad.PopKey;
import porthole.aad.RdpAccessToken;
import porthole.aad.RdpResource;
import porthole.aad.verify.Expectations;
import porthole.client.RdpClient;
import porthole.client.RdpSession;
import porthole.client.SessionOptions;
import porthole.client.capture.Capture;
import porthole.client.capture.CaptureDecoder;
import porthole.client.capture.DecodedPdu;
import porthole.client.capture.Direction;
import porthole.client.capture.Recorder;
import porthole.client.capture.SafeTranscript;
import porthole.client.safe.Pseudonyms;
import porthole.client.safe.SafeFacts;
import porthole.host.RdpHost;
import porthole.host.avd.AvdFault;
import porthole.host.entra.EntraAssertionCheck;
import porthole.host.entra.EntraFault;
import porthole.host.entra.MockAuthority;
import porthole.host.entra.MockAuthoritySettings;
import porthole.host.fault.Fault;
import porthole.host.fault.Faults;
import porthole.host.nla.HostUser;
import porthole.host.nla.NlaHost;
import porthole.host.rdstls.RedirectionTickets;
import porthole.host.redirection.RedirectionBuilder;
import porthole.host.session.HostIdentity;
import porthole.protocol.wire.Bytes;
import porthole.transport.ConnectionSpec;
import porthole.transport.Credentials;
import porthole.transport.Secret;
import porthole.transport.Target;
import porthole.transport.TlsSecurityLayer;
import porthole.transport.Trust;
import porthole.transport.nla.NlaSecurityLayer;
import porthole.transport.nla.NlaSettings;

/**
 * Everything that the program writes, in every way of signing in, searched for every secret that was used: streams, events,
 * logs, recordings, support bundles, exceptions, and what objects say of themselves.
 */
@Timeout(180)
class SecretsTest {
    private static final String PASSWORD = "S3cret-Pass-0ne";
    private static final String FARM = "S3cret-Farm-Thr33";
    private static final String ELSEWHERE = "S3cret-Pass-Tw0";
    private static final String TYPED = "typ3d-by-a-person";
    private static final String AVD_TOKEN = "eyJhbGciOiJub25lIn0.eyJhdWQiOiJhdmQtc2VjcmV0In0.c2VjcmV0";
    private static final String LOAD_BALANCE = "Cookie: msts=S3cretToken.15629.0000";
    private static final int SHORTEST = 8;

    private final SecureRandom random = new SecureRandom();
    private final HostIdentity identity = HostIdentity.selfSigned("rdphost", random);
    private final RedirectionTickets tickets = new RedirectionTickets(Secret.of(FARM), random::nextBytes);
    private final Set<String> secrets =
            new LinkedHashSet<>(List.of(PASSWORD, FARM, ELSEWHERE, TYPED, AVD_TOKEN, LOAD_BALANCE));
    private final Map<String, String> written = new LinkedHashMap<>();

    @TempDir
    Path folder;

    private int runs;

    /** The command, with all that it can be made to tell. */
    private int run(int expected, String... command) throws IOException {
        int number = runs++;
        Path password = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
        Path recording = folder.resolve("recording-" + number + ".porthole");
        Path bundle = folder.resolve("bundle-" + number + ".zip");
        List<String> all = new ArrayList<>(List.of(command));
        if (!command[0].equals("login") && !command[0].equals("logout") && !command[0].equals("token")) {
            all.addAll(List.of("--user", "LAB\\anna", "--password-file", password.toString(), "--timeout", "60s"));
            all.addAll(List.of("--support-bundle", bundle.toString()));
        }
        if (command[0].equals("connect")) {
            all.addAll(List.of("--record", recording.toString(), "--type", TYPED));
        }
        int code = 0;
        for (List<String> form : List.of(List.of("-v"), List.of("-v", "--json"))) {
            List<String> line = new ArrayList<>(all);
            line.addAll(form);
            Shell shell = new Shell();
            ByteArrayOutputStream log = new ByteArrayOutputStream();
            PrintStream before = System.err;
            try {
                System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8)); // where the log goes
                code = shell.run(line.toArray(String[]::new));
            } finally {
                System.setErr(before);
            }
            written.put(number + " " + form + " " + String.join(" ", command), shell.out() + shell.err() + log);
            assertThat(code).as(shell.out() + shell.err()).isEqualTo(expected);
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.startsWith("recording-" + number)) {
                    written.put(name, unpacked(Files.readString(file)));
                } else if (name.startsWith("bundle-" + number)) {
                    bundle(file);
                }
            }
        }
        return code;
    }

    private void bundle(Path file) throws IOException {
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(file))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                written.put(file.getFileName() + "/" + entry.getName(), unpacked(text));
                assertThat(unpacked(text))
                        .as(entry.getName())
                        .doesNotContainIgnoringCase("anna", "rdphost", "127.0.0.", "localhost", "alice", "LAB\\");
            }
        }
    }

    /** The text, and what is in the Base64 of its lines, as characters. */
    private static String unpacked(String text) {
        StringBuilder all = new StringBuilder(text);
        Matcher data = Pattern.compile("\"data\":\"([^\"]*)\"").matcher(text);
        while (data.find()) {
            all.append('\n').append(new String(Base64.getDecoder().decode(data.group(1)), StandardCharsets.ISO_8859_1));
        }
        return all.toString();
    }

    /** A secret in the forms in which it may slip through. */
    private static Set<String> forms(String secret) {
        Set<String> forms = new LinkedHashSet<>();
        forms.add(secret);
        forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
        for (byte[] octets :
                List.of(secret.getBytes(StandardCharsets.UTF_8), secret.getBytes(StandardCharsets.UTF_16LE))) {
            forms.add(new String(octets, StandardCharsets.ISO_8859_1));
            forms.add(HexFormat.of().formatHex(octets));
            forms.add(HexFormat.of().withUpperCase().formatHex(octets));
            for (int before = 0; before < 3; before++) { // wherever it stands in what was encoded
                byte[] shifted = new byte[before + octets.length];
                System.arraycopy(octets, 0, shifted, before, octets.length);
                int whole = shifted.length / 3 * 4;
                int from = before == 0 ? 0 : 4;
                if (whole - from >= SHORTEST) {
                    forms.add(Base64.getEncoder().encodeToString(shifted).substring(from, whole));
                    forms.add(Base64.getUrlEncoder().encodeToString(shifted).substring(from, whole));
                }
            }
        }
        return forms;
    }

    private void searched() {
        for (String secret : secrets) {
            for (String form : forms(secret)) {
                written.forEach((where, text) -> assertThat(text.contains(form))
                        .as("a form of a secret of " + secret.length() + " characters, " + form.substring(0, 4)
                                + "..., in " + where)
                        .isFalse());
            }
        }
    }

    private RdpHost aad(MockAuthority authority, String... faults) {
        return RdpHost.builder()
                .certificate(identity.key(), identity.certificate())
                .aad(new EntraAssertionCheck(
                        Expectations.host(RdpResource.named("rdphost"), authority.keys(), authority),
                        Clock.systemUTC(),
                        Runnable::run))
                .faults(Arrays.stream(faults)
                        .map(name -> Faults.named(name).orElseThrow())
                        .toArray(Fault[]::new))
                .start();
    }

    @Test
    void noSecretIsWritten() throws Exception {
        passwords();
        entra();
        desktops();
        searched();
        assertThat(written).hasSizeGreaterThan(60);
        assertThat(secrets).hasSizeGreaterThan(12);
    }

    private void passwords() throws IOException {
        NlaHost users = NlaHost.of(List.of(HostUser.of("anna", PASSWORD)), Runnable::run);
        NlaHost others = NlaHost.of(List.of(HostUser.of("anna", "another one")), Runnable::run);
        try (RdpHost host = RdpHost.builder().nla(users).start();
                RdpHost wrong = RdpHost.builder().nla(others).start();
                RdpHost plain = RdpHost.builder().tls().start()) {
            run(0, "connect", "127.0.0.1:" + host.port(), "--certificate", "ignore");
            run(50, "connect", "127.0.0.1:" + wrong.port(), "--certificate", "ignore");
            run(50, "probe", "127.0.0.1:" + wrong.port(), "--until", "auth", "--certificate", "ignore");
            run(0, "connect", "127.0.0.1:" + plain.port(), "--security", "tls", "--certificate", "ignore");
            run(57, "connect", "127.0.0.1:" + plain.port(), "--certificate", "strict");
        }
        try (RdpHost target = RdpHost.builder()
                        .bind(new InetSocketAddress("127.0.0.2", 0))
                        .rdstls(tickets)
                        .start();
                RdpHost broker = RdpHost.builder()
                        .port(target.port())
                        .tls()
                        .redirect(new RedirectionBuilder()
                                .address("127.0.0.2")
                                .user("anna")
                                .domain("LAB")
                                .password(Secret.of(ELSEWHERE), tickets, UUID.randomUUID())
                                .build()
                                .orElseThrow())
                        .start()) {
            run(0, "connect", "127.0.0.1:" + broker.port(), "--certificate", "ignore");
        }
        try (RdpHost loop = RdpHost.builder()
                .tls()
                .redirect(new RedirectionBuilder()
                        .loadBalanceInfo(LOAD_BALANCE)
                        .password(Secret.of(ELSEWHERE))
                        .build()
                        .orElseThrow())
                .start()) {
            run(58, "connect", "127.0.0.1:" + loop.port(), "--certificate", "ignore");
        }
    }

    private void entra() throws Exception {
        Path cache = folder.resolve("cache/tokens.json");
        try (MockAuthority authority = MockAuthority.start(MockAuthoritySettings.defaults());
                MockAuthority refusing =
                        MockAuthority.start(MockAuthoritySettings.defaults().faults(EntraFault.TOKEN_REFUSED));
                RdpHost host = aad(authority);
                RdpHost stern = aad(authority, "result-sec-e-invalid-token")) {
            String[] at = {
                "--token-cache",
                cache.toString(),
                "--authority",
                authority.hostAndPort(),
                "--authority-ca-file",
                Files.writeString(folder.resolve("ca.pem"), authority.certificatePem())
                        .toString()
            };
            run(0, with(at, "login"));
            String[] entra = with(at, "--security", "aad", "--entra-name", "rdphost", "--certificate", "ignore");
            run(0, with(entra, "connect", "127.0.0.1:" + host.port()));
            run(16, with(entra, "connect", "127.0.0.1:" + stern.port()));
            run(16, with(entra, "probe", "127.0.0.1:" + stern.port(), "--until", "auth"));
            run(0, "token", "show", "--token-cache", cache.toString());
            Matcher token = Pattern.compile("\"token\":\"([^\"]+)\"").matcher(Files.readString(cache));
            while (token.find()) {
                secret(token.group(1));
            }
            Path key = folder.resolve("pop.pem");
            PopKey pop = PopKey.generate(random);
            pop.write(key);
            keys(pop.toPem(), pop.toJwk());
            at[3] = refusing.hostAndPort();
            at[5] = Files.writeString(folder.resolve("ca2.pem"), refusing.certificatePem())
                    .toString();
            run(
                    10,
                    with(
                            at,
                            "connect",
                            "127.0.0.1:" + host.port(),
                            "--security",
                            "aad",
                            "--entra-name",
                            "rdphost",
                            "--certificate",
                            "ignore",
                            "--access-token-file",
                            Files.writeString(
                                            folder.resolve("token"),
                                            secrets.stream()
                                                    .filter(secret ->
                                                            secret.startsWith("eyJ") && !secret.equals(AVD_TOKEN))
                                                    .findFirst()
                                                    .orElseThrow())
                                    .toString(),
                            "--pop-key-file",
                            key.toString()));
            written.put("what a key says", pop + " " + RdpAccessToken.of(AVD_TOKEN));
        }
    }

    private static String[] with(String[] options, String... before) {
        return Stream.concat(Stream.of(before), Stream.of(options)).toArray(String[]::new);
    }

    /** A token, and its signature alone. */
    private void secret(String token) {
        secrets.add(token);
        String[] parts = token.split("\\.");
        if (parts.length == 3) {
            secrets.add(parts[2]);
        }
    }

    private void keys(String pem, String jwk) {
        pem.lines().filter(line -> !line.startsWith("-")).skip(2).forEach(line -> {
            if (line.length() > SHORTEST) {
                secrets.add(line);
            }
        });
        Matcher part = Pattern.compile("\"(d|p|q|dp|dq|qi)\":\"([^\"]+)\"").matcher(jwk);
        while (part.find()) {
            secrets.add(part.group(2));
        }
    }

    private void desktops() throws Exception {
        for (Map.Entry<Set<AvdFault>, Integer> each : Map.of(
                        Set.<AvdFault>of(), 0, Set.of(AvdFault.BROKER_NO_HOST), 44, Set.of(AvdFault.UPGRADE_GONE), 41)
                .entrySet()) {
            try (AvdLab avd = AvdLab.start(folder, "anna", PASSWORD, AVD_TOKEN, each.getKey())) {
                run(each.getValue(), avd.connect("avd:Demo/Desktop"));
            }
        }
    }

    /** Raw octets of one connection, for a test that has to know what was secret in it, and the same made harmless. */
    private static final class Raw implements Recorder {
        final List<DecodedPdu> pdus = new ArrayList<>();
        final SafeTranscript safe;
        private final CaptureDecoder decoder = new CaptureDecoder(Capture.Origin.FIRST_OCTET, pdus::add);

        Raw() {
            Pseudonyms names = new Pseudonyms();
            safe = new SafeTranscript(names, new SafeFacts(names));
        }

        @Override
        public void again() {}

        @Override
        public synchronized void octets(Duration at, Direction direction, ByteBuf octets) {
            decoder.octets(at, direction, Bytes.of(ByteBufUtil.getBytes(octets)));
            safe.octets(at, direction, octets);
        }

        @Override
        public void tls(Duration at, String version, String cipher, Optional<byte[]> certificate) {
            safe.tls(at, version, cipher, certificate);
        }

        @Override
        public void mark(Duration at, String name, Map<String, ?> facts) {
            safe.mark(at, name, facts);
        }

        @Override
        public void end(Duration at, String reason) {
            safe.end(at, reason);
        }
    }

    /** What the host alone knows, such as the cookie that takes a session over, and what it gives out for another host. */
    @Test
    void whatTheHostGivesOutIsBlankedToo() throws Exception {
        List<Raw> connections = new ArrayList<>();
        try (RdpHost target = RdpHost.builder()
                        .bind(new InetSocketAddress("127.0.0.2", 0))
                        .rdstls(tickets)
                        .start();
                RdpHost broker = RdpHost.builder()
                        .port(target.port())
                        .tls()
                        .redirect(new RedirectionBuilder()
                                .address("127.0.0.2")
                                .user("anna")
                                .domain("LAB")
                                .password(Secret.of(ELSEWHERE), tickets, UUID.randomUUID())
                                .build()
                                .orElseThrow())
                        .start();
                RdpClient client = new RdpClient()) {
            ConnectionSpec spec = ConnectionSpec.of(
                            Target.of("127.0.0.1", broker.port()), List.of(new TlsSecurityLayer()), new Trust.Ignore())
                    .withCredentials(new Credentials("anna", "LAB", Secret.of(PASSWORD)));
            RdpSession session = client.connect(
                            spec,
                            SessionOptions.DEFAULT
                                    .withTranscripts(() -> {
                                        connections.add(new Raw());
                                        return connections.get(connections.size() - 1);
                                    })
                                    .withRecording(new SessionOptions.RecordingOptions(
                                            folder.resolve("session.porthole"), false)))
                    .get(60, TimeUnit.SECONDS);
            session.firstFrame().get(60, TimeUnit.SECONDS);
            session.input().type(TYPED).get(60, TimeUnit.SECONDS);
            session.disconnect("done").get(60, TimeUnit.SECONDS);
            written.put("spec", spec + " " + spec.credentials() + " " + SessionOptions.DEFAULT);
        }
        Set<String> names = new TreeSet<>();
        for (int i = 0; i < connections.size(); i++) {
            Raw raw = connections.get(i);
            written.put("transcript " + i, unpacked(new String(raw.safe.recording(), StandardCharsets.UTF_8)));
            Path recording = SessionOptions.RecordingOptions.numbered(folder.resolve("session.porthole"), i + 1);
            written.put("recording " + i, unpacked(Files.readString(recording)));
        }
        for (Raw raw : connections) {
            raw.pdus.stream().flatMap(pdu -> pdu.fields().stream()).forEach(field -> given(field, names));
        }
        assertThat(names).contains("password", "redirectionGuid", "arcRandomBits");
        assertThat(connections).hasSize(2);
        searched();
    }

    private void given(DecodedPdu.Field field, Set<String> names) {
        String name = field.path().substring(field.path().lastIndexOf('.') + 1);
        if (List.of("autoReconnectCookie", "arcRandomBits", "securityVerifier", "password", "redirectionGuid")
                        .contains(name)
                && field.value() instanceof Bytes octets
                && octets.size() >= SHORTEST
                && octets.toHex().chars().distinct().count() > 4) {
            names.add(name);
            written.forEach((where, text) -> assertThat(text)
                    .as(field.path() + " in " + where)
                    .doesNotContain(octets.toAscii(), octets.toHex(), octets.toString()));
        }
    }

    /** Neither the exception nor any of its causes says a secret, nor does what was being tried. */
    @Test
    void exceptionsAndSettingsSayNothing() throws Exception {
        NlaHost others = NlaHost.of(List.of(HostUser.of("anna", "another one")), Runnable::run);
        try (RdpHost host = RdpHost.builder().nla(others).start();
                RdpClient client = new RdpClient()) {
            ConnectionSpec spec = ConnectionSpec.of(
                            Target.of("127.0.0.1", host.port()),
                            List.of(new NlaSecurityLayer(NlaSettings.of(Clock.systemUTC()))),
                            new Trust.Ignore())
                    .withCredentials(new Credentials("anna", "LAB", Secret.of(PASSWORD)));
            Throwable thrown = null;
            try {
                client.connect(spec).get(60, TimeUnit.SECONDS);
            } catch (Exception e) {
                thrown = e;
            }
            assertThat(thrown).isNotNull();
            StringWriter trace = new StringWriter();
            thrown.printStackTrace(new PrintWriter(trace));
            written.put("exception", thrown + trace.toString());
            written.put("settings", spec + " " + spec.credentials() + " " + spec.security());
            searched();
        }
    }
}
