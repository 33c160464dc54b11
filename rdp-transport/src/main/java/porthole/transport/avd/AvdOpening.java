package porthole.transport.avd;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.Refused;
import porthole.protocol.failure.Stage;
import porthole.transport.AvdGatewaySettings;
import porthole.transport.ConnectionObserver;
import porthole.transport.ConnectionSpec;
import porthole.transport.GatewaySettings;
import porthole.transport.RandomSource;
import porthole.transport.StageClock;
import porthole.transport.gateway.Cookies;
import porthole.transport.gateway.HttpExchange;
import porthole.transport.gateway.OpeningAttempt;
import porthole.transport.route.TcpConnector;
import porthole.transport.tls.SslUpgrader;
import porthole.transport.websocket.HeldUntilRead;
import porthole.transport.websocket.WebSocketKey;

/**
 * One attempt to get through: a plain request whose answer, mostly a 403, names the machine to stay with in cookies; then
 * the upgrade to a websocket on a connection of its own.
 */
final class AvdOpening {
    private static final String TLS = "avd-gateway-tls";
    private static final String PIPE = "avd-gateway-pipe";
    private static final String HELD = "avd-gateway-held";
    private static final String LATE = "connect again; a longer --timeout helps only if the gateway is merely slow";

    private final SslUpgrader tls;
    private final RandomSource random;
    private final AvdGatewaySettings settings;
    private final StageClock clock;
    private final Cookies cookies = new Cookies();
    private final OpeningAttempt attempt;

    AvdOpening(
            TcpConnector tcp,
            SslUpgrader tls,
            RandomSource random,
            ConnectionSpec spec,
            AvdGatewaySettings settings,
            StageClock clock) {
        this.tls = tls;
        this.random = random;
        this.settings = settings;
        this.clock = clock;
        this.attempt = new OpeningAttempt(tcp, spec, clock, LATE);
    }

    CompletableFuture<Channel> open() {
        return attempt.endsWith(secured(clock)
                .thenCompose(this::affinity)
                .thenCompose(nothing -> secured(new StageClock(ConnectionObserver.NONE, System::nanoTime)))
                .thenCompose(this::upgrade));
    }

    /** A connection with TLS; the second one is no stage of its own and is told to nobody. */
    private CompletionStage<Channel> secured(StageClock told) {
        return attempt.connect(settings.host(), settings.port(), told, channel -> {
            attempt.enter(channel, Stage.GATEWAY_TLS, told);
            channel.config().setAutoRead(true);
            return tls.secure(channel.pipeline(), TLS, settings.trust(), settings.host(), settings.port())
                    .thenApply(evidence -> {
                        told.finished(Stage.GATEWAY_TLS, evidence.facts());
                        attempt.enter(channel, Stage.GATEWAY_AUTHENTICATION, told);
                        return channel;
                    });
        });
    }

    private CompletionStage<Void> affinity(Channel channel) {
        HttpRequest request = request(settings.path());
        request.headers()
                .set(HttpHeaderNames.CONNECTION, "Keep-Alive")
                .set(HttpHeaderNames.AUTHORIZATION, "Bearer " + settings.token().reveal());
        return HttpExchange.install(channel.pipeline()).ask(request, false).thenAccept(response -> {
            int status = response.status().code();
            if (status != 200 && status != 403) {
                throw refused(response);
            }
            cookies.keep(response);
            channel.close();
        });
    }

    private CompletionStage<Channel> upgrade(Channel channel) {
        String path = settings.path();
        WebSocketKey key = WebSocketKey.random(random);
        HttpRequest request = request(path + (path.indexOf('?') < 0 ? "?" : "&") + "ClmTk=Bearer%20"
                + escaped(settings.token().reveal()));
        key.ask(request.headers());
        cookies.header().ifPresent(line -> request.headers().set(HttpHeaderNames.COOKIE, line));
        HttpExchange exchange = HttpExchange.install(channel.pipeline());
        return exchange.ask(request, false).thenApply(response -> {
            if (response.status().code() != 101) {
                throw refused(response);
            }
            key.problem(response.headers()).ifPresent(seen -> {
                throw new LocalFailure(
                        "gateway-no-websocket",
                        "the gateway did not change to a websocket",
                        seen,
                        "status 101 with the right Sec-WebSocket-Accept",
                        "see whether a proxy between changes answers");
            });
            exchange.becomeWebSocket(PIPE);
            channel.pipeline()
                    .addLast(HELD, new HeldUntilRead()); // the first frames may come in the same read as this answer
            channel.config().setAutoRead(false); // until there is somebody to read
            attempt.endStage();
            clock.finished(Stage.GATEWAY_AUTHENTICATION, Map.of("transport", "websocket", "affinity", cookies.names()));
            return channel;
        });
    }

    /** In the form that FreeRDP sends; the token has its own place in each of the two requests. */
    private HttpRequest request(String target) {
        HttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, target);
        boolean usual = settings.port() == GatewaySettings.DEFAULT_PORT;
        request.headers()
                .set(HttpHeaderNames.HOST, settings.location().getHost() + (usual ? "" : ":" + settings.port()))
                .set(HttpHeaderNames.CACHE_CONTROL, "no-cache")
                .set(HttpHeaderNames.PRAGMA, "no-cache")
                .set(HttpHeaderNames.ACCEPT, "*/*")
                .set(HttpHeaderNames.USER_AGENT, settings.userAgent())
                .set("X-MS-User-Agent", settings.userAgent())
                .set(HttpHeaderNames.CONTENT_LENGTH, 0);
        return request;
    }

    private static String escaped(String token) {
        return URLEncoder.encode(token, StandardCharsets.US_ASCII);
    }

    private static Refused refused(HttpResponse response) {
        int status = response.status().code();
        String reason = response.status().reasonPhrase();
        String meaning = "the gateway answered with status " + status;
        String remedy = "ask the broker again by connecting again; status 500 and above is the gateway's own trouble";
        if (status == 401 || status == 402 || status == 403) {
            meaning = "the gateway does not take the access token";
            remedy = "get a token for the service, of the resource's tenant, that has not expired";
        } else if (status == 400 || status == 414 || status == 431) {
            meaning = "the gateway does not understand the request, or finds it too long";
            remedy = "see the length of the token: gateways refuse requests with very long ones";
        } else if (status == 404 || status == 410) {
            meaning = "the gateway does not know this session, or no longer";
            remedy = "connect again: the broker's answer is good for a short time";
        } else if (status == 407) {
            meaning = "a proxy before the gateway asks who this is";
            remedy = "give --proxy and its credentials";
        } else if (status == 504) {
            meaning = "the host did not answer the gateway in time";
            remedy = "see whether the host is up and its agent healthy";
        }
        return new Refused(
                "gateway-http-status",
                "gateway HTTP status",
                status,
                reason.isEmpty() ? "unnamed" : reason.substring(0, Math.min(80, reason.length())),
                meaning,
                remedy,
                "RFC 9110 15");
    }
}
