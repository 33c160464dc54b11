package porthole.cli.option;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import porthole.cli.base.Surroundings;
import porthole.cli.base.UsageException;
import porthole.cli.rdpfile.RdpFile;
import porthole.protocol.preconnection.PreconnectionPdu;
import porthole.transport.Approach;
import porthole.transport.RouteSettings;
import porthole.transport.Target;

/** The way to the host: proxies, Unix domain sockets, and what is said before RDP begins. */
public final class RouteOptions {
    private static final Pattern ADDRESS =
            Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|[0-9A-Fa-f]*:[0-9A-Fa-f:.]*(?:%[A-Za-z0-9_.-]+)?");
    private static final Pattern MACHINE = Pattern.compile(
            "([0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})(?:(,enhanced)|;EnhancedMode=([01]))?");

    @Mixin
    ProxyOptions proxies = new ProxyOptions();

    @Option(
            names = "--unix-socket",
            paramLabel = "PATH",
            description = "Connect through this Unix domain socket; the target still names the host. A target of "
                    + "unix:PATH does it, too.")
    String unixSocket;

    @Option(
            names = "--bind-address",
            paramLabel = "ADDRESS",
            description = "The address of this machine that connections come from.")
    String bindAddress;

    @Option(
            names = "--pcb",
            paramLabel = "TEXT",
            description = "Preconnection text: said before RDP begins, so that a listener knows which host is meant.")
    String preconnectionText;

    @Option(names = "--pcid", paramLabel = "NUMBER", description = "Preconnection id, instead of a text or with it.")
    String preconnectionId;

    @Option(
            names = "--vmconnect",
            paramLabel = "ID[,enhanced]",
            description = "The console of a virtual machine by its id, on a Hyper-V host at port 2179; enhanced is a "
                    + "session inside the machine. Takes --security nla unless told otherwise.")
    String machine;

    @Option(
            names = "--direct",
            description = "TLS and nla or tls at once, without negotiating: for hosts that want the direct approach.")
    boolean direct;

    /** Whether the proxy's password comes from standard input. */
    boolean readsStandardInput() {
        return proxies.readsStandardInput();
    }

    /** Whether a virtual machine's console is what is wanted. */
    boolean isVmConnect() {
        return machine != null;
    }

    /** The proxies on the way. */
    RouteSettings route(Surroundings surroundings) {
        RouteSettings settings = RouteSettings.DIRECT.withProxy(proxies.settings(surroundings));
        return bindAddress == null ? settings : settings.withBindAddress(ownAddress(bindAddress));
    }

    private static InetAddress ownAddress(String literal) {
        try {
            if (ADDRESS.matcher(literal).matches()) {
                return InetAddress.getByName(literal);
            }
        } catch (UnknownHostException e) {
            throw new UsageException("--bind-address: " + e.getMessage(), e);
        }
        throw new UsageException("--bind-address: '" + literal + "' is not an IP address");
    }

    /** The target with the port of a virtual machine's console and behind the socket, where they are wanted. */
    Target target(Target target, boolean hasPort) {
        Target there = isVmConnect() && !hasPort
                ? new Target(target.host(), Approach.VM_CONNECT_PORT, target.tlsName(), target.entraName())
                : target;
        return unixSocket == null ? there : there.overUnixSocket(absolute(unixSocket));
    }

    private static String absolute(String path) {
        return Path.of(path).toAbsolutePath().toString();
    }

    /** What is said before RDP begins; a connection file can have a text. */
    Approach approach(RdpFile file) {
        if (isVmConnect()) {
            if (preconnectionText != null || preconnectionId != null) {
                throw new UsageException("--vmconnect says its own preconnection text: leave --pcb and --pcid out");
            }
            Matcher id = MACHINE.matcher(machine);
            if (!id.matches()) {
                throw new UsageException("--vmconnect: '" + machine
                        + "' is not the id of a virtual machine; write b2d4c2a0-0000-4000-8000-0000000000b1");
            }
            return Approach.vmConnect(id.group(1), id.group(2) != null || "1".equals(id.group(3)));
        }
        Approach approach = new Approach(Optional.empty(), direct);
        Optional<String> text = Optional.ofNullable(preconnectionText).or(file::preConnectionBlob);
        long number = preconnectionId == null ? 0 : Values.number("--pcid", preconnectionId, 0, 0xFFFFFFFFL);
        try {
            return text.map(value -> approach.withPreconnection(PreconnectionPdu.of(number, value)))
                    .orElse(
                            preconnectionId == null
                                    ? approach
                                    : approach.withPreconnection(PreconnectionPdu.ofId(number)));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--pcb: " + e.getMessage(), e);
        }
    }
}
