package porthole.transport.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.CompletableFuture;
import porthole.protocol.failure.LocalFailure;
import porthole.transport.Failures;
import porthole.transport.websocket.WebSocketPipe;

/** Requests and responses on one connection to a gateway, one after another; on its event loop. */
public final class HttpExchange extends ChannelInboundHandlerAdapter {
    /** The cause of a connection that ends without an answer. */
    public static final String CLOSED = "gateway-http-closed";

    /** Name of the codec in the pipeline. */
    public static final String CODEC = "gateway-http";

    private static final String NAME = "gateway-exchange";
    private static final int LONGEST_LINE = 4096;
    private static final int LARGEST_HEADERS = 64 * 1024;
    private static final int CHUNK = 16 * 1024;
    private static final int LARGEST_BODY = 256 * 1024;

    private final ChannelPipeline pipeline;
    private CompletableFuture<HttpResponse> answer = CompletableFuture.completedFuture(null);
    private boolean streams;
    private HttpResponse head;
    private int body;

    private HttpExchange(ChannelPipeline pipeline) {
        this.pipeline = pipeline;
    }

    /** Puts HTTP at the end of the pipeline. */
    public static HttpExchange install(ChannelPipeline pipeline) {
        HttpDecoderConfig limits = new HttpDecoderConfig()
                .setMaxInitialLineLength(LONGEST_LINE)
                .setMaxHeaderSize(LARGEST_HEADERS)
                .setMaxChunkSize(CHUNK);
        HttpExchange exchange = new HttpExchange(pipeline);
        pipeline.addLast(CODEC, new HttpClientCodec(limits, false, false));
        pipeline.addLast(NAME, exchange);
        return exchange;
    }

    /**
     * Sends a request and waits for the end of its response.
     *
     * <p>Its head completes the future when what follows it is not for this handler: with status 101, and with 200 if the response
     * {@code streams}.
     */
    public CompletableFuture<HttpResponse> ask(HttpRequest request, boolean streams) {
        this.streams = streams;
        head = null;
        body = 0;
        answer = new CompletableFuture<>();
        pipeline.writeAndFlush(request).addListener(sent -> {
            if (!sent.isSuccess()) {
                fail(sent.cause());
            }
        });
        return answer;
    }

    /** Leaves the pipeline to others; the codec stays. */
    void leave() {
        pipeline.remove(this);
    }

    /** After a response with status 101: HTTP ends, and what comes passes a websocket's frames. */
    public void becomeWebSocket(String name) {
        HttpClientCodec codec = (HttpClientCodec) pipeline.get(CODEC);
        codec.removeOutboundHandler();
        WebSocketPipe.install(pipeline, CODEC, name, true);
        leave();
        pipeline.channel().eventLoop().execute(() -> pipeline.remove(codec)); // it is at work, further up the stack
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (!answer.isDone()) {
                read(message);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void read(Object message) {
        if (message instanceof HttpObject part && part.decoderResult().isFailure()) {
            fail(notHttp(part.decoderResult().cause()));
            return;
        }
        if (message instanceof HttpResponse response) {
            head = response.status().codeClass() == HttpStatusClass.INFORMATIONAL
                            && response.status().code() != 101
                    ? null
                    : response;
            boolean changes = head != null && head.status().code() == 101;
            if (changes || streams && head != null && head.status().code() == 200) {
                answer.complete(head);
                return;
            }
        }
        if (message instanceof HttpContent content && head != null) {
            body += content.content().readableBytes();
            if (body > LARGEST_BODY) {
                fail(notHttp(new IllegalStateException("a body of more than " + LARGEST_BODY + " octets")));
            } else if (message instanceof LastHttpContent) {
                answer.complete(head);
            }
        }
    }

    private static LocalFailure notHttp(Throwable cause) {
        return new LocalFailure(
                "gateway-http",
                "the gateway does not answer as HTTP has it",
                String.valueOf(cause.getMessage()),
                "a response of HTTP/1.1 with a short body",
                "check host and port of the gateway",
                cause);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail(
                new LocalFailure(
                        CLOSED,
                        "the gateway closed the connection without an answer",
                        "end of stream",
                        "a response to the HTTP request",
                        "Windows gateways do so with requests that they do not like: try another --gateway-transport, and check the gateway's name"));
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(cause);
    }

    private void fail(Throwable cause) {
        if (!answer.isDone()) {
            answer.completeExceptionally(Failures.of(cause));
            pipeline.channel().close();
        }
    }
}
