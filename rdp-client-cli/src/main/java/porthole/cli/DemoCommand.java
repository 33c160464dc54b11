package porthole.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import porthole.aad.entra.EntraHttp;
import porthole.aad.rdsaad.RdsAadSecurityLayer;
import porthole.aad.rdsaad.RdsAadSettings;
import porthole.aad.signin.EndpointTokenSource;
import porthole.cli.output.JsonText;
import porthole.cli.output.StageTable;
import porthole.cli.rdpfile.RdpFile;
import porthole.cli.session.LiveDesktop;
import porthole.client.RdpClient;
import porthole.client.SessionOptions;
import porthole.host.RdpHost;
import porthole.host.avd.AvdHost;
import porthole.host.entra.MockAuthority;
import porthole.host.entra.MockAuthoritySettings;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.Stage;
import porthole.transport.ClientSettings;
import porthole.transport.ConnectionSpec;
import porthole.transport.Deadlines;
import porthole.transport.Target;
import porthole.transport.Trust;

/** Shows the main job without any other machine: signs in to the built-in host with Entra ID and takes its picture. */
@Command(
        name = "demo",
        description = "Sign in to a built-in RDP host with a built-in Entra authority, type a key, take a picture.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  porthole demo",
            "  porthole demo --screenshot card.png --json",
            "  porthole demo --avd",
            "",
            "Everything happens on the loopback address. Exit code 0 says that the picture came, and changed after the key."
        })
final class DemoCommand extends PortholeCommand {
    private static final String NAME = "localhost";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration QUIET = Duration.ofMillis(200);

    @Option(names = "--screenshot", paramLabel = "FILE", description = "Where the picture goes (default: demo.png).")
    private Path screenshot = Path.of("demo.png");

    @Option(
            names = "--avd",
            description =
                    "Go the whole way of Azure Virtual Desktop: one sign-in, feed, broker, gateway, then the host "
                            + "by Entra ID, and once more by a password under the broker's key.")
    private boolean avd;

    @Override
    ExitCode run() throws IOException, InterruptedException {
        return avd ? throughAvd() : direct();
    }

    private StageTable stages() {
        return new StageTable(isVerbose(), row -> output().data(row.text(), row.object()));
    }

    private ExitCode throughAvd() throws IOException, InterruptedException {
        long start = System.nanoTime();
        try (AvdDemo demo = new AvdDemo(stages())) {
            output().say(demo.services());
            String user = demo.signIn();
            output().say(user + " is signed in; every further token comes from this sign-in");
            RdpFile file = demo.file(AvdHost.DESKTOP);
            LiveDesktop byEntra = demo.desktop(file);
            AvdDemo.look(byEntra, Optional.of("porthole"));
            Map<String, Object> event = new LinkedHashMap<>();
            event.put("event", "screenshot");
            event.put("security", "aad");
            event.putAll(byEntra.screenshot(screenshot, true));
            event.put("ms", Duration.ofNanos(System.nanoTime() - start));
            output().data(done("Entra ID", start, "the picture, after a key, is in " + screenshot), event);
            byEntra.disconnect();
            LiveDesktop byPassword = demo.desktop(demo.file(AvdHost.DESKTOP_WITH_PASSWORD));
            AvdDemo.look(byPassword, Optional.empty());
            Map<String, Object> second = new LinkedHashMap<>();
            second.put("event", "seen");
            second.put("security", "rdstls");
            second.put("width", byPassword.session().width());
            second.put("height", byPassword.session().height());
            second.put("ms", Duration.ofNanos(System.nanoTime() - start));
            output().data(done("a password under the broker's key", start, "the picture is the same card"), second);
            byPassword.disconnect();
        }
        return ExitCode.OK;
    }

    private static String done(String by, long start, String picture) {
        return String.format(
                Locale.ROOT,
                "the whole way, signed in by %s, after %.1f ms; %s",
                by,
                JsonText.milliseconds(Duration.ofNanos(System.nanoTime() - start)),
                picture);
    }

    private ExitCode direct() throws IOException, InterruptedException {
        try (EmbeddedHost embedded =
                        EmbeddedHost.aad(RdpHost.builder().name(NAME), NAME, MockAuthoritySettings.defaults());
                RdpClient client = new RdpClient()) {
            MockAuthority authority = embedded.authority().orElseThrow();
            output().say("mock Entra authority on " + authority.authority().base() + ", RDP host on port "
                    + embedded.host().port());
            try (EntraHttp http = EntraHttp.trusting(authority.clientTls(), PATIENCE)) {
                return signIn(embedded.host(), authority, http, client);
            }
        }
    }

    private ExitCode signIn(RdpHost host, MockAuthority authority, EntraHttp http, RdpClient client)
            throws IOException, InterruptedException {
        SecureRandom random = new SecureRandom();
        RdsAadSecurityLayer aad = new RdsAadSecurityLayer(new RdsAadSettings(
                new EndpointTokenSource(authority.authority(), http, Clock.systemUTC(), random),
                Optional.empty(),
                authority.authority(),
                http,
                Clock.systemUTC(),
                random));
        Target target = Target.of("127.0.0.1", host.port()).withTlsName(NAME).withEntraName(NAME);
        ConnectionSpec spec = ConnectionSpec.of(target, List.of(aad), new Trust.Pin(host.certificateSha256()))
                .withDeadlines(Deadlines.within(PATIENCE))
                .withClient(ClientSettings.DEFAULT.but().width(1024).height(768).build());
        StageTable table = stages();
        LiveDesktop desktop = new LiveDesktop(client, spec, SessionOptions.DEFAULT.withObserver(table));
        desktop.connect();
        desktop.awaitQuiet(QUIET, PATIENCE);
        desktop.type("porthole");
        if (!desktop.awaitChange(PATIENCE)) {
            throw new LocalFailure(
                            "deadline",
                            "the picture did not change after a key",
                            desktop.session().frames() + " frames",
                            "a test card that shows the keys",
                            "please report it with the output of -v")
                    .in(Stage.ACTIVE);
        }
        desktop.awaitQuiet(QUIET, PATIENCE);
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("event", "screenshot");
        event.putAll(desktop.screenshot(screenshot, true));
        event.put("ms", table.rows().get(table.rows().size() - 1).at());
        output().data(
                        String.format(
                                Locale.ROOT,
                                "signed in and painted after %.1f ms; the picture, after a key, is in %s",
                                JsonText.milliseconds(table.rows()
                                        .get(table.rows().size() - 1)
                                        .at()),
                                screenshot),
                        event);
        desktop.disconnect();
        return ExitCode.OK;
    }
}
