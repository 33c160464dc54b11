package porthole.transport.gateway;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Refused;
import porthole.protocol.failure.Stage;
import porthole.protocol.gateway.GatewayFlags;
import porthole.protocol.ntlm.Ntlm;
import porthole.protocol.ntlm.NtlmExchange;
import porthole.protocol.ntlm.NtlmIdentity;
import porthole.protocol.wire.Bytes;
import porthole.transport.ConnectionObserver;
import porthole.transport.ConnectionSpec;
import porthole.transport.Correlation;
import porthole.transport.Credentials;
import porthole.transport.Failures;
import porthole.transport.GatewaySettings;
import porthole.transport.GatewaySettings.Authentication;
import porthole.transport.GatewaySettings.Transport;
import porthole.transport.Secret;
import porthole.transport.StageClock;
import porthole.transport.Target;
import porthole.transport.TlsEvidence;
import porthole.transport.nla.AuthenticationMechanism;
import porthole.transport.nla.ChannelBindings;
import porthole.transport.nla.NtlmMechanism;
import porthole.transport.nla.SpnegoMechanism;
import porthole.transport.websocket.WebSocketKey;

/** One attempt to get through a gateway: token, connections, sign-in, tunnel; each step in its stage and with a deadline. */
final class GatewayOpening {
    private static final String TLS = "gateway-tls";
    private static final String PIPE = "gateway-pipe";
    private static final String PACKETS = "gateway-packets";
    private static final String TUNNEL = "gateway-tunnel";
    private static final String LATE =
            "see whether the gateway is overloaded, or cannot reach its domain or the host; a longer --timeout helps only if it is merely slow";

    private final GatewayRoute.Tools tools;
    private final ConnectionSpec spec;
    private final GatewaySettings settings;
    private final StageClock clock;
    private final GatewayLine.Identity identity;
    private final OpeningAttempt attempt;
    private Optional<Secret> token = Optional.empty();
    private Authentication scheme;
    private TlsEvidence tls;

    GatewayOpening(GatewayRoute.Tools tools, ConnectionSpec spec, GatewaySettings settings, StageClock clock) {
        this.tools = tools;
        this.spec = spec;
        this.settings = settings;
        this.clock = clock;
        this.attempt = new OpeningAttempt(tools.tcp(), spec, clock, LATE);
        this.scheme = settings.authentication();
        this.identity = new GatewayLine.Identity(
                guid(),
                spec.client().correlation().id().map(Correlation::text).orElseGet(this::guid), // the host gets the same
                new Cookies());
    }

    private String guid() {
        return Correlation.text(Bytes.of(tools.random().octets(16)));
    }

    CompletableFuture<Channel> open() {
        return attempt.endsWith(fetchToken().thenCompose(nothing -> out(settings.transport() != Transport.HTTP)));
    }

    private CompletionStage<Void> fetchToken() {
        boolean wanted = List.of(Authentication.AUTO, Authentication.BEARER, Authentication.COOKIE)
                .contains(scheme);
        if (!wanted) {
            return CompletableFuture.completedFuture(null);
        }
        if (settings.token().isEmpty()) {
            return scheme == Authentication.AUTO
                    ? CompletableFuture.completedFuture(null)
                    : CompletableFuture.failedFuture(noToken("none was given", null));
        }
        attempt.enter(Stage.TOKEN);
        clock.started(Stage.TOKEN);
        return CompletableFuture.runAsync(this::callForToken, tools.blocking())
                .orTimeout(spec.deadlines().total().toMillis(), TimeUnit.MILLISECONDS)
                .thenRun(() -> {
                    clock.finished(Stage.TOKEN, Map.of("for", "gateway"));
                    attempt.enter(Stage.CONNECT);
                    scheme = scheme == Authentication.AUTO ? Authentication.BEARER : scheme;
                });
    }

    private void callForToken() {
        Secret fetched;
        try {
            fetched = settings.token().orElseThrow().call();
        } catch (Exception e) {
            if (e instanceof RdpFailure || e.getCause() instanceof RdpFailure) {
                throw Failures.of(e);
            }
            throw noToken(String.valueOf(e.getMessage()), e);
        }
        if (fetched.isEmpty() || fetched.reveal().chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw noToken("a token that is empty or has other than printable ASCII characters", null);
        }
        token = Optional.of(fetched);
    }

    private static LocalFailure noToken(String seen, Throwable cause) {
        return new LocalFailure(
                "gateway-token",
                "there is no access token for the gateway",
                seen,
                "a token",
                "give --gateway-token-file or --gateway-token-command, or sign in with user and password",
                cause);
    }

    private CompletionStage<Channel> out(boolean upgrade) {
        return line(GatewayLine.OUT, upgrade)
                .handle((line, failed) -> {
                    if (failed == null) {
                        return decide(line, upgrade);
                    }
                    RdpFailure failure = Failures.of(failed);
                    boolean silent = HttpExchange.CLOSED.equals(failure.report().cause());
                    return upgrade && silent && settings.transport() == Transport.AUTO
                            ? withoutWebSocket("closed without an answer")
                            : CompletableFuture.<Channel>failedFuture(failure);
                })
                .thenCompose(next -> next);
    }

    private CompletionStage<Channel> withoutWebSocket(String because) {
        clock.note("gateway-fallback", Map.of("from", "websocket", "to", "http", "because", because));
        attempt.channels().forEach(Channel::close);
        attempt.channels().clear();
        return out(false);
    }

    /** A connection that is signed in, and the response that says so. */
    private record SignedIn(GatewayLine line, HttpResponse response) {}

    private CompletionStage<Channel> decide(SignedIn out, boolean upgrade) {
        int status = out.response.status().code();
        if (status == 101) {
            Optional<String> problem = out.line.problem(out.response);
            return problem.isEmpty() ? webSocket(out) : refusedUpgrade(problem.get());
        }
        if (status == 200) {
            return settings.transport() == Transport.WEBSOCKET ? refusedUpgrade("status 200") : dual(out);
        }
        boolean maybe = status == 400 || status == 405 || status == 426 || status >= 500;
        return upgrade && maybe && settings.transport() == Transport.AUTO
                ? withoutWebSocket("status " + status)
                : CompletableFuture.failedFuture(refused(out.response));
    }

    private CompletionStage<Channel> refusedUpgrade(String seen) {
        if (settings.transport() == Transport.AUTO) {
            return withoutWebSocket(seen);
        }
        return CompletableFuture.failedFuture(
                new LocalFailure(
                        "gateway-no-websocket",
                        "the gateway did not change to a websocket",
                        seen,
                        "status 101 with the right Sec-WebSocket-Accept",
                        "a gateway before Windows Server 2016, or a proxy between, may have none: try --gateway-transport http"));
    }

    private static Refused refused(HttpResponse response) {
        int status = response.status().code();
        String meaning;
        String remedy;
        switch (status) {
            case 403 -> {
                meaning = "the gateway forbids the request";
                remedy = "see the gateway's policies, and whether it takes clients from this network";
            }
            case 404, 410 -> {
                meaning = "there is no RD Gateway at this address";
                remedy = "check host and port of the gateway: it answers HTTPS, but not at /remoteDesktopGateway/";
            }
            case 407 -> {
                meaning = "a proxy before the gateway asks who this is";
                remedy = "give --proxy and its credentials";
            }
            default -> {
                meaning = "the gateway answered with status " + status;
                remedy = "see the gateway's log; status 500 and above is its own trouble, or that of a load balancer";
            }
        }
        String reason = response.status().reasonPhrase();
        return new Refused(
                "gateway-http-status",
                "gateway HTTP status",
                status,
                reason.isEmpty() ? "unnamed" : reason.substring(0, Math.min(80, reason.length())),
                meaning,
                remedy,
                "RFC 9110 15");
    }

    private CompletionStage<SignedIn> line(String method, boolean upgrade) {
        boolean first = method.equals(GatewayLine.OUT);
        // the second connection is no stage of its own
        StageClock told = first ? clock : new StageClock(ConnectionObserver.NONE, System::nanoTime);
        int port = settings.gateway().port();
        return attempt.connect(host(), port, told, channel -> secured(channel, method, upgrade, told));
    }

    /** The gateway's name; for a further connection the address of the first one, as a name may stand for several machines. */
    private String host() {
        boolean direct = spec.route().proxy().server().isEmpty();
        Channel first = attempt.channels().peek();
        if (direct && first != null && first.remoteAddress() instanceof InetSocketAddress address) {
            return address.getAddress().getHostAddress();
        }
        return settings.gateway().host();
    }

    private CompletionStage<SignedIn> secured(Channel channel, String method, boolean upgrade, StageClock told) {
        Target gateway = settings.gateway();
        attempt.enter(channel, Stage.GATEWAY_TLS, told);
        channel.config().setAutoRead(true);
        CompletionStage<TlsEvidence> secured =
                tools.tls().secure(channel.pipeline(), TLS, settings.trust(), gateway.tlsName(), gateway.port());
        ChannelHandler guard = new Guard();
        channel.pipeline().addLast(guard);
        return secured.thenCompose(evidence -> {
            channel.pipeline().remove(guard);
            tls = evidence;
            told.finished(Stage.GATEWAY_TLS, evidence.facts());
            attempt.enter(channel, Stage.GATEWAY_AUTHENTICATION, told);
            return signIn(channel, method, upgrade);
        });
    }

    /** Takes what TLS throws besides failing its handshake, which says all of it. */
    private static final class Guard extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }

    private CompletionStage<SignedIn> signIn(Channel channel, String method, boolean upgrade) {
        HttpSignIn signIn =
                new HttpSignIn(settings, scheme, token, this::ntlm, () -> new SpnegoMechanism(List.of(ntlm())));
        Optional<WebSocketKey> key = upgrade ? Optional.of(WebSocketKey.random(tools.random())) : Optional.empty();
        GatewayLine line = new GatewayLine(channel, method, settings, identity, signIn, key);
        return line.signIn().thenCompose(response -> {
            scheme = signIn.scheme();
            if (response.status().code() != 401) {
                return CompletableFuture.completedFuture(new SignedIn(line, response));
            }
            attempt.channels().remove(channel);
            channel.close();
            return line(method, upgrade);
        });
    }

    private AuthenticationMechanism ntlm() {
        Credentials who = settings.credentials();
        NtlmIdentity identityThere = new NtlmIdentity(
                who.user(), who.domain(), Ntlm.ntHash(who.password().reveal()));
        NtlmExchange.Client client = new NtlmExchange.Client(
                identityThere,
                spec.client().clientName(),
                "HTTP/" + settings.gateway().tlsName(),
                ChannelBindings.of(tls.chain().get(0)));
        return new NtlmMechanism(client, tools.random(), tools.time().instant());
    }

    private CompletionStage<Channel> webSocket(SignedIn out) {
        ChannelPipeline pipeline = out.line.pipeline();
        out.line.becomeWebSocket(PIPE);
        GatewayTunnel tunnel = addTunnel(pipeline);
        authenticated(out, "websocket");
        return tunnel(tunnel, pipeline);
    }

    private CompletionStage<Channel> dual(SignedIn out) {
        ChannelPipeline pipeline = out.line.pipeline();
        HttpPipe pipe = new HttpPipe(HttpPipe.SEED);
        pipeline.addAfter(HttpExchange.CODEC, PIPE, pipe);
        out.line.leaveHttp();
        GatewayTunnel tunnel = addTunnel(pipeline);
        return line(GatewayLine.IN, false)
                .thenCompose(in -> OpeningAttempt.onLoop(in.line.channel(), () -> {
                    if (in.response.status().code() != 200) {
                        throw refused(in.response);
                    }
                    in.line.leaveHttp();
                    in.line.beginBody();
                    return OpeningAttempt.onLoop(pipeline.channel(), () -> {
                        pipe.writeTo(in.line.channel(), pipeline.context(PIPE));
                        authenticated(out, "http");
                        return tunnel(tunnel, pipeline);
                    });
                }));
    }

    private GatewayTunnel addTunnel(ChannelPipeline pipeline) {
        boolean inside = scheme == Authentication.TUNNEL_NTLM;
        boolean cookie = scheme == Authentication.COOKIE;
        GatewayTunnel tunnel = new GatewayTunnel(
                spec,
                settings,
                new GatewayTunnel.SignIn(
                        cookie
                                ? GatewayFlags.EXTENDED_AUTH_PAA
                                : inside ? GatewayFlags.EXTENDED_AUTH_SSPI_NTLM : GatewayFlags.EXTENDED_AUTH_NONE,
                        cookie ? token.map(text -> Bytes.utf16le(text.reveal() + '\0')) : Optional.empty(),
                        inside ? Optional.of(ntlm()) : Optional.empty()),
                clock);
        pipeline.addLast(PACKETS, new PacketDecoder());
        pipeline.addLast(TUNNEL, tunnel);
        return tunnel;
    }

    private void authenticated(SignedIn out, String transport) {
        Map<String, Object> evidence = new LinkedHashMap<>();
        evidence.put("transport", transport);
        evidence.put("authentication", scheme.name().toLowerCase(Locale.ROOT));
        String server = out.response.headers().get(HttpHeaderNames.SERVER);
        if (server != null) {
            evidence.put("server", server.substring(0, Math.min(100, server.length())));
        }
        clock.finished(Stage.GATEWAY_AUTHENTICATION, evidence);
    }

    private CompletionStage<Channel> tunnel(GatewayTunnel tunnel, ChannelPipeline pipeline) {
        attempt.enter(pipeline.channel(), Stage.GATEWAY_TUNNEL, clock);
        return tunnel.begin(pipeline.context(TUNNEL)).thenApply(evidence -> {
            attempt.endStage();
            clock.finished(Stage.GATEWAY_TUNNEL, evidence);
            return pipeline.channel();
        });
    }
}
