package porthole.transport.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import porthole.protocol.failure.LocalFailure;

/**
 * Two HTTP channels as one pipe of octets (MS-TSGU 3.3.5.1): the body on this channel is read, the one on the other channel is
 * written; for a client these are those of a response and of a request, for a gateway the other way round.
 */
public final class HttpPipe extends ChannelDuplexHandler {
    /** Octets that a gateway sends before its first packet, which let proxies see that data flows. */
    public static final int SEED = 10;

    private static final int IN_WRITABLE = 1;

    private int seed;
    private Channel in;

    /** @param seed how many octets to pass over first */
    public HttpPipe(int seed) {
        this.seed = seed;
    }

    /** The other channel, which has sent the head of its message with a chunked body; it ends with this one. */
    public void writeTo(Channel channel, ChannelHandlerContext own) {
        in = channel;
        own.channel().closeFuture().addListener(closed -> channel.close());
        channel.pipeline().addLast("gateway-other", new InChannel(own));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            read(ctx, message);
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void read(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpObject part && part.decoderResult().isFailure()) {
            throw new LocalFailure(
                    "gateway-http-chunk",
                    "the body of the gateway's response is malformed",
                    String.valueOf(part.decoderResult().cause().getMessage()),
                    "chunks as RFC 9112 7.1 has them",
                    "see whether a proxy between changes bodies",
                    part.decoderResult().cause());
        }
        if (message instanceof HttpContent content) {
            ByteBuf octets = content.content();
            int skipped = Math.min(seed, octets.readableBytes());
            octets.skipBytes(skipped);
            seed -= skipped;
            if (octets.isReadable()) {
                ctx.fireChannelRead(octets.retain());
            }
            if (message instanceof LastHttpContent) {
                ctx.close();
            }
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        Object part =
                message instanceof ByteBuf octets && octets.isReadable() ? new DefaultHttpContent(octets) : message;
        in.write(part).addListener(done -> {
            if (done.isSuccess()) {
                promise.trySuccess();
            } else {
                promise.tryFailure(done.cause());
            }
        });
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        if (in != null) {
            in.flush();
        }
        ctx.flush();
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (in != null) {
            in.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT).addListener(sent -> in.close());
        }
        ctx.close(promise);
    }

    /** What comes on the channel that is written: a refusal, its end, and whether it takes more. */
    private static final class InChannel extends ChannelInboundHandlerAdapter {
        private final ChannelHandlerContext pipe;

        InChannel(ChannelHandlerContext pipe) {
            this.pipe = pipe;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            try {
                if (message instanceof HttpResponse response
                        && response.status().code() >= 400) {
                    fail(new LocalFailure(
                            "gateway-in-channel",
                            "the gateway refused the channel for data to the host",
                            "HTTP status " + response.status(),
                            "no answer before the end of the session",
                            "a proxy between may not take endless requests: try --gateway-transport websocket"));
                }
            } finally {
                ReferenceCountUtil.release(message);
            }
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            boolean writable = ctx.channel().isWritable();
            onPipe(() -> {
                ChannelOutboundBuffer queue = pipe.channel().unsafe().outboundBuffer();
                if (queue != null) {
                    queue.setUserDefinedWritability(IN_WRITABLE, writable);
                }
            });
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            onPipe(() -> pipe.channel().close());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            fail(cause);
        }

        private void fail(Throwable cause) {
            onPipe(() -> pipe.fireExceptionCaught(cause));
        }

        private void onPipe(Runnable action) {
            pipe.executor().execute(action);
        }
    }
}
