package porthole.transport.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import porthole.protocol.failure.FailureReport;
import porthole.protocol.failure.LocalFailure;
import porthole.transport.Failures;
import porthole.transport.ProxyServer;
import porthole.transport.tls.SslUpgrader;

/** Makes an open connection to a proxy lead to a destination; afterwards the channel is as if it had been opened there. */
public final class ProxyTunnel {
    private static final String TLS = "proxy-tls";

    /** How one connection to the proxy ended up. */
    public enum End {
        /** The destination is at the other end. */
        OPEN,
        /** The proxy closes after its challenge: the same login goes on over another connection. */
        CONNECT_AGAIN
    }

    private ProxyTunnel() {}

    /** Behind TLS until its handshake is over, whose future has told of every error already. */
    private static final class Quiet extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    /**
     * Speaks to the proxy; completes on the event loop of the channel, or fails with an RdpFailure, and leaves closing to the
     * caller.
     *
     * @param channel just connected; it reads nothing before and after
     * @param host the destination, a name or an address
     * @param tls for proxies that want it
     * @param patience for all of it
     */
    public static CompletableFuture<End> open(
            Channel channel,
            ProxyLogin login,
            ProxyServer proxy,
            String host,
            int port,
            SslUpgrader tls,
            Duration patience) {
        CompletableFuture<End> outcome = new CompletableFuture<>();
        Destination destination;
        try {
            destination = Destination.of(host, port);
        } catch (LocalFailure e) {
            outcome.completeExceptionally(e);
            return outcome;
        }
        var late = channel.eventLoop()
                .schedule(
                        () -> outcome.completeExceptionally(late(proxy, patience)),
                        patience.toMillis(),
                        TimeUnit.MILLISECONDS);
        outcome.whenComplete((end, failed) -> late.cancel(false));
        channel.eventLoop().execute(() -> {
            channel.config().setAutoRead(true);
            if (proxy.kind() == ProxyServer.Kind.HTTPS) {
                ChannelHandler quiet = new Quiet();
                var secured = tls.secure(channel.pipeline(), TLS, proxy.trust(), proxy.host(), proxy.port());
                channel.pipeline().addLast(quiet);
                secured.whenComplete((evidence, failed) -> {
                    if (failed != null) {
                        outcome.completeExceptionally(ofProxy(proxy, failed));
                    } else if (!outcome.isDone()) {
                        channel.pipeline().replace(quiet, null, new HttpConnect(proxy, destination, login, outcome));
                    }
                });
            } else if (proxy.kind() == ProxyServer.Kind.HTTP) {
                channel.pipeline().addLast(new HttpConnect(proxy, destination, login, outcome));
            } else {
                channel.pipeline().addLast(new SocksConnect(proxy, destination, outcome));
            }
        });
        return outcome;
    }

    /** A failure of TLS that says whose certificate or alert it was. */
    private static LocalFailure ofProxy(ProxyServer proxy, Throwable failed) {
        FailureReport report = Failures.of(failed).report();
        return new LocalFailure(
                report.cause(),
                "TLS with the proxy " + proxy + ": " + report.summary(),
                report.seen(),
                report.expected(),
                report.cause().startsWith("certificate")
                        ? "give the authority of the proxy's certificate with --proxy-ca-file, and the proxy by the name in it"
                        : "see whether the proxy speaks TLS at that port; one without is written as http://",
                failed);
    }

    private static LocalFailure late(ProxyServer proxy, Duration patience) {
        return new LocalFailure(
                "deadline",
                "the proxy " + proxy + " did not open the way in time",
                "no answer in " + patience.toMillis() + " ms",
                "the answer to CONNECT",
                "the proxy may wait for a host that does not answer: check host and port, and the proxy's log");
    }

    static LocalFailure closed(ProxyServer proxy, String expected, Channel channel) {
        return new LocalFailure(
                "early-close",
                "the proxy " + proxy + " closed the connection",
                channel.isActive() ? "an unfinished answer" : "end of stream",
                expected,
                "check scheme, address and port of the proxy, and its log");
    }
}
