package porthole.transport.route;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Stage;
import porthole.transport.ConnectionSpec;
import porthole.transport.Failures;
import porthole.transport.StageClock;

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
        this(group, blocking, InetAddress::getAllByName, ATTEMPT_DELAY);
    }

    public TcpConnector(EventLoopGroup group, Executor blocking, Names names, Duration attemptDelay) {
        this.group = group;
        this.blocking = blocking;
        this.names = names;
        this.attemptDelay = attemptDelay;
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
        Attempt attempt = new Attempt(host, port, spec, clock);
        attempt.start();
        return attempt.outcome;
    }

    private final class Attempt {
        private final String host;
        private final int port;
        private final ConnectionSpec spec;
        private final StageClock clock;
        private final CompletableFuture<Opened> outcome = new CompletableFuture<>();

        Attempt(String host, int port, ConnectionSpec spec, StageClock clock) {
            this.host = host;
            this.port = port;
            this.spec = spec;
            this.clock = clock;
        }

        void start() {
            if (host.startsWith(UNIX)) {
                clock.started(Stage.CONNECT);
                race(List.of(UnixDomainSocketAddress.of(host.substring(UNIX.length() - 1))), "a connection to " + host);
                return;
            }
            clock.started(Stage.RESOLVE);
            long limit = spec.deadlines().phase().toMillis();
            CompletableFuture.supplyAsync(() -> lookUp(host), blocking)
                    .orTimeout(limit, TimeUnit.MILLISECONDS)
                    .whenComplete((addresses, failed) -> {
                        if (failed != null) {
                            fail(Stage.RESOLVE, resolveFailure(host, limit, failed));
                        } else if (!outcome.isDone()) {
                            clock.finished(Stage.RESOLVE, Map.of("addresses", texts(addresses)));
                            clock.started(Stage.CONNECT);
                            race(sockets(addresses, port), "a TCP connection to " + text(host, port));
                        }
                    });
        }

        private void race(List<SocketAddress> addresses, String wanted) {
            CompletableFuture<Channel> race = AddressRace.run(
                    group.next(), addresses, attemptDelay, spec.deadlines().connect(), wanted);
            outcome.whenComplete((opened, failed) -> race.cancel(false));
            race.whenComplete((channel, failed) -> {
                if (failed != null) {
                    fail(Stage.CONNECT, Failures.of(failed));
                } else if (!outcome.complete(new Opened(channel, evidence(channel)))) {
                    channel.close();
                }
            });
        }

        private void fail(Stage stage, RdpFailure failure) {
            RdpFailure there = failure.in(stage);
            if (outcome.completeExceptionally(there)) {
                clock.failed(stage, there);
            }
        }
    }

    private InetAddress[] lookUp(String host) {
        try {
            return names.lookUp(host);
        } catch (UnknownHostException e) {
            throw unknown(host, e);
        }
    }

    private static RdpFailure resolveFailure(String host, long limit, Throwable failed) {
        Throwable cause = failed.getCause() == null ? failed : failed.getCause();
        if (cause instanceof RdpFailure failure) {
            return failure;
        }
        if (failed instanceof TimeoutException) {
            return new LocalFailure(
                    "deadline",
                    "the name server did not answer in time",
                    "nothing in " + limit + " ms",
                    "an address for " + host,
                    "check the name servers of this machine");
        }
        return unknown(host, cause);
    }

    private static LocalFailure unknown(String host, Throwable cause) {
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

    private static Map<String, Object> evidence(Channel channel) {
        Map<String, Object> evidence = new LinkedHashMap<>();
        evidence.put(
                "address",
                Optional.ofNullable(channel.remoteAddress())
                        .map(AddressRace::text)
                        .orElse(""));
        return evidence;
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
