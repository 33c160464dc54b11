package porthole.transport.websocket;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The end of a pipe that nobody reads yet: what comes is kept in its order, octets, failures and the end alike, until somebody
 * behind this handler asks to read; then all is handed on and the handler leaves. The peer's first octets may come in the same
 * read as its last word of HTTP, and no read is asked for before, so that little can gather.
 */
public final class HeldUntilRead extends ChannelDuplexHandler {
    private static final Object END = new Object();

    /** Messages, failures, and {@link #END}. */
    private final Queue<Object> held = new ArrayDeque<>();

    private boolean handingOn;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        held.add(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        // follows when the messages are handed on
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        held.add(cause);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        held.add(END);
    }

    @Override
    public void read(ChannelHandlerContext ctx) {
        if (!handingOn) {
            handingOn = true;
            while (!held.isEmpty()) {
                handOn(ctx, held.remove());
            }
            ctx.fireChannelReadComplete();
            ctx.pipeline().remove(this);
        }
        ctx.read();
    }

    private static void handOn(ChannelHandlerContext ctx, Object event) {
        if (event == END) {
            ctx.fireChannelInactive();
        } else if (event instanceof Throwable failure) {
            ctx.fireExceptionCaught(failure);
        } else {
            ctx.fireChannelRead(event);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        held.forEach(ReferenceCountUtil::release);
        held.clear();
    }
}
