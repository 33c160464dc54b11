package porthole.host.session;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import porthole.protocol.failure.Stage;
import porthole.protocol.wire.Framing;

/** One phase of the connection sequence on the server's side: exactly one is in the pipeline. */
abstract class ServerPhase extends ChannelInboundHandlerAdapter {
    private final HostConnection connection;
    private final Stage stage;

    ServerPhase(HostConnection connection, Stage stage) {
        this.connection = connection;
        this.stage = stage;
    }

    final HostConnection connection() {
        return connection;
    }

    final Stage stage() {
        return stage;
    }

    /** How the octets of this phase are cut into messages; null while no message may come. */
    abstract Framing framing();

    /** The phase is in place: send what it begins with. */
    void enter() {}

    /** One whole frame, borrowed. */
    abstract void onMessage(ByteBuf frame);

    /** There is room for more octets. */
    void onWritable() {}

    /** The phase leaves the pipeline. */
    void leave() {}

    final void deliver(ByteBuf frame) {
        if (connection.isOver()) {
            return;
        }
        try {
            onMessage(frame);
        } catch (RuntimeException e) {
            connection.fail(e);
        }
    }

    @Override
    public final void handlerAdded(ChannelHandlerContext ctx) {
        try {
            enter();
        } catch (RuntimeException e) {
            connection.fail(e);
        }
    }

    @Override
    public final void handlerRemoved(ChannelHandlerContext ctx) {
        leave();
    }

    @Override
    public final void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf frame = (ByteBuf) message;
        try {
            if (connection.facts().protection.isPresent() && !connection.isOver()) {
                frame = connection.facts().protection.get().open(frame);
            }
            deliver(frame);
        } catch (RuntimeException e) {
            connection.fail(e);
        } finally {
            frame.release();
        }
    }

    @Override
    public final void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (!connection.isOver()) {
            onWritable();
        }
    }

    @Override
    public final void channelInactive(ChannelHandlerContext ctx) {
        connection.closedByPeer();
    }

    @Override
    public final void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        connection.fail(cause);
    }
}
