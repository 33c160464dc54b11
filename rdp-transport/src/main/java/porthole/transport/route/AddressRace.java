package porthole.transport.route;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.NoopAddressResolverGroup;
import io.netty.util.concurrent.Future;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Attempts to connect to several addresses, of which the first that succeeds wins (RFC 8305 5): the next one begins a while
 * after the last, or as soon as one fails. Belongs to one event loop.
 */
final class AddressRace {
    /** Nobody waits for more addresses of one name than that. */
    static final int MOST_ADDRESSES = 16;

    private final EventLoop loop;
    private final Deque<SocketAddress> waiting;
    private final Duration delay;
    private final Duration patience;
    private final Optional<InetAddress> from;
    private final String wanted;
    private final List<ConnectFailure.Refusal> refusals = new ArrayList<>();
    private final Set<Channel> running = new LinkedHashSet<>();
    private final CompletableFuture<Channel> winner = new CompletableFuture<>();
    private Future<?> next;

    private AddressRace(
            EventLoop loop,
            List<SocketAddress> addresses,
            Duration delay,
            Duration patience,
            Optional<InetAddress> from,
            String wanted) {
        this.loop = loop;
        this.waiting = new ArrayDeque<>(addresses);
        this.delay = delay;
        this.patience = patience;
        this.from = from;
        this.wanted = wanted;
    }

    /**
     * Begins a race.
     *
     * @param addresses at least one, in the order of {@link #sorted}
     * @param delay between the beginnings of two attempts
     * @param patience for each attempt
     * @param from the address of this machine to come from
     * @param wanted what the failure says that was expected
     * @return the open channel, which reads nothing yet; cancelling it ends all attempts
     */
    static CompletableFuture<Channel> run(
            EventLoop loop,
            List<SocketAddress> addresses,
            Duration delay,
            Duration patience,
            Optional<InetAddress> from,
            String wanted) {
        AddressRace race = new AddressRace(loop, addresses, delay, patience, from, wanted);
        race.winner.whenComplete((channel, failed) -> {
            if (loop.inEventLoop()) {
                race.end();
            } else {
                loop.execute(race::end);
            }
        });
        loop.execute(race::begin);
        return race.winner;
    }

    /** The families in turn, IPv6 first, each in the order of the resolver (RFC 8305 4). */
    static List<InetAddress> sorted(Collection<InetAddress> addresses) {
        Deque<InetAddress> six = new ArrayDeque<>();
        Deque<InetAddress> four = new ArrayDeque<>();
        for (InetAddress address : new LinkedHashSet<>(addresses)) {
            (address instanceof Inet6Address ? six : four).add(address);
        }
        List<InetAddress> sorted = new ArrayList<>();
        while (!six.isEmpty() || !four.isEmpty()) {
            if (!six.isEmpty()) {
                sorted.add(six.remove());
            }
            if (!four.isEmpty()) {
                sorted.add(four.remove());
            }
        }
        return sorted.subList(0, Math.min(MOST_ADDRESSES, sorted.size()));
    }

    private void begin() {
        if (winner.isDone() || waiting.isEmpty()) {
            return;
        }
        if (next != null) {
            next.cancel(false);
        }
        SocketAddress address = waiting.remove();
        ChannelFuture attempt = bootstrap(address).connect(address);
        running.add(attempt.channel());
        attempt.addListener(done -> {
            running.remove(attempt.channel());
            if (!done.isSuccess()) {
                failed(address, done.cause());
            } else if (!winner.complete(attempt.channel())) {
                attempt.channel().close();
            }
        });
        next = loop.schedule(this::begin, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void failed(SocketAddress address, Throwable cause) {
        if (winner.isDone()) {
            return;
        }
        refusals.add(new ConnectFailure.Refusal(text(address), ConnectFailure.of(cause), cause));
        if (!waiting.isEmpty()) {
            begin();
        } else if (running.isEmpty()) {
            winner.completeExceptionally(ConnectFailure.all(refusals, wanted));
        }
    }

    private void end() {
        if (next != null) {
            next.cancel(false);
        }
        waiting.clear();
        List.copyOf(running).forEach(Channel::close);
    }

    private Bootstrap bootstrap(SocketAddress address) {
        boolean tcp = address instanceof InetSocketAddress;
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .resolver(NoopAddressResolverGroup.INSTANCE)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Math.min(Integer.MAX_VALUE, patience.toMillis()))
                .handler(new ChannelInboundHandlerAdapter());
        if (!tcp) {
            return bootstrap.channel(NioDomainSocketChannel.class);
        }
        from.ifPresent(local -> bootstrap.localAddress(new InetSocketAddress(local, 0)));
        return bootstrap
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true);
    }

    /** An address as people write it. */
    static String text(SocketAddress address) {
        return address instanceof InetSocketAddress inet
                ? inet.getAddress().getHostAddress() + " port " + inet.getPort()
                : address.toString();
    }
}
