package porthole.host.avd;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import porthole.transport.websocket.WebSocketKey;
import porthole.transport.websocket.WebSocketPipe;

/** One connection of a client: documents, or the websocket that it becomes. */
final class AvdHttp extends SimpleChannelInboundHandler<FullHttpRequest> {
    static final String CODEC = "http";
    static final String WHOLE = "whole";
    private static final String PIPE = "pipe";
    private static final String AFFINITY = "ARRAffinity=0123456789abcdef";
    private static final String BEARER = "Bearer ";
    private static final int LONGEST_PATH = 200;
    private static final AvdAnswers.Answer NOT_FOUND = new AvdAnswers.Answer(404, "", "");

    private final AvdHostSettings settings;
    private final AvdAnswers answers;

    AvdHttp(AvdHostSettings settings, AvdAnswers answers) {
        this.settings = settings;
        this.answers = answers;
    }

    private boolean has(AvdFault fault) {
        return settings.faults().contains(fault);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        if (request.decoderResult().isFailure()) {
            reply(ctx, new AvdAnswers.Answer(400, "", ""));
            return;
        }
        QueryStringDecoder target = new QueryStringDecoder(request.uri());
        String path = target.path();
        boolean gateway = path.startsWith(AvdAnswers.GATEWAY);
        if (gateway && request.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)) {
            upgrade(ctx, request, target);
            return;
        }
        String bearer = request.headers().get(HttpHeaderNames.AUTHORIZATION, "");
        boolean good = isGood(bearer);
        boolean named = request.headers().contains("X-MS-User-Agent");
        if (gateway) {
            affinity(ctx, path, good);
            return;
        }
        boolean broker = request.method().equals(HttpMethod.POST);
        AvdAnswers.Answer answer = !good
                ? new AvdAnswers.Answer(401, "", "")
                : !named
                        ? AvdAnswers.Answer.json(400, "{\"Code\":\"INCOMPATIBLE_CLIENT_VERSION\"}")
                        : broker ? brokered(path, request) : answers.feed(path).orElse(NOT_FOUND);
        tell(broker ? "broker" : "feed", path, answer.status());
        reply(ctx, answer);
    }

    private AvdAnswers.Answer brokered(String path, FullHttpRequest request) {
        return path.equals(AvdAnswers.BROKER) || path.equals(AvdAnswers.BROKER + "/")
                ? answers.broker(request.content().toString(StandardCharsets.UTF_8))
                : NOT_FOUND;
    }

    private void tell(String name, String path, int status) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("path", path.length() > LONGEST_PATH ? path.substring(0, LONGEST_PATH) : path);
        facts.put("status", status);
        settings.observer().accept(new AvdEvent(name, facts));
    }

    private boolean isGood(String authorization) {
        return authorization.startsWith(BEARER) && settings.tokens().test(authorization.substring(BEARER.length()));
    }

    private static FullHttpResponse response(int status, String body) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(status),
                Unpooled.copiedBuffer(body, StandardCharsets.UTF_8));
        response.headers()
                .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
        return response;
    }

    private static void reply(ChannelHandlerContext ctx, AvdAnswers.Answer answer) {
        if (answer.status() == 0) {
            ctx.close();
            return;
        }
        FullHttpResponse response = response(answer.status(), answer.body());
        if (!answer.type().isEmpty()) {
            response.headers().set(HttpHeaderNames.CONTENT_TYPE, answer.type());
        }
        if (answer.body().contains(AvdAnswers.BOOTING)) {
            response.headers().set(HttpHeaderNames.RETRY_AFTER, 1); // seconds; this host starts faster than a machine
        }
        ctx.writeAndFlush(response);
    }

    private void affinity(ChannelHandlerContext ctx, String path, boolean good) {
        if (has(AvdFault.AFFINITY_CLOSED)) {
            tell("affinity", path, 0);
            ctx.close();
            return;
        }
        int known = answers.isOpen(path) ? 403 : 404;
        int status =
                !good || has(AvdFault.AFFINITY_UNAUTHORIZED) ? 401 : has(AvdFault.AFFINITY_UNAVAILABLE) ? 503 : known;
        tell("affinity", path, status);
        FullHttpResponse response = response(status, "");
        response.headers()
                .set(
                        HttpHeaderNames.SET_COOKIE,
                        List.of(
                                AFFINITY + ";Path=/;HttpOnly;Secure",
                                "ARRAffinitySameSite=1;Path=/;SameSite=None;Secure"));
        ctx.writeAndFlush(response);
    }

    private int refusal(FullHttpRequest request, QueryStringDecoder target) {
        if (has(AvdFault.UPGRADE_BAD_REQUEST)) {
            return 400;
        }
        if (has(AvdFault.UPGRADE_GONE)) {
            return 410;
        }
        if (has(AvdFault.UPGRADE_TIMEOUT)) {
            return 504;
        }
        if (has(AvdFault.UPGRADE_OK)) {
            return 200;
        }
        String token = target.parameters().getOrDefault("ClmTk", List.of("")).get(0);
        boolean stays = request.headers().get(HttpHeaderNames.COOKIE, "").contains(AFFINITY);
        boolean once = !request.headers().contains(HttpHeaderNames.AUTHORIZATION);
        if (has(AvdFault.UPGRADE_FORBIDDEN) || !isGood(token) || !stays) {
            return 403;
        }
        return !once ? 400 : answers.take(target.path()) ? 101 : 410;
    }

    private void upgrade(ChannelHandlerContext ctx, FullHttpRequest request, QueryStringDecoder target) {
        if (has(AvdFault.UPGRADE_CLOSED)) {
            tell("websocket", target.path(), 0);
            ctx.close();
            return;
        }
        int status = refusal(request, target);
        tell("websocket", target.path(), status);
        if (status != 101) {
            reply(ctx, new AvdAnswers.Answer(status, "", ""));
            return;
        }
        WebSocketKey key = new WebSocketKey(request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_KEY, ""));
        ctx.channel().config().setAutoRead(false);
        new Bootstrap()
                .group(ctx.channel().eventLoop())
                .channel(NioSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new Relay(ctx.channel()))
                .connect(settings.host())
                .addListener((ChannelFutureListener) connected -> {
                    if (connected.isSuccess()) {
                        open(ctx, key, connected.channel());
                    } else {
                        ctx.channel().config().setAutoRead(true);
                        reply(ctx, new AvdAnswers.Answer(504, "", ""));
                    }
                });
    }

    private void open(ChannelHandlerContext ctx, WebSocketKey key, Channel host) {
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS);
        response.headers()
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
                .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
                .set(
                        HttpHeaderNames.SEC_WEBSOCKET_ACCEPT,
                        has(AvdFault.UPGRADE_WRONG_ACCEPT) ? "AAAAAAAAAAAAAAAAAAAAAAAAAAA=" : key.accept());
        ctx.writeAndFlush(response);
        ChannelPipeline pipeline = ctx.pipeline();
        WebSocketPipe.install(pipeline, CODEC, PIPE, false);
        pipeline.remove(WHOLE);
        pipeline.addLast(breaks() ? new Breaker() : new Relay(host));
        pipeline.remove(this);
        pipeline.remove(CODEC);
        pipeline.channel().config().setAutoRead(true);
        host.config().setAutoRead(true);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    private boolean breaks() {
        return has(AvdFault.WEBSOCKET_CLOSE_1011) || has(AvdFault.WEBSOCKET_TEXT);
    }

    /** Answers the first octets of the client with a frame that ends it all. */
    private final class Breaker extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ReferenceCountUtil.release(message);
            ctx.pipeline()
                    .context(PIPE)
                    .writeAndFlush(
                            has(AvdFault.WEBSOCKET_TEXT)
                                    ? new TextWebSocketFrame("hello")
                                    : new CloseWebSocketFrame(1011, "the lab was told to"));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close(); // the client closes the websocket, for a reason that is known here
        }
    }

    /** Octets from one side to the other, no faster than the other one takes them. */
    private static final class Relay extends ChannelInboundHandlerAdapter {
        private final Channel other;

        Relay(Channel other) {
            this.other = other;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            other.writeAndFlush((ByteBuf) message);
            if (!other.isWritable()) {
                ctx.channel().config().setAutoRead(false);
            }
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            other.config().setAutoRead(ctx.channel().isWritable());
            ctx.fireChannelWritabilityChanged();
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            other.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
