package porthole.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.Stage;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Framing;

/**
 * One phase of the connection sequence: exactly one is in the pipeline, and it replaces itself by the next.
 *
 * <p>It receives whole frames, cut by the framing that it names, on the connection's event loop. What it throws ends the
 * connection with that failure in its stage.
 */
public abstract class PhaseHandler extends ChannelInboundHandlerAdapter {
    private final Connection connection;
    private final Stage stage;
    private final Map<String, Object> evidence = new LinkedHashMap<>();
    private ChannelHandlerContext context;
    private Future<?> deadline;
    private int frames;

    protected PhaseHandler(Connection connection, Stage stage) {
        this.connection = connection;
        this.stage = stage;
    }

    /** The stage that this phase is. */
    public final Stage stage() {
        return stage;
    }

    /** The connection that this phase belongs to. */
    public final Connection connection() {
        return connection;
    }

    protected final ChannelHandlerContext context() {
        return context;
    }

    /** How the octets of this phase are cut into messages; null while no message may come. */
    public abstract Framing framing();

    /** What this phase waits for, for the text of a failure: a noun phrase. */
    protected abstract String awaiting();

    /** What is to be said of octets that are no whole message when the phase ends for want of one; empty for nothing. */
    protected String about(Bytes unfinished) {
        return "";
    }

    final String remark(Bytes unfinished) {
        String text = unfinished.isEmpty() ? "" : about(unfinished);
        return text.isEmpty() ? "" : "; " + text;
    }

    /** The phase is in place: send what it begins with. */
    protected void enter() {}

    /** One whole frame, borrowed: it is released after the call. */
    protected abstract void onMessage(ByteBuf frame);

    /** Whether silence ends this phase after the phase deadline; the active session alone may be silent. */
    protected boolean hasDeadline() {
        return true;
    }

    /** Keeps a fact for the event that ends the stage. */
    protected final void evidence(String name, Object value) {
        evidence.put(name, value);
    }

    /** This phase is satisfied: the next one takes its place. */
    protected final void done() {
        connection.advance(this, connection.sequence().after(this));
    }

    /** The next one takes its place and gets the frame that this one has no use for. */
    protected final void doneWith(ByteBuf frame) {
        PhaseHandler next = connection.sequence().after(this);
        connection.advance(this, next);
        if (!connection.isOver()) {
            next.deliver(frame);
        }
    }

    /** Messages are welcome again, after a {@link #framing} of null; those that wait are delivered. */
    protected final void goOn() {
        connection.goOn();
    }

    /** Hands over to a phase out of the usual order. */
    protected final void handOver(PhaseHandler next) {
        connection.advance(this, next);
    }

    @Override
    public final void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        connection.clock().started(stage);
        if (hasDeadline()) {
            long millis = connection.spec().deadlines().phase().toMillis();
            deadline = ctx.executor().schedule(() -> connection.fail(late(millis)), millis, TimeUnit.MILLISECONDS);
        }
        try {
            enter();
        } catch (RuntimeException e) {
            connection.fail(e);
        }
    }

    @Override
    public final void handlerRemoved(ChannelHandlerContext ctx) {
        stopDeadline();
    }

    final void stopDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    final Map<String, Object> evidence() {
        return evidence;
    }

    private LocalFailure late(long millis) {
        return new LocalFailure(
                "deadline",
                "the host did not go on in time",
                frames + " messages and " + connection.octetsWaiting() + " octets of an unfinished one in " + millis
                        + " ms" + remark(connection.unfinished()),
                awaiting(),
                "see whether the host is overloaded or something between holds its octets back; a longer --timeout helps only if it is merely slow");
    }

    @Override
    public final void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf frame = (ByteBuf) message;
        try {
            frame = connection.protection().open(frame);
            deliver(frame);
        } catch (RuntimeException e) {
            connection.fail(e);
        } finally {
            ReferenceCountUtil.release(frame);
        }
    }

    private void deliver(ByteBuf frame) {
        if (connection.isOver()) {
            return;
        }
        frames++;
        try {
            onMessage(frame);
        } catch (RuntimeException e) {
            connection.fail(e);
        }
    }

    @Override
    public final void channelInactive(ChannelHandlerContext ctx) {
        connection.closedByPeer(this, awaiting());
        ctx.fireChannelInactive();
    }

    @Override
    public final void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        connection.fail(cause);
    }
}
