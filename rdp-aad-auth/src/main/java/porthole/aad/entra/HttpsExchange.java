package porthole.aad.entra;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import java.io.EOFException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.wire.Bytes;

/** One request and its answer on a connection of their own, which whoever asked closes. */
final class HttpsExchange extends SimpleChannelInboundHandler<HttpObject> {
    private static final int LONGEST_LINE = 4096;
    private static final int LARGEST_HEADERS = 64 * 1024;
    private static final int CHUNK = 16 * 1024;

    private final int largest;
    private final String who;
    private final CompletableFuture<EntraHttp.Raw> outcome;
    private final ByteBuf body = Unpooled.buffer();
    private HttpResponse head;

    private HttpsExchange(int largest, String who, CompletableFuture<EntraHttp.Raw> outcome) {
        this.largest = largest;
        this.who = who;
        this.outcome = outcome;
    }

    /** Names of certificates are checked against {@code host}, which goes out as SNI where it can. */
    static SslHandler tls(SSLContext context, String host, int port, Executor work) {
        SSLEngine engine = context.createSSLEngine(host, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        SslHandler handler = new SslHandler(engine, false, work);
        handler.setHandshakeTimeoutMillis(0); // the exchange has a deadline
        return handler;
    }

    /**
     * Sends {@code request}, which it releases, over an open connection.
     *
     * @param largest the most octets that the answer may have
     * @param who answers, for failures
     * @param outcome is completed on the event loop; whatever goes wrong comes as it was thrown
     */
    static void begin(
            Channel channel,
            FullHttpRequest request,
            int largest,
            String who,
            CompletableFuture<EntraHttp.Raw> outcome) {
        HttpDecoderConfig limits = new HttpDecoderConfig()
                .setMaxInitialLineLength(LONGEST_LINE)
                .setMaxHeaderSize(LARGEST_HEADERS)
                .setMaxChunkSize(CHUNK);
        channel.pipeline().addLast(new HttpClientCodec(limits, false, false));
        channel.pipeline().addLast(new HttpsExchange(largest, who, outcome));
        channel.writeAndFlush(request).addListener(sent -> {
            if (!sent.isSuccess()) {
                outcome.completeExceptionally(sent.cause());
            }
        });
        channel.config().setAutoRead(true);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
        if (outcome.isDone()) {
            return;
        }
        if (part.decoderResult().isFailure()) {
            outcome.completeExceptionally(unusable(
                    who + "'s answer is no HTTP",
                    Sanitized.line(String.valueOf(part.decoderResult().cause().getMessage()))));
            return;
        }
        if (part instanceof HttpResponse response) {
            head = response;
        }
        if (part instanceof HttpContent content) {
            if (body.readableBytes() + content.content().readableBytes() > largest) {
                outcome.completeExceptionally(
                        unusable(who + "'s answer is too large", "more than " + largest + " octets"));
                return;
            }
            body.writeBytes(content.content());
            if (part instanceof LastHttpContent && head.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
                outcome.complete(
                        new EntraHttp.Raw(head.status().code(), head.headers(), Bytes.of(ByteBufUtil.getBytes(body))));
            }
        }
    }

    private LocalFailure unusable(String summary, String seen) {
        return new LocalFailure(
                "entra-answer", summary, seen, "a short answer of HTTP/1.1", "check that this is " + who);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        outcome.completeExceptionally(new EOFException("closed before the end of the answer"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        outcome.completeExceptionally(cause);
    }
}
