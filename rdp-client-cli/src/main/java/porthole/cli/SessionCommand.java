package porthole.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import porthole.cli.base.UsageException;
import porthole.cli.control.ControlLoop;
import porthole.cli.option.AvdOptions;
import porthole.cli.option.DecodeOptions;
import porthole.cli.option.DesktopOptions;
import porthole.cli.option.EntraOptions;
import porthole.cli.option.HostOptions;
import porthole.cli.option.LicenseOptions;
import porthole.cli.option.ReconnectOptions;
import porthole.cli.option.Values;
import porthole.cli.output.BrokerLines;
import porthole.cli.output.NegotiationLines;
import porthole.cli.output.Output;
import porthole.cli.output.StageTable;
import porthole.cli.output.WholeFile;
import porthole.cli.rdpfile.GatewayKeys;
import porthole.cli.rdpfile.RdpFile;
import porthole.cli.rdpfile.RdpLine;
import porthole.cli.rdpfile.signature.RdpSignature;
import porthole.cli.rdpfile.signature.SignatureReport;
import porthole.cli.session.FrameOptions;
import porthole.cli.session.FrameRecorder;
import porthole.cli.session.LiveDesktop;
import porthole.cli.session.SecurityChoice;
import porthole.cli.session.SessionEvents;
import porthole.cli.support.SupportOptions;
import porthole.client.RdpClient;
import porthole.client.ReconnectPolicy;
import porthole.client.SessionOptions;
import porthole.client.explain.AttemptEvidence;
import porthole.client.support.SupportAttempt;
import porthole.client.support.SupportBundle;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.Stage;
import porthole.transport.ConnectionObserver;
import porthole.transport.ConnectionSpec;
import porthole.transport.Credentials;
import porthole.transport.SessionEnd;
import porthole.transport.Target;

/** Connects to a host, does what was asked, and ends; or lets a program drive the session. */
abstract class SessionCommand extends PortholeCommand {
    private static final Duration QUIET = Duration.ofMillis(500);
    private static final Duration QUIET_DEADLINE = Duration.ofSeconds(10);
    private static final int GOODBYE_SECONDS = 5;

    @Mixin
    private HostOptions hostOptions;

    @Mixin
    private EntraOptions entraOptions;

    @Mixin
    private DesktopOptions desktopOptions;

    @Mixin
    private DecodeOptions decodeOptions;

    @Mixin
    private FrameOptions frameOptions;

    @Mixin
    private AvdOptions avdOptions;

    @Mixin
    private LicenseOptions licenseOptions;

    @Mixin
    private ReconnectOptions reconnectOptions;

    @Mixin
    private SupportOptions supportOptions;

    private Optional<SupportAttempt> support = Optional.empty();

    @Option(names = "--type", paramLabel = "TEXT", description = "Type this text after the first frame.")
    private String text;

    @Option(
            names = "--screenshot",
            paramLabel = "FILE.png",
            description = "Write the picture there, once it is quiet for half a second.")
    private Path screenshot;

    @Option(names = "--pointer", description = "Draw the pointer into screenshots.")
    private boolean pointer;

    @Option(names = "--duration", paramLabel = "TIME", description = "Stay that long, for example 30s or 8h.")
    private String duration;

    @Option(names = "--record", paramLabel = "FILE", description = "Record every octet above TLS there (mode 0600).")
    private Path recording;

    @Option(names = "--record-secrets", description = "Keep passwords, tokens and keystrokes in the recording.")
    private boolean recordSecrets;

    @Option(
            names = "--control",
            paramLabel = "-",
            description = "Read commands from standard input and write events to standard output, as JSON lines.")
    private String control;

    /** A host, a connection file, or a resource of Azure Virtual Desktop as {@link AvdOptions#isResource} has it. */
    abstract String target();

    @Override
    ExitCode run() throws IOException, InterruptedException, ExecutionException {
        checkCombinations();
        entraOptions.signInAs(hostOptions, surroundings());
        support = supportOptions.begin(specification()).map(SupportBundle::attempt);
        support.ifPresent(attempt -> supportedBy(supportOptions, attempt));
        try (RdpClient client = hostOptions.client(surroundings())) {
            return connected(file(client), client);
        }
    }

    private RdpFile file(RdpClient client) throws InterruptedException, ExecutionException {
        if (AvdOptions.isResource(target())) {
            return avdOptions.file(target(), surroundings(), entraOptions, hostOptions, client.blocking());
        }
        return RdpFile.isNamedBy(target()) ? RdpFile.read(Path.of(target())) : RdpFile.empty();
    }

    private ExitCode connected(RdpFile file, RdpClient client)
            throws IOException, InterruptedException, ExecutionException {
        if (RdpFile.isNamedBy(target())) {
            supportOptions.lint(Path.of(target()), hostOptions.signers(surroundings()));
        }
        explain(file);
        entraOptions.defaultTo(file);
        Optional<Path> unfinished = Optional.ofNullable(recording).map(WholeFile::beside);
        try (SecurityChoice security = security(file, client)) {
            ConnectionSpec spec = specification(file, security, client);
            if (file.azure().isArm()) {
                boolean asked = file.wantsEntra() || security.layers().size() == 1;
                boolean entra = asked && security.layers().get(0).name().equals("aad");
                spec = avdOptions.through(
                        spec, file, entra, surroundings(), entraOptions, hostOptions, client.blocking());
            }
            return connected(client, spec, reconnectOptions.policy(surroundings(), file), unfinished);
        } finally {
            if (unfinished.isPresent()) {
                keepRecordings(unfinished.get());
            }
        }
    }

    /** Says what of a file has no effect, and what its signature is worth. */
    private void explain(RdpFile file) {
        if (!file.ignored().isEmpty()) {
            output().say("porthole: " + target() + ": no effect here: " + String.join(", ", file.ignored()));
        }
        SignatureReport signature = RdpSignature.verify(file.document(), hostOptions.signers(surroundings()));
        if (signature.state() == SignatureReport.State.ALTERED) {
            throw new UsageException(target() + ": " + signature.why()
                    + "; get the file again, or take 'signature' out of it to connect to what it says now");
        }
        if (signature.state() != SignatureReport.State.UNSIGNED && !signature.isTrusted()) {
            String why = signature.state() == SignatureReport.State.VALID
                    ? "the signature does not cover " + String.join(", ", RdpLine.shown(signature.outside()))
                    : signature.why();
            output().say("porthole: " + target() + ": " + why);
        }
    }

    /** One file for each connection that the session had. */
    private void keepRecordings(Path unfinished) throws IOException {
        for (int connection = 1; ; connection++) {
            Path written = SessionOptions.RecordingOptions.numbered(unfinished, connection);
            if (!Files.exists(written)) {
                return;
            }
            WholeFile.moveInto(written, SessionOptions.RecordingOptions.numbered(recording, connection));
        }
    }

    private void checkCombinations() {
        if (control == null) {
            return;
        }
        if (!control.equals("-")) {
            throw new UsageException("--control: only - is possible, for standard input and output");
        }
        if (screenshot != null || text != null || duration != null) {
            throw new UsageException("--control excludes --screenshot, --type and --duration: send commands instead");
        }
        if (hostOptions.readsStandardInput()) {
            throw new UsageException("--control - and --password-file - both want standard input");
        }
    }

    private SecurityChoice security(RdpFile file, RdpClient client) {
        HostOptions.Security wanted = hostOptions.security(surroundings(), file);
        return new SecurityChoice(
                wanted,
                hostOptions.securityFloor(surroundings(), wanted),
                true,
                hostOptions.nla(surroundings()),
                hostOptions.standardSecurity(surroundings()),
                entraOptions,
                hostOptions.proxies(surroundings()),
                surroundings(),
                hostOptions.deadlines(surroundings()).total(),
                client.blocking());
    }

    private ConnectionSpec specification(RdpFile file, SecurityChoice security, RdpClient client) {
        String address = target();
        if (RdpFile.isNamedBy(target()) || AvdOptions.isResource(target())) {
            Optional<String> balancer = file.gateway()
                    .map(GatewayKeys::host)
                    .filter(host -> file.azure().isArm());
            address = file.address()
                    .or(() -> balancer) // nobody connects there before the broker has said where to
                    .orElseThrow(() -> new UsageException(target() + " has no 'full address'"));
        }
        Target where = hostOptions.target(address, file);
        Target named = entraOptions.entraName().map(where::withEntraName).orElse(where);
        boolean mayAsk = control == null && !security.layers().get(0).name().equals("aad");
        Credentials credentials = hostOptions.credentials(surroundings(), file, mayAsk);
        return new ConnectionSpec(
                named,
                security.layers(),
                credentials,
                hostOptions.trust(surroundings()),
                hostOptions.deadlines(surroundings()),
                desktopOptions
                        .settings(surroundings(), file)
                        .but()
                        .licenses(licenseOptions.store(
                                surroundings(), client.blocking(), note -> output().say("porthole: " + note)))
                        .build(),
                Stage.ACTIVE,
                hostOptions.route(surroundings(), file, credentials),
                hostOptions.approach(file));
    }

    private ExitCode connected(
            RdpClient client, ConnectionSpec spec, ReconnectPolicy reconnect, Optional<Path> unfinished)
            throws IOException, InterruptedException {
        boolean events = control != null || output().isJson();
        Optional<FrameRecorder> recorder = frameOptions.recorder(note -> output().say("porthole: " + note));
        SessionEvents listener = new SessionEvents(
                events ? output()::json : event -> {}, () -> recorder.ifPresent(FrameRecorder::painted));
        StageTable table = new StageTable(isVerbose(), row -> listener.send(row.object()));
        AttemptEvidence attempt = new AttemptEvidence();
        explainFailuresWith(attempt::explain);
        SessionOptions options = SessionOptions.DEFAULT
                .withObserver(table.and(new NegotiationLines(output(), listener::send))
                        .and(new BrokerLines(output(), listener::send))
                        .and(attempt)
                        .and(support.<ConnectionObserver>map(seen -> seen).orElse(ConnectionObserver.NONE)))
                .withListener(listener)
                .withGraphics(desktopOptions.graphics(surroundings()))
                .withDecodeThreads(decodeOptions.threads(surroundings()))
                .withReconnect(reconnect);
        if (unfinished.isPresent()) {
            options = options.withRecording(new SessionOptions.RecordingOptions(unfinished.get(), recordSecrets));
        }
        if (support.isPresent()) {
            options = options.withTranscripts(support.get()::connection);
        }
        options = desktopOptions
                .bitmapCache(note -> output().say("porthole: " + note))
                .map(options::withBitmapCache)
                .orElse(options);
        LiveDesktop desktop =
                new LiveDesktop(client, spec, options, session -> recorder.ifPresent(frames -> frames.watch(session)));
        CountDownLatch finished = new CountDownLatch(1);
        Thread signal = new Thread(() -> endInOrder(desktop, finished), "porthole-end");
        Runtime.getRuntime().addShutdownHook(signal);
        try {
            desktop.connect();
            if (control != null) {
                return controlled(desktop);
            }
            output().say(String.format(
                    "connected to %s: %dx%d",
                    desktop.target(),
                    desktop.session().width(),
                    desktop.session().height()));
            work(desktop);
            desktop.disconnect();
            return ExitCode.OK;
        } finally {
            client.close(); // now the recording is complete, too
            try {
                if (recorder.isPresent()) {
                    recorder.get().close();
                    output().say("wrote " + recorder.get().files() + " frames");
                }
                if (signal.isAlive()) {
                    supportOptions.write(Optional.empty()); // the process is on its way out
                }
            } finally {
                finished.countDown();
                unhook(signal);
            }
        }
    }

    private static void endInOrder(LiveDesktop desktop, CountDownLatch finished) {
        try {
            desktop.disconnect();
            finished.await(GOODBYE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void unhook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // the process is on its way out, and the hook is running
        }
    }

    private ExitCode controlled(LiveDesktop desktop) throws IOException, InterruptedException {
        ControlLoop loop = new ControlLoop(surroundings().in(), output()::json, desktop, pointer);
        loop.run();
        Optional<SessionEnd> end = Optional.ofNullable(desktop.session().ended().getNow(null));
        boolean failed = end.map(SessionEnd::kind).equals(Optional.of(SessionEnd.Kind.FAILED));
        return failed ? ExitCode.ACTIVE : ExitCode.OK;
    }

    private void work(LiveDesktop desktop) throws IOException, InterruptedException {
        if (text != null) {
            desktop.type(text);
        }
        if ((text != null || screenshot != null) && !desktop.awaitQuiet(QUIET, QUIET_DEADLINE)) {
            output().say("porthole: the picture never came to rest; going on");
        }
        if (screenshot != null) {
            screenshot(desktop);
        }
        if (duration != null) {
            stay(desktop, Values.duration(duration));
        }
    }

    private void screenshot(LiveDesktop desktop) throws IOException {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("event", "screenshot");
        event.putAll(desktop.screenshot(screenshot, pointer));
        output().say("wrote " + screenshot + ": " + event.get("width") + "x" + event.get("height"));
        Output output = output();
        if (output.isJson()) {
            output.json(event);
        }
    }

    private static void stay(LiveDesktop desktop, Duration time) throws InterruptedException {
        SessionEnd end = desktop.session()
                .ended()
                .completeOnTimeout(null, time.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        if (end == null) {
            return;
        }
        throw end.failure()
                .orElseGet(() -> new LocalFailure(
                        "ended-early",
                        "the session ended before its time",
                        end.reason(),
                        "a session of " + time.toSeconds() + " s",
                        "see the host's event log for why it ended the session"))
                .in(Stage.ACTIVE);
    }
}
