package porthole.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import porthole.cli.base.Surroundings;
import porthole.cli.base.UsageException;
import porthole.cli.output.Output;
import porthole.host.RdpHostBuilder;
import porthole.host.avd.AvdEvent;
import porthole.host.avd.AvdFault;
import porthole.host.avd.AvdHost;
import porthole.host.entra.MockAuthoritySettings;
import porthole.transport.Credentials;

/** {@code host --avd}: the service that is embedded, until it is told to end, and how clients get there. */
final class AvdService {
    private final Surroundings surroundings;
    private final Output output;

    AvdService(Surroundings surroundings, Output output) {
        this.surroundings = surroundings;
        this.output = output;
    }

    /**
     * Runs it.
     *
     * @param name of the RDP host behind the gateway
     * @param port of feed, broker and gateway
     * @param user of the resource with a password, without password for none
     * @param certificates file that gets the certificates, or null
     */
    void run(
            RdpHostBuilder builder,
            MockAuthoritySettings authority,
            String name,
            int port,
            Credentials user,
            int boots,
            Set<AvdFault> faults,
            Path certificates)
            throws IOException, InterruptedException {
        EmbeddedAvd.Plan plan =
                new EmbeddedAvd.Plan(name, port, authority, user, boots, faults, this::tell, UnaryOperator.identity());
        try (EmbeddedAvd avd = EmbeddedAvd.start(builder, plan)) {
            if (certificates != null) {
                CertificateFile.write(certificates, avd.certificates());
            }
            announce(avd, user, certificates);
            UntilTold.waitFor(surroundings.in(), output, avd::close);
        }
    }

    private void tell(AvdEvent event) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("event", "avd-" + event.name());
        object.put("epochMs", System.currentTimeMillis());
        object.putAll(event.facts());
        if (output.isJson()) {
            output.json(object);
        } else {
            output.say("avd: " + event.name() + " " + event.facts());
        }
    }

    private void announce(EmbeddedAvd avd, Credentials user, Path certificates) {
        String authority = avd.authority().authority().base().toString();
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("event", "listening");
        object.put("feed", avd.discovery());
        object.put("authority", authority);
        object.put("port", avd.service().port());
        object.put("hostPort", avd.host().port());
        object.put("certificateSha256", avd.service().identity().sha256());
        String file = certificates == null ? "FILE" : certificates.toString();
        String where = " --authority " + authority + " --authority-ca-file " + file + " --feed " + avd.discovery()
                + " --avd-ca-file " + file;
        List<String> lines = new ArrayList<>();
        lines.add("feed on " + avd.discovery() + ", broker and gateway on the same port");
        lines.add("Entra authority on " + authority + " (a mock: it signs everybody in)");
        lines.add(
                certificates == null
                        ? "give --ca-file FILE to have the certificates that clients need"
                        : "certificates in " + certificates);
        lines.add("Porthole:   porthole avd list" + where);
        lines.add("Porthole:   porthole avd connect " + AvdHost.WORKSPACE + "/" + AvdHost.DESKTOP + where
                + " --screenshot card.png");
        if (!user.password().isEmpty()) {
            lines.add("Porthole:   porthole avd connect '" + AvdHost.WORKSPACE + "/" + AvdHost.DESKTOP_WITH_PASSWORD
                    + "'" + where + " --user " + user.user() + " --password-file FILE --screenshot card.png");
        }
        output.data(String.join("\n", lines), object);
    }

    /** The faults of feed, broker and gateway among {@code names}, which are taken out of it. */
    static Set<AvdFault> faults(List<String> names) {
        Set<AvdFault> faults = EnumSet.noneOf(AvdFault.class);
        names.removeIf(name -> AvdFault.named(name).map(faults::add).orElse(false));
        return faults;
    }

    /** Says what {@code --avd} cannot be together with. */
    static void check(String security) {
        if (security != null) {
            throw new UsageException("--avd and --security exclude each other: the host takes what its resources say");
        }
    }

    static Map<String, Object> object(AvdFault fault) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("event", "fault");
        object.put("name", fault.label());
        object.put("stage", fault.stage().label());
        object.put("needs", "--avd");
        object.put("description", fault.description());
        object.put("expectedStage", fault.stage().label());
        object.put("expectedCause", fault.cause());
        return object;
    }

    static String text(AvdFault fault) {
        return String.format(
                "%-44s with --avd: %s -> %s: %s",
                fault.label(), fault.description(), fault.stage().label(), fault.cause());
    }
}
