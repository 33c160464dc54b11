package porthole.transport.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import javax.net.ssl.SSLException;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.Refused;

/**
 * A websocket as a pipe of octets: what is behind it in the pipeline reads and writes {@link ByteBuf}s.
 *
 * <p>The octets of binary messages are passed on as they come, however they are cut into frames, so that a message has no
 * largest size; a frame has. Pings are answered. A close in order ends the channel; any other, and whatever RFC 6455 forbids,
 * is thrown into the pipeline as a failure.
 */
public final class WebSocketPipe extends ChannelDuplexHandler {
    /** The longest frame that is read, in octets. */
    public static final int LARGEST_FRAME = 1 << 20;

    private static final String DECODER = "websocket-decoder";
    private static final String ENCODER = "websocket-encoder";
    private static final String SECTION = "RFC 6455 7.4.1";

    private boolean closing;

    /**
     * Puts frame codec and pipe behind the handler {@code after}; call on the event loop.
     *
     * @param name of the pipe
     * @param client whether this side is the client, which masks what it sends
     */
    public static void install(ChannelPipeline pipeline, String after, String name, boolean client) {
        WebSocketDecoderConfig rules = WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(LARGEST_FRAME)
                .expectMaskedFrames(!client)
                .allowMaskMismatch(false)
                .allowExtensions(false)
                .closeOnProtocolViolation(false)
                .withUTF8Validator(false)
                .build();
        pipeline.addAfter(after, DECODER, new WebSocket13FrameDecoder(rules))
                .addAfter(DECODER, ENCODER, new WebSocket13FrameEncoder(client))
                .addAfter(ENCODER, name, new WebSocketPipe());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (closing || !(message instanceof WebSocketFrame frame)) {
                return; // the end of the HTTP response comes through here, too
            }
            read(ctx, frame);
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void read(ChannelHandlerContext ctx, WebSocketFrame frame) {
        if (frame instanceof BinaryWebSocketFrame || frame instanceof ContinuationWebSocketFrame) {
            if (frame.content().isReadable()) {
                ctx.fireChannelRead(frame.content().retain());
            }
        } else if (frame instanceof PingWebSocketFrame) {
            if (ctx.channel().isWritable()) { // a peer that reads nothing gets no pongs to its pings
                ctx.writeAndFlush(new PongWebSocketFrame(frame.content().retain()));
            }
        } else if (frame instanceof CloseWebSocketFrame close) {
            closed(ctx, close);
        } else if (!(frame instanceof PongWebSocketFrame)) {
            say(ctx, WebSocketCloseStatus.INVALID_MESSAGE_TYPE);
            throw violation("a text message", null);
        }
    }

    private void closed(ChannelHandlerContext ctx, CloseWebSocketFrame close) {
        int code = close.statusCode();
        String reason = code < 0 ? "" : close.reasonText();
        say(ctx, WebSocketCloseStatus.NORMAL_CLOSURE);
        if (code < 0
                || code == WebSocketCloseStatus.NORMAL_CLOSURE.code()
                || code == WebSocketCloseStatus.ENDPOINT_UNAVAILABLE.code()) {
            ctx.close();
            return;
        }
        throw new Refused(
                "websocket-closed",
                "websocket close code",
                code,
                WebSocketCloseStatus.valueOf(code).reasonText(),
                "the gateway closed the websocket" + (reason.isEmpty() ? "" : ": " + reason),
                "the gateway's log says more; a proxy between may have closed it, too",
                SECTION);
    }

    private static LocalFailure violation(String seen, Throwable cause) {
        return new LocalFailure(
                "websocket-protocol",
                "the other side broke the rules of websockets",
                seen,
                "binary frames of at most " + LARGEST_FRAME + " octets, masked by the client alone (RFC 6455 5)",
                "see whether a proxy between changes websockets; --gateway-transport http does without them",
                cause);
    }

    private void say(ChannelHandlerContext ctx, WebSocketCloseStatus status) {
        if (!closing) {
            closing = true;
            ctx.writeAndFlush(new CloseWebSocketFrame(status, ""));
        }
    }

    /** What the frame decoder throws becomes a failure of this project; anything else passes. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        boolean ofFrames = cause instanceof DecoderException && !(cause.getCause() instanceof SSLException);
        if (!ofFrames) {
            ctx.fireExceptionCaught(cause);
        }
        if (!ofFrames || closing) {
            return; // behind the end, whatever comes means nothing
        }
        say(ctx, WebSocketCloseStatus.PROTOCOL_ERROR);
        ctx.fireExceptionCaught(violation(String.valueOf(cause.getMessage()), cause));
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        ctx.write(
                message instanceof ByteBuf octets && octets.isReadable() ? new BinaryWebSocketFrame(octets) : message,
                promise);
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        say(ctx, WebSocketCloseStatus.NORMAL_CLOSURE);
        ctx.close(promise);
    }
}
