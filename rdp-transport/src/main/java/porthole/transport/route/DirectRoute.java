package porthole.transport.route;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.NoopAddressResolverGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Stage;
import porthole.transport.ConnectionSpec;
import porthole.transport.StageClock;

/** TCP straight to the host: every address of the name in turn, until one answers. */
public final class DirectRoute implements Route {
    private final EventLoopGroup group;
    private final Executor blocking;

    /** @param blocking where names are looked up */
    public DirectRoute(EventLoopGroup group, Executor blocking) {
        this.group = group;
        this.blocking = blocking;
    }

    @Override
    public CompletionStage<Channel> open(ConnectionSpec spec, StageClock clock, ChannelHandler first) {
        return resolve(spec, clock).thenCompose(addresses -> {
            CompletableFuture<Channel> opened = new CompletableFuture<>();
            clock.started(Stage.CONNECT);
            connect(new Attempt(spec, clock, first, addresses, new ArrayList<>(), opened), 0);
            return opened;
        });
    }

    private record Attempt(
            ConnectionSpec spec,
            StageClock clock,
            ChannelHandler first,
            InetAddress[] addresses,
            List<String> refusals,
            CompletableFuture<Channel> opened) {}

    private CompletionStage<InetAddress[]> resolve(ConnectionSpec spec, StageClock clock) {
        clock.started(Stage.RESOLVE);
        String host = spec.target().host();
        long limit = spec.deadlines().phase().toMillis();
        return CompletableFuture.supplyAsync(() -> lookUp(host), blocking)
                .orTimeout(limit, TimeUnit.MILLISECONDS)
                .handle((addresses, failed) -> {
                    if (failed == null) {
                        clock.finished(Stage.RESOLVE, Map.of("addresses", texts(addresses)));
                        return addresses;
                    }
                    RdpFailure failure = resolveFailure(host, limit, failed).in(Stage.RESOLVE);
                    clock.failed(Stage.RESOLVE, failure);
                    throw failure;
                });
    }

    private static InetAddress[] lookUp(String host) {
        try {
            return InetAddress.getAllByName(host);
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

    private void connect(Attempt attempt, int index) {
        InetSocketAddress address = new InetSocketAddress(
                attempt.addresses()[index], attempt.spec().target().port());
        ChannelFuture future = new Bootstrap()
                .group(group)
                .channel(NioSocketChannel.class)
                .resolver(NoopAddressResolverGroup.INSTANCE)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Math.min(
                        Integer.MAX_VALUE, attempt.spec().deadlines().connect().toMillis()))
                .handler(attempt.first())
                .connect(address);
        attempt.opened().whenComplete((channel, failed) -> {
            if (attempt.opened().isCancelled()) {
                future.channel().close();
            }
        });
        future.addListener(done -> {
            if (done.isSuccess()) {
                attempt.clock().finished(Stage.CONNECT, Map.of("address", text(address)));
                if (!attempt.opened().complete(future.channel())) {
                    future.channel().close();
                }
                return;
            }
            attempt.refusals().add(text(address) + ": " + done.cause().getMessage());
            if (index + 1 < attempt.addresses().length && !attempt.opened().isDone()) {
                connect(attempt, index + 1);
            } else {
                RdpFailure failure = notConnected(attempt, done.cause()).in(Stage.CONNECT);
                attempt.clock().failed(Stage.CONNECT, failure);
                attempt.opened().completeExceptionally(failure);
            }
        });
    }

    private static LocalFailure notConnected(Attempt attempt, Throwable cause) {
        boolean refused = cause instanceof java.net.ConnectException
                && !(cause instanceof io.netty.channel.ConnectTimeoutException);
        boolean late = cause instanceof io.netty.channel.ConnectTimeoutException;
        return new LocalFailure(
                late ? "deadline" : refused ? "connection-refused" : "unreachable",
                late ? "no answer to the connection request" : "the connection could not be opened",
                String.join("; ", attempt.refusals()),
                "a TCP connection to " + attempt.spec().target(),
                late
                        ? "a firewall or security group may drop the packets; check that the machine runs and the port is allowed"
                        : "check that the host runs, that remote desktop is enabled and that the port is right",
                cause);
    }

    private static String texts(InetAddress[] addresses) {
        List<String> texts = new ArrayList<>();
        for (InetAddress address : addresses) {
            texts.add(address.getHostAddress());
        }
        return String.join(" ", texts);
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + " port " + address.getPort();
    }
}
