package porthole.transport.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.concurrent.CompletableFuture;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Refused;
import porthole.transport.Failures;
import porthole.transport.ProxyServer;

/** CONNECT to a destination through an HTTP proxy (RFC 9110 9.3.6), on one connection. */
final class HttpConnect extends SimpleChannelInboundHandler<Object> {
    private static final String CODEC = "proxy-http";
    private static final int LONGEST_LINE = 4096;
    private static final int LARGEST_HEADERS = 64 * 1024;
    private static final int CHUNK = 8192;
    private static final int LARGEST_BODY = 256 * 1024;
    private static final int MOST_RESPONSES = 8;
    private static final int OK = 200;
    private static final int AUTHENTICATION_REQUIRED = 407;

    private final ProxyServer proxy;
    private final Destination destination;
    private final ProxyLogin login;
    private final CompletableFuture<ProxyTunnel.End> outcome;
    private HttpResponse response;
    private int responses;
    private int body;
    private boolean open;

    /** @param outcome is completed on the event loop */
    HttpConnect(
            ProxyServer proxy, Destination destination, ProxyLogin login, CompletableFuture<ProxyTunnel.End> outcome) {
        super(Object.class);
        this.proxy = proxy;
        this.destination = destination;
        this.login = login;
        this.outcome = outcome;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        HttpDecoderConfig limits = new HttpDecoderConfig()
                .setMaxInitialLineLength(LONGEST_LINE)
                .setMaxHeaderSize(LARGEST_HEADERS)
                .setMaxChunkSize(CHUNK);
        context.pipeline().addBefore(context.name(), CODEC, new HttpClientCodec(limits, false, false));
        ask(context);
    }

    private void ask(ChannelHandlerContext context) {
        FullHttpRequest request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.CONNECT, destination.toString());
        request.headers().set(HttpHeaderNames.HOST, destination.toString());
        request.headers().set(HttpHeaderNames.USER_AGENT, "porthole");
        request.headers().set("Proxy-Connection", "keep-alive");
        login.authorization().ifPresent(who -> request.headers().set(HttpHeaderNames.PROXY_AUTHORIZATION, who));
        context.writeAndFlush(request).addListener(sent -> {
            if (!sent.isSuccess()) {
                fail(Failures.of(sent.cause()));
            }
        });
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Object message) {
        if (outcome.isDone()) {
            return;
        }
        try {
            if (open || !(message instanceof HttpObject part)) {
                throw answer("octets behind the proxy's answer", "nothing before this client speaks to the host");
            } else if (part.decoderResult().cause() instanceof PrematureChannelClosureException) {
                throw ProxyTunnel.closed(proxy, "the whole response to CONNECT", context.channel());
            } else if (part.decoderResult().isFailure()) {
                throw answer(
                        String.valueOf(part.decoderResult().cause().getMessage()),
                        "a response of HTTP/1.1 with headers of at most " + LARGEST_HEADERS + " octets");
            }
            read(context, part);
        } catch (RdpFailure e) {
            fail(e);
        }
    }

    private void read(ChannelHandlerContext context, HttpObject part) {
        if (part instanceof HttpResponse head) {
            response = head;
            body = 0;
            if (++responses > MOST_RESPONSES) {
                throw answer(responses + " responses", "at most " + MOST_RESPONSES);
            }
            head(context, head);
        }
        if (part instanceof HttpContent content && !outcome.isDone()) {
            body += content.content().readableBytes();
            if (body > LARGEST_BODY) {
                throw answer("more than " + LARGEST_BODY + " octets of text", "a short explanation, or none");
            }
            if (part instanceof LastHttpContent) {
                end(context);
            }
        }
    }

    private void head(ChannelHandlerContext context, HttpResponse head) {
        int status = head.status().code();
        if (status == AUTHENTICATION_REQUIRED) {
            login.challenged(head.headers().getAll(HttpHeaderNames.PROXY_AUTHENTICATE));
            if (!staysOpen(head)) {
                reconnect();
            }
        } else if (status != OK && head.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
            throw refused(status, head.status().reasonPhrase());
        }
    }

    /** The answer is needed on this connection, or it may be given on another one. */
    private void reconnect() {
        if (!login.survivesConnection()) {
            throw answer(
                    "a connection that closes behind the NTLM challenge",
                    "NTLM on one connection: something before the proxy may not keep connections open");
        }
        outcome.complete(ProxyTunnel.End.CONNECT_AGAIN);
    }

    private static boolean staysOpen(HttpResponse head) {
        boolean length = HttpUtil.isTransferEncodingChunked(head) || HttpUtil.isContentLengthSet(head);
        boolean oldStyle = head.headers().containsValue("Proxy-Connection", "keep-alive", true);
        boolean closes = head.headers().containsValue("Proxy-Connection", "close", true);
        return length && !closes && (HttpUtil.isKeepAlive(head) || oldStyle);
    }

    private void end(ChannelHandlerContext context) {
        switch (response.status().code()) {
            case AUTHENTICATION_REQUIRED -> ask(context);
            case OK -> {
                open = true;
                context.channel().config().setAutoRead(false);
                context.pipeline().remove(CODEC); // hands over what it still holds, in this same call or right after it
                context.executor().execute(() -> opened(context));
            }
            default -> {
                // 1xx: the answer is still to come
            }
        }
    }

    private void opened(ChannelHandlerContext context) {
        if (!outcome.isDone()) {
            context.pipeline().remove(this);
            outcome.complete(ProxyTunnel.End.OPEN);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        Channel channel = context.channel();
        context.executor()
                .execute(
                        () -> { // behind the end of a response that only closing ends
                            if (!outcome.isDone()) {
                                fail(ProxyTunnel.closed(proxy, "an HTTP response to CONNECT", channel));
                            }
                        });
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(Failures.of(cause));
    }

    private void fail(RdpFailure failure) {
        outcome.completeExceptionally(failure);
    }

    private LocalFailure answer(String seen, String expected) {
        return new LocalFailure(
                "proxy-answer",
                "the proxy " + proxy + " does not answer as an HTTP proxy",
                seen,
                expected,
                "check address, port and scheme of the proxy: a SOCKS proxy is written as socks5://, one with TLS as https://");
    }

    private Refused refused(int status, String reason) {
        String meaning;
        String remedy;
        switch (status) {
            case 401 -> { // what tinyproxy says to a wrong password
                return login.refused(
                        status,
                        shortened(reason),
                        "the proxy did not accept user and password",
                        "check user and password of the proxy");
            }
            case 403, 405 -> {
                meaning = "the proxy does not allow connections to " + destination;
                remedy = "many proxies allow CONNECT to port 443 alone: let whoever runs it allow host and port, or go"
                        + " through a gateway";
            }
            case 502, 503, 504, 404 -> {
                meaning = "the proxy could not reach " + destination;
                remedy = "see whether the proxy can resolve the name and has a way to host and port";
            }
            default -> {
                meaning = "the proxy answered CONNECT to " + destination + " with status " + status;
                remedy = "see the proxy's log, and whether it does CONNECT at all";
            }
        }
        return new Refused(
                "proxy-refused", "proxy " + proxy, status, shortened(reason), meaning, remedy, "RFC 9110 9.3.6");
    }

    private static String shortened(String reason) {
        return reason.isEmpty() ? "unnamed" : reason.substring(0, Math.min(80, reason.length()));
    }
}
