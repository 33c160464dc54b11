package porthole.host.fault;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The way out of one connection: every message passes here, and the rules of the faults are applied to it.
 *
 * <p>Belongs to the channel's event loop. Without a rule a message goes straight to the channel.
 */
public final class FaultyWriter {
    private static final int LINGER_SECONDS = 2;

    private final Channel channel;
    private final List<Rule> rules;
    private final Map<ServerMessage, Integer> counts = new EnumMap<>(ServerMessage.class);
    private final Deque<Step> waiting = new ArrayDeque<>();
    private boolean pausing;
    private boolean silent;

    /** What is left to do, in order. */
    private sealed interface Step {}

    private record Octets(ByteBuf octets) implements Step {}

    private record Pause(Duration by) implements Step {}

    private record End(boolean reset) implements Step {}

    private record Then(Runnable action) implements Step {}

    public FaultyWriter(Channel channel, List<Rule> rules) {
        this.channel = channel;
        this.rules = List.copyOf(rules);
    }

    /** Whether there is room for more; false while a fault holds octets back. */
    public boolean isWritable() {
        return channel.isWritable() && !pausing && !silent;
    }

    /** Sends one frame, which is handed over. */
    public void write(ServerMessage message, ByteBuf frame) {
        int number = counts.merge(message, 1, Integer::sum) - 1;
        Rule rule = rules.stream()
                .filter(r -> r.matches(message, number))
                .findFirst()
                .orElse(null);
        if (silent) {
            frame.release();
        } else if (rule == null) {
            add(new Octets(frame));
        } else {
            byte[] octets = new byte[frame.readableBytes()];
            frame.readBytes(octets);
            frame.release();
            apply(rule.effects(), octets);
        }
        run();
    }

    /**
     * A moment without octets of its own; {@code action} runs unless a rule takes its place.
     *
     * <p>A rule that rewrites sends the rewritten nothing instead.
     */
    public void at(ServerMessage moment, Runnable action) {
        Rule rule = rules.stream().filter(r -> r.matches(moment, 0)).findFirst().orElse(null);
        if (rule == null) {
            add(new Then(action));
        } else {
            boolean instead = rule.effects().stream().anyMatch(e -> e instanceof Effect.Rewrite);
            apply(rule.effects(), new byte[0]);
            if (!instead && !silent) {
                add(new Then(action));
            }
        }
        run();
    }

    /** Ends the connection when everything before is out. */
    public void end() {
        add(new End(false));
        run();
    }

    private void apply(List<Effect> effects, byte[] original) {
        byte[] octets = original;
        int times = 1;
        int piece = Integer.MAX_VALUE;
        Duration pause = Duration.ZERO;
        boolean silentAfter = false;
        Optional<End> last = Optional.empty();
        for (Effect effect : effects) {
            if (effect instanceof Effect.Rewrite rewrite) {
                octets = rewrite.rewriting().apply(octets.clone());
            } else if (effect instanceof Effect.Drop) {
                times = 0;
            } else if (effect instanceof Effect.Repeat repeat) {
                times = repeat.times();
            } else if (effect instanceof Effect.Late late) {
                add(new Pause(late.by()));
            } else if (effect instanceof Effect.Pieces pieces) {
                piece = pieces.octets();
                pause = pieces.pause();
            } else if (effect instanceof Effect.Silence) {
                silent = true;
                return;
            } else if (effect instanceof Effect.SilenceAfter) {
                silentAfter = true;
            } else if (effect instanceof Effect.EndBefore end) {
                add(new End(end.reset()));
                silent = true;
                return;
            } else if (effect instanceof Effect.EndAfter end) {
                last = Optional.of(new End(end.reset()));
            }
        }
        byte[] all = new byte[octets.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(octets, 0, all, i * octets.length, octets.length);
        }
        for (int at = 0; at < all.length; ) {
            int length = Math.min(piece, all.length - at);
            add(new Octets(Unpooled.copiedBuffer(all, at, length)));
            at += length;
            if (at < all.length) {
                add(new Pause(pause));
            }
        }
        last.ifPresent(this::add);
        silent |= silentAfter || last.isPresent();
    }

    private void add(Step step) {
        waiting.add(step);
    }

    private void run() {
        while (!pausing && !waiting.isEmpty()) {
            Step step = waiting.poll();
            if (step instanceof Octets octets) {
                channel.write(octets.octets());
            } else if (step instanceof Pause pause) {
                pausing = true;
                channel.flush();
                channel.eventLoop().schedule(this::resume, pause.by().toNanos(), TimeUnit.NANOSECONDS);
            } else if (step instanceof Then then) {
                then.action().run();
            } else if (step instanceof End end) {
                end(end.reset());
            }
        }
        channel.flush();
    }

    private void resume() {
        pausing = false;
        run();
        if (isWritable()) {
            channel.pipeline().fireChannelWritabilityChanged();
        }
    }

    private void end(boolean reset) {
        channel.flush();
        if (reset) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            // the first handler's own close is passed by, so that TLS says no goodbye
            channel.pipeline().firstContext().close();
        } else {
            SslHandler tls = channel.pipeline().get(SslHandler.class);
            ChannelFuture goodbye = tls == null ? channel.writeAndFlush(Unpooled.EMPTY_BUFFER) : tls.closeOutbound();
            goodbye.addListener(sent -> halfClose());
        }
    }

    /** Ends our direction only: octets of the client that nobody read would turn a close into a reset. */
    private void halfClose() {
        if (channel instanceof DuplexChannel duplex && channel.isActive()) {
            duplex.shutdownOutput();
            channel.config().setAutoRead(true);
            channel.eventLoop().schedule((Runnable) channel::close, LINGER_SECONDS, TimeUnit.SECONDS);
        } else {
            channel.close();
        }
    }

    /** Lets go of what was never sent; the channel is closed. */
    public void release() {
        silent = true;
        for (Step step : waiting) {
            if (step instanceof Octets octets) {
                octets.octets().release();
            }
        }
        waiting.clear();
    }
}
