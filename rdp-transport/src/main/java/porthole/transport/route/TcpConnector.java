package porthole.transport.route;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Stage;
import porthole.transport.ConnectionSpec;
import porthole.transport.Deadlines;
import porthole.transport.Failures;
import porthole.transport.ProxyServer;
import porthole.transport.RandomSource;
import porthole.transport.RouteSettings;
import porthole.transport.StageClock;
import porthole.transport.proxy.ProxyLogin;
import porthole.transport.proxy.ProxyTunnel;
import porthole.transport.tls.SslUpgrader;
import porthole.transport.tls.TlsEngines;

/**
 * Opens byte pipes to hosts by name and port, or to Unix domain sockets: every address of a name is tried, and the proxy of the
 * specification is spoken to. What every route begins with.
 */
public final class TcpConnector {
    /** How long the next address waits for the one before it (RFC 8305 8). */
    public static final Duration ATTEMPT_DELAY = Duration.ofMillis(250);

    private static final String UNIX = "unix:/";

    private final EventLoopGroup group;
    private final Executor blocking;
    private final Names names;
    private final Duration attemptDelay;
    private final RandomSource random;
    private final Clock clock;
    private final SslUpgrader proxyTls;

    /** Where the addresses of a name come from; may wait. */
    @FunctionalInterface
    public interface Names {
        InetAddress[] lookUp(String host) throws UnknownHostException;
    }

    /**
     * An open pipe.
     *
     * @param channel reads nothing yet; its event loop is one of the group's
     * @param evidence what the stage {@link Stage#CONNECT} shows
     */
    public record Opened(Channel channel, Map<String, Object> evidence) {}

    /** @param blocking where names are looked up */
    public TcpConnector(EventLoopGroup group, Executor blocking) {
        this(
                group,
                blocking,
                InetAddress::getAllByName,
                ATTEMPT_DELAY,
                new SecureRandom()::nextBytes,
                Clock.systemUTC());
    }

    /**
     * With other sources of what differs from run to run.
     *
     * @param random for NTLM
     * @param clock for NTLM
     */
    public TcpConnector(
            EventLoopGroup group,
            Executor blocking,
            Names names,
            Duration attemptDelay,
            RandomSource random,
            Clock clock) {
        this.group = group;
        this.blocking = blocking;
        this.names = names;
        this.attemptDelay = attemptDelay;
        this.random = random;
        this.clock = clock;
        this.proxyTls = new SslUpgrader(TlsEngines.JDK, blocking);
    }

    /**
     * Connects to {@code host}, a name, an address or {@code unix:/path}.
     *
     * <p>It goes through {@link Stage#RESOLVE} and begins {@link Stage#CONNECT}, which whoever asked ends when nothing more lies
     * before the host; a failure is told to the clock here. Cancelling closes whatever is open.
     *
     * @param spec for its deadlines and its proxy
     */
    public CompletableFuture<Opened> connect(String host, int port, ConnectionSpec spec, StageClock clock) {
        return connect(host, port, spec.route(), spec.deadlines(), clock);
    }

    /** The same for what is no connection to an RDP host: {@code route} is read for its proxy and its own address. */
    public CompletableFuture<Opened> connect(
            String host, int port, RouteSettings route, Deadlines deadlines, StageClock clock) {
        Attempt attempt = new Attempt(host, port, route, deadlines, clock);
        attempt.start();
        return attempt.outcome;
    }

    /** One way to one host; its future is completed once, and closes what is open where nobody wants it any more. */
    private final class Attempt {
        private final String host;
        private final int port;
        private final RouteSettings route;
        private final Deadlines deadlines;
        private final StageClock stages;
        private final Optional<ProxyServer> proxy;
        private final Optional<ProxyLogin> login;
        private final CompletableFuture<Opened> outcome = new CompletableFuture<>();
        private final AtomicBoolean over = new AtomicBoolean();
        private volatile Stage stage = Stage.RESOLVE;

        Attempt(String host, int port, RouteSettings route, Deadlines deadlines, StageClock stages) {
            this.host = host;
            this.port = port;
            this.route = route;
            this.deadlines = deadlines;
            this.stages = stages;
            this.proxy =
                    host.startsWith(UNIX) ? Optional.empty() : route.proxy().before(host);
            this.login = proxy.map(server -> new ProxyLogin(server, random, clock));
        }

        void start() {
            long left = deadlines.total().minus(stages.elapsed()).toMillis();
            var late = group.schedule(() -> fail(late()), Math.max(0, left), TimeUnit.MILLISECONDS);
            outcome.whenComplete((opened, failed) -> late.cancel(false));
            if (host.startsWith(UNIX)) {
                connect(
                        List.of(UnixDomainSocketAddress.of(host.substring(UNIX.length() - 1))),
                        "a connection to " + host);
                return;
            }
            stages.started(Stage.RESOLVE);
            String hop = proxy.map(ProxyServer::host).orElse(host);
            int hopPort = proxy.map(ProxyServer::port).orElse(port);
            String wanted = proxy.map(server -> "a TCP connection to the proxy " + server)
                    .orElse("a TCP connection to " + text(host, port));
            long limit = deadlines.phase().toMillis();
            CompletableFuture.supplyAsync(() -> lookUp(hop), blocking)
                    .orTimeout(limit, TimeUnit.MILLISECONDS)
                    .whenComplete((addresses, failed) -> {
                        if (failed != null) {
                            fail(resolveFailure(proxy.isPresent() ? "the proxy " + hop : hop, limit, failed));
                        } else if (!outcome.isDone()) {
                            stages.finished(Stage.RESOLVE, Map.of("addresses", texts(addresses)));
                            connect(sockets(addresses, hopPort), wanted);
                        }
                    });
        }

        private void connect(List<SocketAddress> addresses, String wanted) {
            stage = Stage.CONNECT;
            stages.started(Stage.CONNECT);
            race(addresses, wanted, true);
        }

        private void race(List<SocketAddress> addresses, String wanted, boolean mayRepeat) {
            CompletableFuture<Channel> race = AddressRace.run(
                    group.next(), addresses, attemptDelay, deadlines.connect(), route.bindAddress(), wanted);
            outcome.whenComplete((opened, failed) -> race.cancel(false));
            race.whenComplete((channel, failed) -> {
                if (failed != null) {
                    fail(Failures.of(failed));
                } else if (proxy.isEmpty()) {
                    open(channel);
                } else {
                    Runnable again = mayRepeat
                            ? () -> race(List.of(channel.remoteAddress()), wanted, false)
                            : () -> fail(closedTwice());
                    tunnel(channel, again);
                }
            });
        }

        private void tunnel(Channel channel, Runnable again) {
            outcome.whenComplete((opened, failed) -> {
                if (failed != null) {
                    channel.close();
                }
            });
            ProxyTunnel.open(channel, login.orElseThrow(), proxy.orElseThrow(), host, port, proxyTls, deadlines.phase())
                    .whenComplete((end, failed) -> {
                        if (failed != null) {
                            fail(Failures.of(failed));
                        } else if (end == ProxyTunnel.End.OPEN) {
                            open(channel);
                        } else {
                            channel.close();
                            again.run();
                        }
                    });
        }

        private void open(Channel channel) {
            Map<String, Object> evidence = new LinkedHashMap<>();
            evidence.put(
                    "address",
                    Optional.ofNullable(channel.remoteAddress())
                            .map(AddressRace::text)
                            .orElse(""));
            proxy.ifPresent(server -> {
                evidence.put("proxy", server.toString());
                if (server.kind() != ProxyServer.Kind.SOCKS5) {
                    evidence.put("proxyAuthentication", login.orElseThrow().scheme());
                }
            });
            if (!over.compareAndSet(false, true) || !outcome.complete(new Opened(channel, evidence))) {
                channel.close();
            }
        }

        private void fail(RdpFailure failure) {
            RdpFailure there = failure.in(stage);
            if (!outcome.isDone() && over.compareAndSet(false, true)) {
                stages.failed(stage, there); // before anybody hears of it elsewhere
                outcome.completeExceptionally(there);
            }
        }

        private LocalFailure closedTwice() {
            return new LocalFailure(
                    "proxy-answer",
                    "the proxy asks for a user and closes, whatever it is told",
                    "two connections closed behind a challenge",
                    "an answer to user and password",
                    "see the proxy's log");
        }

        private LocalFailure late() {
            return new LocalFailure(
                    "deadline",
                    "the connection was not open in time",
                    stages.elapsed().toMillis() + " ms",
                    "a connection to " + text(host, port),
                    "see which addresses the name has, and whether a firewall drops the packets");
        }
    }

    private InetAddress[] lookUp(String host) {
        try {
            return names.lookUp(host);
        } catch (UnknownHostException e) {
            throw new CompletionException(e);
        }
    }

    private static LocalFailure resolveFailure(String host, long limit, Throwable failed) {
        Throwable cause = failed.getCause() == null ? failed : failed.getCause();
        if (failed instanceof TimeoutException) {
            return new LocalFailure(
                    "deadline",
                    "the name server did not answer in time",
                    "nothing in " + limit + " ms",
                    "an address for " + host,
                    "check the name servers of this machine");
        }
        return new LocalFailure(
                "name-unknown",
                "the host name has no address",
                host,
                "a name that resolves",
                "check the spelling, the search domains and, for a private name, the VPN or private DNS zone",
                cause);
    }

    private static List<SocketAddress> sockets(InetAddress[] addresses, int port) {
        return AddressRace.sorted(List.of(addresses)).stream()
                .<SocketAddress>map(address -> new InetSocketAddress(address, port))
                .toList();
    }

    private static String texts(InetAddress[] addresses) {
        return String.join(
                " ",
                List.of(addresses).stream().map(InetAddress::getHostAddress).toList());
    }

    private static String text(String host, int port) {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
