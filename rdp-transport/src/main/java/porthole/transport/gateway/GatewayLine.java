package porthole.transport.gateway;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import porthole.protocol.failure.LocalFailure;
import porthole.transport.GatewaySettings;
import porthole.transport.GatewaySettings.Authentication;
import porthole.transport.Target;
import porthole.transport.websocket.WebSocketKey;

/** One HTTP connection to a gateway: its requests, from the first one to the one that opens a channel. */
final class GatewayLine {
    static final String OUT = "RDG_OUT_DATA";
    static final String IN = "RDG_IN_DATA";

    private static final String PATH = "/remoteDesktopGateway/";
    private static final int MOST_ROUNDS = 8;

    private final Channel channel;
    private final String method;
    private final GatewaySettings settings;
    private final Identity identity;
    private final HttpSignIn signIn;
    private final Optional<WebSocketKey> key;
    private final HttpExchange exchange;

    /**
     * What both connections of one attempt have in common.
     *
     * @param connectionId a GUID by which the gateway brings them together
     * @param cookies which a load balancer may have set
     */
    record Identity(String connectionId, String correlationId, Cookies cookies) {}

    /** @param key asks for a websocket where there is one */
    GatewayLine(
            Channel channel,
            String method,
            GatewaySettings settings,
            Identity identity,
            HttpSignIn signIn,
            Optional<WebSocketKey> key) {
        this.channel = channel;
        this.method = method;
        this.settings = settings;
        this.identity = identity;
        this.signIn = signIn;
        this.key = key;
        this.exchange = HttpExchange.install(channel.pipeline());
    }

    Channel channel() {
        return channel;
    }

    ChannelPipeline pipeline() {
        return channel.pipeline();
    }

    Authentication scheme() {
        return signIn.scheme();
    }

    /** What is wrong with a response with status 101; empty where nothing is. */
    Optional<String> problem(HttpResponse response) {
        return key.map(asked -> asked.problem(response.headers()))
                .orElse(Optional.of("a change of protocol that was not asked for"));
    }

    /**
     * Signs in; completes with the first response that asks for nothing more.
     *
     * <p>That is one with status 401 where the gateway closes the connection and the sign-in has to go on with another one.
     */
    CompletionStage<HttpResponse> signIn() {
        return round(signIn.first(), 1);
    }

    private CompletionStage<HttpResponse> round(Optional<String> authorization, int round) {
        return exchange.ask(request(authorization), method.equals(OUT)).thenCompose(response -> {
            identity.cookies().keep(response);
            if (response.status().code() != 401) {
                return CompletableFuture.completedFuture(response);
            }
            if (round == MOST_ROUNDS) {
                throw new LocalFailure(
                        "gateway-http",
                        "the gateway asks who this is again and again",
                        MOST_ROUNDS + " responses with status 401",
                        "an end of the sign-in",
                        "try another --gateway-auth");
            }
            Optional<String> answer = signIn.next(response.headers().getAll(HttpHeaderNames.WWW_AUTHENTICATE));
            if (HttpUtil.isKeepAlive(response)) {
                return round(answer, round + 1);
            }
            if (!signIn.survivesConnection()) {
                throw new LocalFailure(
                        "gateway-http",
                        "the gateway ends the connection that is being signed in",
                        "Connection: close",
                        "a connection that stays, as NTLM signs in connections",
                        "a proxy between may not keep connections open: try --gateway-auth basic or bearer");
            }
            return CompletableFuture.completedFuture(response);
        });
    }

    private HttpRequest request(Optional<String> authorization) {
        HttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.valueOf(method), PATH);
        headers(request.headers(), authorization);
        request.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
        key.ifPresent(asked -> asked.ask(request.headers()));
        return request;
    }

    private void headers(HttpHeaders headers, Optional<String> authorization) {
        Target gateway = settings.gateway();
        boolean usual = gateway.port() == GatewaySettings.DEFAULT_PORT;
        String host = gateway.toString();
        headers.set(HttpHeaderNames.HOST, usual ? host.substring(0, host.lastIndexOf(':')) : host)
                .set(HttpHeaderNames.CONNECTION, "Keep-Alive")
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_CACHE)
                .set(HttpHeaderNames.PRAGMA, HttpHeaderValues.NO_CACHE)
                .set(HttpHeaderNames.ACCEPT, "*/*")
                .set(HttpHeaderNames.USER_AGENT, "MS-RDGateway/1.0")
                .set("RDG-Connection-Id", "{" + identity.connectionId() + "}")
                .set("RDG-Correlation-Id", "{" + identity.correlationId() + "}");
        authorization.ifPresent(who -> headers.set(HttpHeaderNames.AUTHORIZATION, who));
        if (scheme() == Authentication.COOKIE) {
            headers.set("RDG-Auth-Scheme", "PAA");
        } else if (scheme() == Authentication.TUNNEL_NTLM) {
            headers.set("RDG-Auth-Scheme", "SSPI_NTLM");
        }
        identity.cookies().header().ifPresent(line -> headers.set(HttpHeaderNames.COOKIE, line));
    }

    /** Begins the request whose body is the way to the gateway. */
    void beginBody() {
        HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.valueOf(method), PATH);
        boolean again = scheme() == Authentication.BASIC || scheme() == Authentication.BEARER;
        headers(request.headers(), again ? signIn.first() : Optional.empty());
        request.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        channel.writeAndFlush(request);
    }

    /** Ends HTTP's part; the codec stays where it is. */
    void leaveHttp() {
        exchange.leave();
    }

    void becomeWebSocket(String name) {
        exchange.becomeWebSocket(name);
    }
}
