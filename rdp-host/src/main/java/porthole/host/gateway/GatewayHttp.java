package porthole.host.gateway;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import porthole.host.gateway.GatewayFault.Point;
import porthole.host.gateway.GatewayFault.Wire;
import porthole.protocol.wire.Bytes;
import porthole.transport.gateway.HttpPipe;
import porthole.transport.gateway.PacketDecoder;
import porthole.transport.websocket.WebSocketKey;
import porthole.transport.websocket.WebSocketPipe;

/** One HTTP connection of a client: who it is, and which channel it becomes (MS-TSGU 3.3.5.1). */
final class GatewayHttp extends ChannelInboundHandlerAdapter {
    static final String CODEC = "http";
    private static final String PIPE = "pipe";
    private static final String PATH = "/remoteDesktopGateway";

    private final GatewayHost host;
    private final GatewayHostSettings settings;
    private final long connection;
    private final HttpLogin login;
    private final Queue<HttpContent> early = new ArrayDeque<>();
    private boolean deciding;

    GatewayHttp(GatewayHost host, GatewayHostSettings settings, long connection) {
        this.host = host;
        this.settings = settings;
        this.connection = connection;
        this.login = new HttpLogin(settings);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (deciding && message instanceof HttpContent content) {
            early.add(content); // of a body whose first chunks came with the head
            return;
        }
        try {
            if (message instanceof HttpRequest request) {
                if (request.decoderResult().isFailure()) {
                    refuse(ctx, HttpResponseStatus.BAD_REQUEST);
                } else {
                    request(ctx, request);
                }
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void event(String name, Map<String, Object> facts) {
        settings.observer().accept(new GatewayEvent(connection, name, facts));
    }

    private static void refuse(ChannelHandlerContext ctx, HttpResponseStatus status) {
        ctx.writeAndFlush(empty(status)).addListener(sent -> ctx.close());
    }

    private static FullHttpResponse empty(HttpResponseStatus status) {
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status);
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0).set(HttpHeaderNames.SERVER, "porthole");
        return response;
    }

    private void request(ChannelHandlerContext ctx, HttpRequest request) {
        String method = request.method().name();
        boolean out = method.equals("RDG_OUT_DATA");
        if (!request.uri().startsWith(PATH)) {
            refuse(ctx, HttpResponseStatus.NOT_FOUND);
            return;
        } else if (!out && !method.equals("RDG_IN_DATA")) {
            refuse(ctx, HttpResponseStatus.METHOD_NOT_ALLOWED);
            return;
        }
        boolean upgrade = out && wantsWebSocket(request);
        Optional<GatewayFault> fault = settings.fault(Point.REQUEST, upgrade ? Wire.WEBSOCKET : Wire.HTTP);
        if (fault.isPresent()) {
            event("fault", Map.of("name", fault.get().name()));
            Raw.send(ctx.pipeline(), fault.get());
            return;
        }
        deciding = true; // the sign-in may wait elsewhere, and there is but one request at a time
        ctx.channel().config().setAutoRead(false);
        login.check(request)
                .whenComplete((answer, failed) -> ctx.executor().execute(() -> {
                    deciding = false;
                    ctx.channel().config().setAutoRead(true);
                    if (failed != null) {
                        event("sign-in-failed", Map.of("reason", String.valueOf(failed.getMessage())));
                        refuse(ctx, HttpResponseStatus.BAD_REQUEST);
                    } else if (answer.user().isEmpty()) {
                        unauthorized(ctx, answer);
                    } else {
                        signedIn(ctx, request, answer, upgrade);
                    }
                    passOn(ctx);
                }));
    }

    /** What came early, to whatever has taken this handler's place; as long as it is in place, nothing. */
    private void passOn(ChannelHandlerContext ctx) {
        ChannelHandlerContext codec = ctx.pipeline().context(CODEC);
        for (HttpContent content = early.poll(); content != null; content = early.poll()) {
            if (ctx.isRemoved() && codec != null) {
                codec.fireChannelRead(content);
            } else {
                content.release();
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        early.forEach(ReferenceCountUtil::release);
        early.clear();
        ctx.fireChannelInactive();
    }

    private static boolean wantsWebSocket(HttpRequest request) {
        return request.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
                && request.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_KEY);
    }

    private void unauthorized(ChannelHandlerContext ctx, HttpLogin.Answer answer) {
        if (!answer.reason().isEmpty()) {
            event("sign-in-refused", Map.of("reason", answer.reason()));
        }
        FullHttpResponse response = empty(HttpResponseStatus.UNAUTHORIZED);
        response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, answer.challenges());
        ctx.writeAndFlush(response);
    }

    private void signedIn(ChannelHandlerContext ctx, HttpRequest request, HttpLogin.Answer answer, boolean upgrade) {
        String id = request.headers().get("RDG-Connection-Id", "");
        event("signed-in", Map.of("user", answer.user().get(), "by", answer.way()));
        if (upgrade && settings.transports().contains(Wire.WEBSOCKET)) {
            webSocket(ctx, request, answer);
        } else if (!settings.transports().contains(Wire.HTTP)) {
            refuse(ctx, HttpResponseStatus.NOT_IMPLEMENTED);
        } else if (request.method().name().equals("RDG_OUT_DATA")) {
            out(ctx, id, answer);
        } else if (HttpUtil.isTransferEncodingChunked(request)) {
            in(ctx, id, answer);
        } else {
            FullHttpResponse response = empty(HttpResponseStatus.OK);
            answer.last().ifPresent(token -> response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, token));
            ctx.writeAndFlush(response);
        }
    }

    private void webSocket(ChannelHandlerContext ctx, HttpRequest request, HttpLogin.Answer answer) {
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS);
        WebSocketKey key = new WebSocketKey(request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_KEY));
        response.headers()
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
                .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
                .set(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT, key.accept());
        answer.last().ifPresent(token -> response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, token));
        ctx.writeAndFlush(response);
        ChannelPipeline pipeline = ctx.pipeline();
        WebSocketPipe.install(pipeline, CODEC, PIPE, false);
        tunnel(pipeline, answer, Wire.WEBSOCKET);
        pipeline.remove(this);
        pipeline.remove(CODEC);
    }

    private void tunnel(ChannelPipeline pipeline, HttpLogin.Answer answer, Wire wire) {
        event("channel-open", Map.of("transport", wire.name().toLowerCase(Locale.ROOT)));
        pipeline.addLast(new PacketDecoder());
        pipeline.addLast(new ServerTunnel(settings, connection, answer.tunnel(), wire));
    }

    private void out(ChannelHandlerContext ctx, String id, HttpLogin.Answer answer) {
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "application/octet-stream")
                .set(HttpHeaderNames.SERVER, "porthole");
        if (settings.chunked()) {
            response.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        } else {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        answer.last().ifPresent(token -> response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, token));
        ctx.write(response);
        ctx.writeAndFlush(
                new DefaultHttpContent(Unpooled.wrappedBuffer(settings.random().octets(HttpPipe.SEED))));
        host.remember(id, ctx.channel());
        ctx.pipeline().remove(this);
    }

    private void in(ChannelHandlerContext ctx, String id, HttpLogin.Answer answer) {
        host.recall(id, ctx.channel())
                .ifPresentOrElse(
                        out -> {
                            ChannelPipeline pipeline = ctx.pipeline();
                            HttpPipe pipe = new HttpPipe(0);
                            pipeline.addAfter(CODEC, PIPE, pipe);
                            pipe.writeTo(out, pipeline.context(pipe));
                            tunnel(pipeline, answer, Wire.HTTP);
                            pipeline.remove(this);
                        },
                        () -> refuse(ctx, HttpResponseStatus.NOT_FOUND));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        event("broken", Map.of("reason", String.valueOf(cause.getMessage())));
        ctx.close();
    }

    /** Octets past every encoder. */
    static final class Raw {
        private Raw() {}

        /** What the fault has instead of an answer, below HTTP or websocket frames. */
        static void send(ChannelPipeline pipeline, GatewayFault fault) {
            var frames = pipeline.context(WebSocket13FrameEncoder.class);
            ChannelHandlerContext below = frames == null ? pipeline.context(HttpServerCodec.class) : frames;
            Bytes octets = fault.octets().orElse(Bytes.EMPTY);
            below.writeAndFlush(Unpooled.wrappedBuffer(octets.toArray())).addListener(sent -> {
                if (fault.closes()) {
                    pipeline.firstContext().close(); // past TLS's goodbye, too
                }
            });
        }
    }
}
