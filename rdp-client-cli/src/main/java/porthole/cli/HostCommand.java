package porthole.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import porthole.cli.base.UsageException;
import porthole.cli.option.FaultOptions;
import porthole.cli.option.HostUserOptions;
import porthole.cli.option.RedirectOptions;
import porthole.cli.option.Values;
import porthole.cli.output.Output;
import porthole.host.RdpHost;
import porthole.host.RdpHostBuilder;
import porthole.host.avd.AvdFault;
import porthole.host.entra.EntraFault;
import porthole.host.entra.MockAuthoritySettings;
import porthole.host.fault.Fault;
import porthole.host.fault.Faults;
import porthole.host.licensing.HostLicensing;
import porthole.host.session.HostEvent;
import porthole.protocol.failure.LocalFailure;

/** Runs the built-in RDP host, for tests of clients. */
@Command(
        name = "host",
        description = "Run an RDP host that shows a test card, until standard input ends or a signal comes.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  porthole host --security tls --port 3390",
            "  porthole host --security aad --port 3390 --authority-port 8443 --name localhost",
            "  porthole host --security nla --user alice --password-file secret.txt",
            "  porthole host --security rdp --encryption-level fips",
            "  porthole host --list-faults",
            "  porthole host --security tls --fault license-stall",
            "  porthole host --avd --ca-file ca.pem --fault broker-no-host",
            "",
            "In the background: tail -f /dev/null | porthole host --port 3390 &"
        })
final class HostCommand extends PortholeCommand {
    private static final String NAME = "localhost";
    private static final String AVD_NAME = "cloudpc-1";

    /** By their numbers: MS-RDPBCGR 2.2.1.4.3, encryptionLevel. */
    private static final List<String> LEVELS = List.of("none", "low", "medium", "high", "fips");

    @Option(
            names = "--security",
            paramLabel = "aad|nla|rdp|rdstls|tls",
            description = "What the host offers (default: tls).")
    private String security;

    @Option(
            names = "--avd",
            description =
                    "Put Azure Virtual Desktop before the host: feed, broker and gateway, with one desktop for Entra "
                            + "ID and, with --user and --password-file, one for that password.")
    private boolean avd;

    @Option(
            names = "--avd-port",
            paramLabel = "N",
            description = "The port of feed, broker and gateway; 0 for any (default: 8444).")
    private String avdPort = "8444";

    @Option(
            names = "--avd-boots",
            paramLabel = "N",
            description = "The broker says so often that the host is being started before it is (default: 0).")
    private String avdBoots = "0";

    @Option(
            names = "--encryption-level",
            paramLabel = "none|low|medium|high|fips",
            description =
                    "Of --security rdp: low encrypts what the client sends only, medium both ways with what the client "
                            + "can do, high with 128 bits, fips with 3DES (default: high).")
    private String encryptionLevel;

    @Mixin
    private HostUserOptions users;

    @Option(names = "--bind", paramLabel = "ADDRESS", description = "Where to listen (default: 127.0.0.1).")
    private String bind = "127.0.0.1";

    @Option(names = "--port", paramLabel = "N", description = "The host's port; 0 for any (default: 3390).")
    private String port = "3390";

    @Option(
            names = "--authority-port",
            paramLabel = "N",
            description = "The mock Entra authority's port; 0 for any (default: 0).")
    private String authorityPort = "0";

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The host's name in its certificate and in tokens for it (default: localhost).")
    private String name = NAME;

    @Option(names = "--size", paramLabel = "WxH", description = "The largest desktop (default: 4096x4096).")
    private String size = "4096x4096";

    @Option(names = "--bpp", paramLabel = "N", description = "The highest colour depth (default: 32).")
    private String bitsPerPixel = "32";

    @Option(
            names = "--licensing",
            paramLabel = "HOW",
            description =
                    "none; ask for a licence; issue one; upgrade the one that a client shows; refuse:CODE, for example "
                            + "refuse:no-license-server (default: none).")
    private String licensing = "none";

    @Option(names = "--display-control", description = "Let clients change the desktop's size during the session.")
    private boolean displayControl;

    @Mixin
    private FaultOptions faults;

    @Option(
            names = "--ca-file",
            paramLabel = "FILE",
            description = "Write the certificates of the host and of the authority there, PEM.")
    private Path certificatesFile;

    @Mixin
    private RedirectOptions redirect;

    @Override
    ExitCode run() throws IOException, InterruptedException {
        if (faults.isListWanted()) {
            Faults.list().forEach(this::print);
            List.of(EntraFault.values()).forEach(this::print);
            List.of(AvdFault.values())
                    .forEach(fault -> output().data(AvdService.text(fault), AvdService.object(fault)));
            return ExitCode.OK;
        }
        if (avd) {
            throughAvd();
            return ExitCode.OK;
        }
        try (EmbeddedHost embedded = listening()) {
            if (certificatesFile != null) {
                CertificateFile.write(certificatesFile, embedded.certificates());
            }
            announce(embedded);
            UntilTold.waitFor(surroundings().in(), output(), embedded::close);
        }
        return ExitCode.OK;
    }

    private void throughAvd() throws IOException, InterruptedException {
        AvdService.check(security);
        List<String> others = new ArrayList<>(faults.names());
        Set<AvdFault> avdFaults = AvdService.faults(others);
        List<EntraFault> authorityFaults = new ArrayList<>();
        RdpHostBuilder builder = configured(hostFaults(others, authorityFaults));
        try {
            new AvdService(surroundings(), output())
                    .run(
                            builder,
                            authority(authorityFaults),
                            name.equals(NAME) ? AVD_NAME : name,
                            number("--avd-port", avdPort),
                            users.credentials(surroundings()),
                            number("--avd-boots", avdBoots),
                            avdFaults,
                            certificatesFile);
        } catch (LocalFailure e) {
            throw unbound(e);
        }
    }

    private MockAuthoritySettings authority(List<EntraFault> authorityFaults) {
        return MockAuthoritySettings.defaults()
                .at(address(), number("--authority-port", authorityPort))
                .faults(authorityFaults.toArray(EntraFault[]::new))
                .observer(event -> note("authority", event.toString()));
    }

    private static List<Fault> hostFaults(List<String> names, List<EntraFault> authorityFaults) {
        List<Fault> hostFaults = new ArrayList<>();
        for (String wanted : names) {
            EntraFault.named(wanted).ifPresentOrElse(authorityFaults::add, () -> hostFaults.add(fault(wanted)));
        }
        return hostFaults;
    }

    private static RuntimeException unbound(LocalFailure e) {
        return e.causeName().equals("bind") ? new UsageException(e.getMessage(), e) : e;
    }

    private EmbeddedHost listening() {
        try {
            return start();
        } catch (LocalFailure e) {
            throw unbound(e);
        }
    }

    private EmbeddedHost start() {
        security = security == null ? "tls" : security;
        if (encryptionLevel != null && !security.equals("rdp")) {
            throw new UsageException("--encryption-level needs --security rdp: TLS has no such levels");
        }
        List<EntraFault> authorityFaults = new ArrayList<>();
        RdpHostBuilder builder = configured(hostFaults(faults.names(), authorityFaults));
        redirect.packet(surroundings(), number("--port", port)).ifPresent(builder::redirect);
        return switch (security) {
            case "tls" -> EmbeddedHost.tls(builder);
            case "rdp" -> EmbeddedHost.rdp(builder, level());
            case "rdstls" -> EmbeddedHost.rdstls(builder, redirect.tickets(surroundings()));
            case "nla" -> EmbeddedHost.nla(builder, work -> users.nla(surroundings(), work));
            case "aad" -> EmbeddedHost.aad(builder, name, authority(authorityFaults));
            default -> throw new UsageException("--security: '" + security + "' is none of aad, nla, rdp, rdstls, tls");
        };
    }

    private int level() {
        int level = LEVELS.indexOf(encryptionLevel == null ? "high" : encryptionLevel);
        if (level < 0) {
            throw new UsageException(
                    "--encryption-level: '" + encryptionLevel + "' is none of " + String.join(", ", LEVELS));
        }
        return level;
    }

    private void note(String name, String text) {
        if (output().isJson()) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("event", name);
            object.put("text", text);
            output().json(object);
        } else if (isVerbose()) {
            output().say(name + ": " + text);
        }
    }

    private static int number(String option, String text) {
        return (int) Values.number(option, text, 0, 65535);
    }

    private RdpHostBuilder configured(List<Fault> hostFaults) {
        Values.Size largest = Values.size(size);
        RdpHostBuilder builder = RdpHost.builder()
                .bind(new InetSocketAddress(address(), number("--port", port)))
                .name(name)
                .largestDesktop(largest.width(), largest.height())
                .displayControl(displayControl)
                .faults(hostFaults.toArray(Fault[]::new))
                .observer(this::tell);
        try {
            builder.licensing(HostLicensing.parse(licensing));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--licensing: " + e.getMessage(), e);
        }
        try {
            return builder.mostBitsPerPixel((int) Values.number("--bpp", bitsPerPixel, 8, 32));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--bpp: " + e.getMessage(), e);
        }
    }

    private InetAddress address() {
        try {
            return InetAddress.getByName(bind);
        } catch (UnknownHostException e) {
            throw new UsageException("--bind: there is no address " + bind, e);
        }
    }

    private static Fault fault(String name) {
        return Faults.named(name)
                .orElseThrow(() -> new UsageException(
                        AvdFault.named(name).isPresent()
                                ? "the fault '" + name + "' needs --avd"
                                : "there is no fault '" + name + "'; see --list-faults"));
    }

    private void print(Fault fault) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("event", "fault");
        object.put("name", fault.name());
        object.put("stage", fault.stage().label());
        object.put("needs", fault.needs());
        object.put("description", fault.description());
        object.put("expectedStage", fault.expectedStage().map(stage -> stage.label()));
        object.put("expectedCause", fault.survives() ? null : fault.expectedCause());
        String outcome = fault.survives()
                ? "the client goes on"
                : fault.expectedStage().get().label() + ": " + fault.expectedCause();
        output().data(String.format("%-44s %s -> %s", fault.name(), fault.description(), outcome), object);
    }

    private void print(EntraFault fault) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("event", "fault");
        object.put("name", fault.label());
        object.put("stage", "authority");
        object.put("needs", Fault.AAD);
        object.put("description", fault.description());
        output().data(String.format("%-44s %s", fault.label(), "the Entra authority: " + fault.description()), object);
    }

    private void tell(HostEvent event) {
        if (output().isJson()) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("event", event.name());
            object.put("session", event.session());
            object.put("epochMs", System.currentTimeMillis());
            object.putAll(event.facts());
            output().json(object);
        } else if (isVerbose() || !event.name().equals("input") && !event.name().equals("phase")) {
            output().say("session " + event.session() + ": " + event.name() + " " + event.facts());
        }
    }

    private void announce(EmbeddedHost embedded) {
        RdpHost host = embedded.host();
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("event", "listening");
        object.put("address", host.address().getAddress().getHostAddress());
        object.put("port", host.port());
        object.put("security", security);
        object.put("name", name);
        object.put("certificateSha256", host.certificateSha256());
        List<String> lines = new ArrayList<>();
        String where = host.address().getAddress().getHostAddress() + ":" + host.port();
        lines.add("RDP host on " + where + ", certificate SHA-256 " + host.certificateSha256());
        String trust = " --certificate pin:" + host.certificateSha256();
        embedded.authority()
                .ifPresentOrElse(
                        authority -> {
                            String url = authority.authority().base().toString();
                            object.put("authority", url);
                            lines.add("Entra authority on " + url + " (a mock: it signs everybody in)");
                            lines.add("FreeRDP 3:  xfreerdp /v:" + name + ":" + host.port() + " /sec:aad /azure:ad:"
                                    + authority.hostAndPort() + " /cert:ignore /u:alice@" + name);
                            lines.add("Porthole:   porthole connect " + where + " --security aad --entra-name " + name
                                    + " --authority " + url
                                    + (certificatesFile == null ? "" : " --authority-ca-file " + certificatesFile)
                                    + trust
                                    + " --screenshot card.png");
                        },
                        () -> {
                            boolean nla = security.equals("nla");
                            lines.add("FreeRDP:    xfreerdp /v:" + where + " /sec:" + security + " /cert:ignore /u:"
                                    + (nla ? "NAME /p:PASSWORD" : "alice /p:x"));
                            lines.add("Porthole:   porthole connect " + where + " --security " + security
                                    + (nla ? " --user NAME --password-file FILE" : "")
                                    + (security.equals("rdp") ? "" : trust)
                                    + " --screenshot card.png");
                        });
        Output output = output();
        output.data(String.join("\n", lines), object);
    }
}
