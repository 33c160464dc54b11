package porthole.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import porthole.cli.option.DesktopOptions;
import porthole.cli.option.EntraOptions;
import porthole.cli.option.HostOptions;
import porthole.cli.option.Values;
import porthole.cli.output.JsonText;
import porthole.cli.output.NegotiationLines;
import porthole.cli.output.Output;
import porthole.cli.output.StageTable;
import porthole.cli.rdpfile.RdpFile;
import porthole.cli.session.Outcomes;
import porthole.cli.session.SecurityChoice;
import porthole.cli.support.SupportOptions;
import porthole.client.RdpClient;
import porthole.client.SessionOptions;
import porthole.client.probe.OfferedProtocol;
import porthole.client.probe.ProbeResult;
import porthole.client.probe.Prober;
import porthole.client.probe.StageResult;
import porthole.client.support.SupportAttempt;
import porthole.client.support.SupportBundle;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Stage;
import porthole.transport.ConnectionSpec;
import porthole.transport.Credentials;
import porthole.transport.Failures;
import porthole.transport.Target;

/** Goes a part of the way to each host and tells how far it came and how long each stage took. */
@Command(
        name = "probe",
        sortOptions = false,
        description = "Go a part of the way to one or more hosts: how far, how long, and what they offer.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  porthole probe host.example",
            "  porthole probe host.example 10.0.0.7:3390 --until tls --certificate ignore --json",
            "  porthole probe host.example --until x224 --offers",
            "  porthole probe host.example --until auth --support-bundle bundle.zip",
            "  porthole probe host.example --until frame --user monitor --password-env RDP_PASSWORD",
            "",
            "The exit code is that of the stage that failed; of several targets, of the one that failed earliest."
        })
final class ProbeCommand extends PortholeCommand {
    /** How far to go. */
    private enum Until {
        TCP(Stage.CONNECT),
        X224(Stage.CONNECTION_INITIATION),
        TLS(Stage.TLS),
        AUTH(Stage.AUTHENTICATION),
        ACTIVE(Stage.ACTIVE),
        FRAME(Stage.FIRST_FRAME);

        private final Stage stage;

        Until(Stage stage) {
            this.stage = stage;
        }
    }

    @Parameters(arity = "1..*", paramLabel = "TARGET", description = "HOST, HOST:PORT or [IPv6]:PORT.")
    private List<String> targets;

    @Option(
            names = "--until",
            paramLabel = "STAGE",
            description = "tcp, x224, tls, auth, active or frame (default: tls).")
    private String until = "tls";

    @Option(
            names = "--offers",
            description =
                    "Ask which protocols the host accepts, one X.224 round each: RDP, TLS, NLA, NLA-EX, RDSTLS, RDSAAD.")
    private boolean offers;

    @Option(names = "--concurrency", paramLabel = "N", description = "Probes at the same time (default: 8).")
    private String concurrency = "8";

    @Mixin
    private HostOptions hostOptions;

    @Mixin
    private EntraOptions entraOptions;

    @Mixin
    private DesktopOptions desktopOptions;

    @Mixin
    private SupportOptions supportOptions;

    @Override
    ExitCode run() throws InterruptedException {
        Stage goal = Values.word(Until.class, "--until", until).stage;
        int atOnce = (int) Values.number("--concurrency", concurrency, 1, 1000);
        entraOptions.signInAs(hostOptions, surroundings());
        Optional<SupportBundle> support = supportOptions.begin(specification());
        support.ifPresent(bundle -> supportedBy(supportOptions, null));
        List<Target> all = targets.stream().map(this::target).toList();
        try (RdpClient client = hostOptions.client(surroundings());
                SecurityChoice security = security(client, goal)) {
            ConnectionSpec pattern = specification(all.get(0), security, goal);
            Prober prober = new Prober(client, atOnce);
            List<CompletableFuture<ExitCode>> running = new ArrayList<>();
            for (Target target : all) {
                ConnectionSpec spec = pattern.withTarget(target);
                CompletableFuture<ExitCode> probed = probe(prober, spec, support.map(SupportBundle::attempt));
                running.add(probed);
                if (offers) { // afterwards: there are hosts that a question beside it confuses
                    running.add(probed.thenCompose(code -> prober.offered(spec))
                            .thenApply(answers -> printOffers(target, answers))
                            .exceptionally(thrown -> ExitCode.of(failure(thrown))));
                }
            }
            ExitCode worst = ExitCode.OK;
            for (CompletableFuture<ExitCode> one : running) {
                worst = worst.orWorse(Outcomes.of(one));
            }
            return worst;
        }
    }

    private CompletableFuture<ExitCode> probe(Prober prober, ConnectionSpec spec, Optional<SupportAttempt> support) {
        if (support.isEmpty()) {
            return prober.probe(spec).thenApply(this::print);
        }
        SupportAttempt seen = support.get();
        SessionOptions kept = SessionOptions.DEFAULT.withObserver(seen).withTranscripts(seen::connection);
        return prober.probe(spec, kept).thenApply(result -> {
            result.failure().ifPresent(failure -> seen.failed(failure, result.explanation()));
            return print(result);
        });
    }

    private Target target(String text) {
        Target target = hostOptions.target(text, RdpFile.empty());
        return entraOptions.entraName().map(target::withEntraName).orElse(target);
    }

    private SecurityChoice security(RdpClient client, Stage goal) {
        HostOptions.Security wanted = hostOptions.security(surroundings(), RdpFile.empty());
        return new SecurityChoice(
                wanted,
                hostOptions.securityFloor(surroundings(), wanted),
                goal.compareTo(Stage.AUTHENTICATION) >= 0,
                hostOptions.nla(surroundings()),
                hostOptions.standardSecurity(surroundings()),
                entraOptions,
                hostOptions.proxies(surroundings()),
                surroundings(),
                hostOptions.deadlines(surroundings()).total(),
                client.blocking());
    }

    private ConnectionSpec specification(Target first, SecurityChoice security, Stage goal) {
        Credentials credentials = hostOptions.credentials(surroundings(), RdpFile.empty(), false);
        return new ConnectionSpec(
                first,
                security.layers(),
                credentials,
                hostOptions.trust(surroundings()),
                hostOptions.deadlines(surroundings()),
                desktopOptions.settings(surroundings(), RdpFile.empty()),
                goal,
                hostOptions.route(surroundings(), RdpFile.empty(), credentials),
                hostOptions.approach(RdpFile.empty()));
    }

    private static RdpFailure failure(Throwable thrown) {
        return Failures.of(thrown);
    }

    private synchronized ExitCode print(ProbeResult result) {
        String target = result.target().toString();
        if (!output().isJson()) {
            output().text(String.format(
                    Locale.ROOT,
                    "%s  %s  %.1f ms",
                    target,
                    result.ok() ? "reached " + result.until() : "FAILED",
                    JsonText.milliseconds(result.took())));
        }
        for (Map<String, Object> attempt : result.negotiations()) {
            Map<String, Object> object = NegotiationLines.object(attempt);
            object.put("target", target);
            output().data("  " + NegotiationLines.text(attempt), object);
        }
        for (StageResult stage : result.stages()) {
            StageTable.Row row =
                    new StageTable.Row(stage.stage(), stage.ended(), stage.took(), stage.ok(), stage.evidence());
            output().data("  " + row.text(), withTarget(target, row.object()));
        }
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("event", "result");
        event.put("target", target);
        event.put("until", result.until().label());
        event.put("ok", result.ok());
        event.put("ms", result.took());
        result.failure().ifPresent(failure -> {
            event.put("failure", Output.object(failure.report()));
            output().say("porthole: " + target + ": " + failure.report().line());
        });
        if (output().isJson()) {
            result.explanation().ifPresent(explanation -> event.put("explanation", explanation.object()));
            output().json(event);
        } else {
            result.explanation().ifPresent(this::explainBeside);
        }
        return result.failure().map(ExitCode::of).orElse(ExitCode.OK);
    }

    private synchronized ExitCode printOffers(Target target, List<OfferedProtocol> answers) {
        for (OfferedProtocol answer : answers) {
            Map<String, Object> event = new LinkedHashMap<>();
            event.put("event", "offer");
            event.put("target", target.toString());
            event.put("protocol", answer.name());
            event.put("offered", answer.offered());
            event.put("ms", answer.took());
            event.put("code", answer.code().isEmpty() ? null : answer.code());
            answer.refusal().ifPresent(refusal -> event.put("failure", Output.object(refusal.report())));
            String why = answer.refusal()
                    .map(refusal -> answer.code().isEmpty() ? refusal.report().summary() : answer.code())
                    .orElse("");
            output().data(
                            String.format(
                                    Locale.ROOT,
                                    "%s  %-8s %-3s %9.1f ms  %s",
                                    target,
                                    answer.name(),
                                    answer.offered() ? "yes" : "no",
                                    JsonText.milliseconds(answer.took()),
                                    why),
                            event);
        }
        return ExitCode.OK;
    }

    private static Map<String, Object> withTarget(String target, Map<String, Object> object) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("event", "stage");
        event.put("target", target);
        event.putAll(object);
        return event;
    }
}
