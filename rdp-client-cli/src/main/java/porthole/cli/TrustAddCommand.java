package porthole.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import porthole.cli.base.UsageException;
import porthole.cli.option.KnownHostsOptions;
import porthole.cli.option.TlsEngineOptions;
import porthole.cli.option.Values;
import porthole.cli.output.JsonText;
import porthole.cli.session.Outcomes;
import porthole.client.RdpClient;
import porthole.client.probe.ProbeResult;
import porthole.client.probe.Prober;
import porthole.client.probe.StageResult;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.Stage;
import porthole.transport.CertificateHashes;
import porthole.transport.CertificatePin;
import porthole.transport.ConnectionSpec;
import porthole.transport.Deadlines;
import porthole.transport.Target;
import porthole.transport.TlsSecurityLayer;
import porthole.transport.Trust;
import porthole.transport.tls.KnownHosts;

/** Keeps the certificates that hosts show now, or showed to a probe. */
@Command(
        name = "add",
        sortOptions = false,
        description = "Connect up to TLS, show the host's certificate and keep it for --certificate tofu.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  porthole trust add host.example 10.0.0.7:3390",
            "  porthole trust add host.example --expect spki:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
            "  porthole probe host.example --until tls --certificate ignore --json | porthole trust add --from-probe -",
            "",
            "Compare the hashes with the host's own before you rely on them, or give --expect."
        })
final class TrustAddCommand extends PortholeCommand {
    private static final int LONGEST_INPUT = 64 << 20;

    @Parameters(arity = "0..*", paramLabel = "HOST", description = "HOST, HOST:PORT or [IPv6]:PORT.")
    private List<String> targets = List.of();

    @Option(
            names = "--from-probe",
            paramLabel = "FILE",
            description = "Keep what 'porthole probe --json' saw, without connecting; - is standard input.")
    private String probe;

    @Option(
            names = "--expect",
            paramLabel = "PIN",
            description = "Keep nothing else than this: sha256:HEX or spki:BASE64, several with commas.")
    private String expected;

    @Option(names = "--replace", description = "Keep the certificate even if another one was known.")
    private boolean replace;

    @Option(names = "--timeout", paramLabel = "TIME", description = "For each host (default: 10s).")
    private String timeout = "10s";

    @Mixin
    private KnownHostsOptions knownHosts;

    @Mixin
    private TlsEngineOptions tlsEngine;

    @Override
    ExitCode run() throws IOException, InterruptedException {
        if (targets.isEmpty() == (probe == null)) {
            throw new UsageException("give either one or more hosts or --from-probe FILE");
        }
        Optional<Trust.Pin> pins = pins();
        KnownHosts hosts = new KnownHosts(knownHosts.file(surroundings()));
        return probe == null ? addShown(hosts, pins) : addProbed(hosts, pins);
    }

    private Optional<Trust.Pin> pins() {
        try {
            return Optional.ofNullable(expected).map(Trust.Pin::new);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--expect: " + e.getMessage(), e);
        }
    }

    private ExitCode addShown(KnownHosts hosts, Optional<Trust.Pin> pins) throws IOException, InterruptedException {
        List<Target> all = targets.stream().map(Values::target).toList();
        Duration each = Values.duration(timeout);
        if (each.isZero()) {
            throw new UsageException("--timeout: the time has to be longer than nothing");
        }
        ExitCode worst = ExitCode.OK;
        try (RdpClient client = tlsEngine.client(surroundings())) {
            Prober prober = new Prober(client, 1);
            for (Target target : all) {
                ConnectionSpec spec = ConnectionSpec.of(
                                target,
                                List.of(new TlsSecurityLayer()),
                                pins.<Trust>map(pin -> pin).orElseGet(Trust.Ignore::new))
                        .withDeadlines(Deadlines.within(each));
                ProbeResult result = Outcomes.of(prober.upToTls(spec));
                if (result.failure().isPresent()) {
                    output().failure(result.failure().get());
                    worst = worst.orWorse(ExitCode.of(result.failure().get()));
                } else {
                    Map<String, Object> tls = result.stages().stream()
                            .filter(stage -> stage.stage() == Stage.TLS)
                            .map(StageResult::evidence)
                            .findFirst()
                            .orElseThrow();
                    worst = worst.orWorse(keep(hosts, target.toString(), tls));
                }
            }
        }
        return worst;
    }

    private ExitCode addProbed(KnownHosts hosts, Optional<Trust.Pin> pins) throws IOException {
        List<Map<String, Object>> stages = new ArrayList<>();
        for (String line : read().lines().filter(text -> !text.isBlank()).toList()) {
            Map<String, Object> event = JsonText.readObject(line);
            if ("stage".equals(event.get("event"))
                    && Stage.TLS.label().equals(event.get("stage"))
                    && Boolean.TRUE.equals(event.get("ok"))) {
                Map<String, Object> stage = new LinkedHashMap<>();
                if (event.get("evidence") instanceof Map<?, ?> evidence) {
                    evidence.forEach((name, value) -> stage.put(String.valueOf(name), value));
                }
                stage.put("target", event.get("target"));
                stages.add(stage);
            }
        }
        if (stages.isEmpty()) {
            throw new UsageException("--from-probe: no TLS stage is in it that was reached; probe with --until tls"
                    + " --certificate ignore --json");
        }
        ExitCode worst = ExitCode.OK;
        for (Map<String, Object> stage : stages) {
            String endpoint = Values.target(String.valueOf(stage.get("target"))).toString();
            if (pins.isPresent() && pins.get().pins().stream().noneMatch(pin -> pin.matches(hashes(stage)))) {
                LocalFailure failure = new LocalFailure(
                        "certificate-pin",
                        endpoint + " showed the probe another certificate than the expected one",
                        hashes(stage).toString(),
                        expected,
                        "find out which of the two is the host's");
                output().failure(failure.in(Stage.TLS));
                worst = worst.orWorse(ExitCode.CERTIFICATE_UNTRUSTED);
            } else {
                worst = worst.orWorse(keep(hosts, endpoint, stage));
            }
        }
        return worst;
    }

    private String read() throws IOException {
        try (InputStream in = probe.equals("-") ? surroundings().in() : Files.newInputStream(Path.of(probe))) {
            byte[] octets = in.readNBytes(LONGEST_INPUT + 1);
            if (octets.length > LONGEST_INPUT) {
                throw new UsageException("--from-probe: more than " + LONGEST_INPUT + " octets");
            }
            return new String(octets, StandardCharsets.UTF_8);
        }
    }

    private static CertificateHashes hashes(Map<String, Object> tls) {
        try {
            return new CertificateHashes(
                    CertificatePin.parse("sha256:" + tls.get("sha256")).sha256(),
                    CertificatePin.parse("spki:" + tls.get("spki")).sha256());
        } catch (IllegalArgumentException e) {
            throw new UsageException("the TLS stage has no hashes of a certificate: " + e.getMessage(), e);
        }
    }

    private ExitCode keep(KnownHosts hosts, String endpoint, Map<String, Object> tls) throws IOException {
        CertificateHashes hashes = hashes(tls);
        KnownHosts.Verdict verdict = hosts.judge(endpoint, hashes);
        String change = switch (verdict) {
            case ADDED -> "added";
            case KNOWN -> "already known";
            case RENEWED -> "renewed with the known key";
            case CHANGED -> "replaced";
        };
        if (verdict == KnownHosts.Verdict.CHANGED) {
            if (!replace) {
                output().failure(new LocalFailure(
                                "certificate-changed",
                                endpoint + " shows another certificate than the known one",
                                hashes.toString(),
                                hosts.find(endpoint).toString(),
                                "make sure that the new one is the host's, then add it with --replace")
                        .in(Stage.TLS));
                return ExitCode.CERTIFICATE_UNTRUSTED;
            }
            hosts.put(endpoint, hashes);
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("endpoint", endpoint);
        object.put("change", change);
        object.put("sha256", hashes.certificate());
        object.put("spki", hashes.publicKeyBase64());
        for (String fact : List.of("subject", "issuer", "notBefore", "notAfter")) {
            object.put(fact, tls.get(fact));
        }
        output().data(
                        endpoint + " " + change + "\n  " + hashes.toString().replace(" ", "\n  ") + "\n  subject "
                                + tls.get("subject") + ", issuer " + tls.get("issuer") + ", until "
                                + tls.get("notAfter"),
                        object);
        return ExitCode.OK;
    }
}
