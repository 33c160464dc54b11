package porthole.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import porthole.cli.base.UsageException;
import porthole.cli.option.FaultOptions;
import porthole.cli.option.SecretReader;
import porthole.cli.option.Values;
import porthole.host.gateway.GatewayEvent;
import porthole.host.gateway.GatewayFault;
import porthole.host.gateway.GatewayFaults;
import porthole.host.gateway.GatewayHost;
import porthole.host.gateway.GatewayHostBuilder;
import porthole.host.gateway.GatewaySignIn;
import porthole.protocol.failure.LocalFailure;
import porthole.transport.Target;

/** Runs the built-in RD Gateway, for tests of clients. */
@Command(
        name = "gateway",
        sortOptions = false,
        description = "Run an RD Gateway before one host or a few, until standard input ends or a signal comes.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  porthole gateway --port 8443 --to 127.0.0.1:3390 --user alice --password-file pw",
            "  porthole gateway --port 8443 --allow host.example:3389 --token-file t --auth bearer,cookie",
            "  porthole gateway --list-faults",
            "",
            "In the background: tail -f /dev/null | porthole gateway --to 127.0.0.1:3390 --auth anonymous &"
        })
final class GatewayCommand extends PortholeCommand {
    @Option(names = "--bind", paramLabel = "ADDRESS", description = "Where to listen (default: 127.0.0.1).")
    private String bind = "127.0.0.1";

    @Option(names = "--port", paramLabel = "N", description = "The gateway's port; 0 for any (default: 8443).")
    private String port = "8443";

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The gateway's name in its certificate (default: localhost).")
    private String name = "localhost";

    @Option(
            names = "--to",
            paramLabel = "HOST[:PORT]",
            description = "Every connection leads there, whatever host the client names.")
    private String to;

    @Option(
            names = "--allow",
            paramLabel = "HOST[:PORT]",
            description = "A host that clients may name, spelled as they do; may be repeated.")
    private List<String> allowed = List.of();

    @Option(names = "--user", paramLabel = "NAME", description = "Who may sign in.")
    private String user;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "Read the user's password from a file; - is the first line of standard input.")
    private String passwordFile;

    @Option(names = "--token-file", paramLabel = "FILE", description = "A token that is taken.")
    private String tokenFile;

    @Option(
            names = "--auth",
            paramLabel = "LIST",
            split = ",",
            description = "Any of ntlm, negotiate, basic, bearer, cookie, tunnel-ntlm, anonymous, with commas between "
                    + "(default: ntlm,negotiate).")
    private List<String> ways = List.of("ntlm", "negotiate");

    @Option(
            names = "--transport",
            paramLabel = "LIST",
            split = ",",
            description = "websocket, http or both (default: websocket,http).")
    private List<String> transports = List.of("websocket", "http");

    @Option(names = "--consent", paramLabel = "TEXT", description = "What the user has to agree to.")
    private String consent;

    @Option(names = "--message", paramLabel = "TEXT", description = "What is told when a channel opens.")
    private String message;

    @Option(
            names = "--idle-timeout",
            paramLabel = "TIME",
            description = "Close a channel without data from the client for so long (default: never).")
    private String idleTimeout;

    @Mixin
    private FaultOptions faults;

    @Option(names = "--ca-file", paramLabel = "FILE", description = "Write the gateway's certificate there, PEM.")
    private Path certificateFile;

    @Override
    ExitCode run() throws IOException, InterruptedException {
        if (faults.isListWanted()) {
            GatewayFaults.list().forEach(this::print);
            return ExitCode.OK;
        }
        try (GatewayHost gateway = started()) {
            if (certificateFile != null) {
                CertificateFile.write(
                        certificateFile, List.of(gateway.identity().certificate()));
            }
            announce(gateway);
            UntilTold.waitFor(surroundings().in(), output(), gateway::close);
        }
        return ExitCode.OK;
    }

    private GatewayHost started() {
        if (to == null && allowed.isEmpty()) {
            throw new UsageException("--to or --allow: the gateway has to lead somewhere");
        }
        GatewayHostBuilder builder = GatewayHost.builder()
                .bind(new InetSocketAddress(address(bind), (int) Values.number("--port", port, 0, 65535)))
                .name(name)
                .signIns(some(GatewaySignIn.class, "--auth", ways))
                .transports(some(GatewayFault.Wire.class, "--transport", transports))
                .faults(faults.names().stream().map(GatewayCommand::fault).toArray(GatewayFault[]::new))
                .observer(this::tell);
        if (to != null) {
            Target there = Values.target(to);
            builder.to(new InetSocketAddress(address(there.host()), there.port()));
        }
        allowed.stream().map(Values::target).forEach(host -> builder.allow(host.host(), host.port()));
        if (user != null) {
            if (passwordFile == null) {
                throw new UsageException("--user needs --password-file");
            }
            builder.user(
                    user,
                    new SecretReader(surroundings())
                            .fromFile("--password-file", passwordFile)
                            .reveal());
        }
        if (tokenFile != null) {
            builder.token(new SecretReader(surroundings())
                    .fromFile("--token-file", tokenFile)
                    .reveal());
        }
        if (consent != null) {
            builder.consent(consent);
        }
        if (message != null) {
            builder.serviceMessage(message);
        }
        builder.idleTimeout(idleTimeout == null ? Duration.ZERO : Values.duration(idleTimeout));
        try {
            return builder.start();
        } catch (LocalFailure e) {
            if (e.causeName().equals("bind")) {
                throw new UsageException(e.getMessage(), e);
            }
            throw e;
        }
    }

    private static <E extends Enum<E>> Set<E> some(Class<E> type, String option, List<String> words) {
        Set<E> some = EnumSet.noneOf(type);
        for (String word : words) {
            some.add(Values.oneOf(
                    type,
                    option,
                    word,
                    value -> value.name().toLowerCase(Locale.ROOT).replace('_', '-')));
        }
        return some;
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new UsageException("there is no address " + text, e);
        }
    }

    private static GatewayFault fault(String name) {
        return GatewayFaults.named(name)
                .orElseThrow(() -> new UsageException("there is no fault '" + name + "'; see --list-faults"));
    }

    private void print(GatewayFault fault) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("event", "fault");
        object.put("name", fault.name());
        object.put("point", fault.point().name().toLowerCase(Locale.ROOT));
        object.put("transport", fault.transport().map(wire -> wire.name().toLowerCase(Locale.ROOT)));
        object.put("expectedStage", fault.stage().map(stage -> stage.label()));
        object.put("expectedCause", fault.survives() ? null : fault.cause());
        String outcome =
                fault.survives() ? "the client goes on" : fault.stage().get().label() + ": " + fault.cause();
        output().data(String.format("%-56s -> %s", fault.name(), outcome), object);
    }

    private void tell(GatewayEvent event) {
        if (output().isJson()) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("event", event.name());
            object.put("connection", event.connection());
            object.put("epochMs", System.currentTimeMillis());
            object.putAll(event.facts());
            output().json(object);
        } else {
            output().say("connection " + event.connection() + ": " + event.name() + " " + event.facts());
        }
    }

    private void announce(GatewayHost gateway) {
        String where = gateway.address().getAddress().getHostAddress() + ":" + gateway.port();
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("event", "listening");
        object.put("address", gateway.address().getAddress().getHostAddress());
        object.put("port", gateway.port());
        object.put("name", name);
        object.put("certificateSha256", gateway.identity().sha256());
        List<String> lines = new ArrayList<>();
        lines.add("RD Gateway on " + where + ", certificate SHA-256 "
                + gateway.identity().sha256());
        String host = to == null ? allowed.get(0) : to;
        lines.add("FreeRDP 3:  xfreerdp /v:" + host + " /gateway:g:" + where + ",u:" + user
                + ",p:PASSWORD,type:http /cert:ignore");
        lines.add("Porthole:   porthole connect " + host + " --gateway " + where + " --gateway-certificate pin:"
                + gateway.identity().sha256());
        output().data(String.join("\n", lines), object);
    }
}
