package porthole.host.gateway;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import porthole.host.nla.HostUser;
import porthole.host.nla.NlaHost;
import porthole.host.session.HostIdentity;
import porthole.protocol.gateway.GatewayFlags;
import porthole.transport.nla.ChannelBindings;

/** What a gateway can be told before it starts. */
public final class GatewayHostBuilder {
    private static final int THREADS = 4;

    private final SecureRandom random = new SecureRandom();
    private final List<HostUser> users = new ArrayList<>();
    private final Set<String> tokens = new HashSet<>();
    private final Set<String> allowed = new HashSet<>();
    private InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private String name = "localhost";
    private Optional<HostIdentity> identity = Optional.empty();
    private Set<GatewaySignIn> signIns = EnumSet.of(GatewaySignIn.NTLM, GatewaySignIn.NEGOTIATE);
    private Set<GatewayFault.Wire> transports = EnumSet.allOf(GatewayFault.Wire.class);
    private boolean chunked = true;
    private Optional<InetSocketAddress> fixed = Optional.empty();
    private Optional<String> consent = Optional.empty();
    private Optional<String> serviceMessage = Optional.empty();
    private Duration idleTimeout = Duration.ZERO;
    private Duration keepalive = Duration.ZERO;
    private Duration ping = Duration.ZERO;
    private int redirection = GatewayFlags.REDIR_ENABLE_ALL;
    private List<GatewayFault> faults = List.of();
    private Consumer<GatewayEvent> observer = event -> {};

    GatewayHostBuilder() {}

    /** Where to listen; port 0 for any. */
    public GatewayHostBuilder bind(InetSocketAddress where) {
        address = where;
        return this;
    }

    /** The gateway's name: in its certificate, and in what it says of itself. */
    public GatewayHostBuilder name(String value) {
        name = value;
        return this;
    }

    /** The certificate to present; without this one is made for the name. */
    public GatewayHostBuilder identity(HostIdentity value) {
        identity = Optional.of(value);
        return this;
    }

    /** Somebody who may sign in with a password; may be called more than once. */
    public GatewayHostBuilder user(String user, String password) {
        users.add(HostUser.of(user, password));
        return this;
    }

    /** A token that is taken; may be called more than once. */
    public GatewayHostBuilder token(String token) {
        tokens.add(token);
        return this;
    }

    /** The ways to sign in; NTLM and Negotiate unless told otherwise. */
    public GatewayHostBuilder signIns(Set<GatewaySignIn> ways) {
        signIns = EnumSet.copyOf(ways);
        return this;
    }

    /** What may carry the packets; both unless told otherwise. */
    public GatewayHostBuilder transports(Set<GatewayFault.Wire> wires) {
        transports = EnumSet.copyOf(wires);
        return this;
    }

    /** Whether the endless response comes in chunks, as it does unless told otherwise; else it ends with its connection. */
    public GatewayHostBuilder chunked(boolean yes) {
        chunked = yes;
        return this;
    }

    /** Where every connection leads, whatever host the client names. */
    public GatewayHostBuilder to(InetSocketAddress host) {
        fixed = Optional.of(host);
        return this;
    }

    /** A host that clients may name; may be called more than once. */
    public GatewayHostBuilder allow(String host, int port) {
        allowed.add((host + ":" + port).toLowerCase(Locale.ROOT));
        return this;
    }

    /** What the user has to agree to. */
    public GatewayHostBuilder consent(String text) {
        consent = Optional.of(text);
        return this;
    }

    /** What is told when a channel opens. */
    public GatewayHostBuilder serviceMessage(String text) {
        serviceMessage = Optional.of(text);
        return this;
    }

    /** Without data from the client for so long, the channel is closed; zero for never. */
    public GatewayHostBuilder idleTimeout(Duration time) {
        idleTimeout = time;
        return this;
    }

    /** How often a keepalive packet goes out; zero for never. */
    public GatewayHostBuilder keepalive(Duration period) {
        keepalive = period;
        return this;
    }

    /** How often a websocket is pinged; zero for never. FreeRDP 3.15 answers pings with frames that are none. */
    public GatewayHostBuilder ping(Duration period) {
        ping = period;
        return this;
    }

    /** Bits of {@link GatewayFlags}: which devices may be redirected. */
    public GatewayHostBuilder redirection(int flags) {
        redirection = flags;
        return this;
    }

    /** What the gateway does wrong, on every connection. */
    public GatewayHostBuilder faults(GatewayFault... wrong) {
        faults = List.of(wrong);
        return this;
    }

    /** Is told what happens, on the gateway's threads. */
    public GatewayHostBuilder observer(Consumer<GatewayEvent> told) {
        observer = told;
        return this;
    }

    /** Makes the certificate where none was given, and listens. */
    public GatewayHost start() {
        HostIdentity own = identity.orElseGet(() -> HostIdentity.selfSigned(name, random));
        ExecutorService work =
                Executors.newFixedThreadPool(THREADS, new DefaultThreadFactory("porthole-gateway-work", true));
        GatewayHostSettings settings = new GatewayHostSettings(
                name,
                own.tls(),
                ChannelBindings.of(own.certificate()),
                NlaHost.of(users, work),
                Set.copyOf(tokens),
                signIns,
                transports,
                chunked,
                fixed,
                Set.copyOf(allowed),
                consent,
                serviceMessage,
                idleTimeout,
                keepalive,
                ping,
                redirection,
                faults,
                random::nextBytes,
                work,
                observer);
        return new GatewayHost(address, settings, own, work::shutdownNow);
    }
}
