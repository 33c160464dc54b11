package porthole.host.gateway;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import porthole.host.gateway.GatewayFault.Point;
import porthole.host.gateway.GatewayFault.Wire;
import porthole.host.nla.Acceptor;
import porthole.protocol.failure.SequenceException;
import porthole.protocol.gateway.ChannelCreate;
import porthole.protocol.gateway.ChannelResponse;
import porthole.protocol.gateway.CloseChannel;
import porthole.protocol.gateway.CloseChannelResponse;
import porthole.protocol.gateway.ExtendedAuth;
import porthole.protocol.gateway.GatewayCode;
import porthole.protocol.gateway.GatewayData;
import porthole.protocol.gateway.GatewayFlags;
import porthole.protocol.gateway.HandshakeRequest;
import porthole.protocol.gateway.HandshakeResponse;
import porthole.protocol.gateway.HttpPacket;
import porthole.protocol.gateway.Keepalive;
import porthole.protocol.gateway.ServiceMessage;
import porthole.protocol.gateway.TunnelAuth;
import porthole.protocol.gateway.TunnelAuthResponse;
import porthole.protocol.gateway.TunnelCreate;
import porthole.protocol.gateway.TunnelResponse;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

/** The gateway's side of one tunnel with its one channel (MS-TSGU 3.7): what is asked, and the relay to the host. */
final class ServerTunnel extends ChannelInboundHandlerAdapter {
    private static final int CONNECT_MILLIS = 10_000;

    private enum State {
        HANDSHAKE,
        EXTENDED_AUTH,
        TUNNEL,
        AUTHORIZATION,
        CHANNEL,
        CONNECTING,
        OPEN,
        CLOSED
    }

    private final GatewayHostSettings settings;
    private final long connection;
    private final HttpLogin.Tunnel login;
    private final Wire wire;
    private final List<Future<?>> timers = new ArrayList<>();
    private State state = State.HANDSHAKE;
    private ChannelHandlerContext context;
    private Acceptor acceptor;
    private Channel target;
    private long lastData;

    ServerTunnel(GatewayHostSettings settings, long connection, HttpLogin.Tunnel login, Wire wire) {
        this.settings = settings;
        this.connection = connection;
        this.login = login;
        this.wire = wire;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    private void event(String name, Map<String, Object> facts) {
        settings.observer().accept(new GatewayEvent(connection, name, facts));
    }

    private ChannelFuture send(HttpPacket packet) {
        return context.writeAndFlush(Unpooled.wrappedBuffer(packet.toByteArray()));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf packet = (ByteBuf) message;
        try {
            if (state == State.CLOSED) {
                return;
            }
            if (state == State.OPEN && packet.getUnsignedShortLE(packet.readerIndex()) == HttpPacket.DATA) {
                toTarget(GatewayData.view(packet));
            } else {
                read(HttpPacket.decode(WireReader.of(packet, "HttpPacket", HttpPacket.SECTION)));
            }
        } finally {
            ReferenceCountUtil.release(packet);
        }
    }

    private void read(HttpPacket packet) {
        if (packet instanceof Keepalive) {
            return;
        } else if (packet instanceof CloseChannel) {
            event("closed-by-client", Map.of());
            state = State.CLOSED;
            send(CloseChannelResponse.of(0)).addListener(sent -> context.close());
        } else if (packet instanceof CloseChannelResponse) {
            context.close();
        } else if (state == State.HANDSHAKE && packet instanceof HandshakeRequest request) {
            answer(Point.HANDSHAKE, code -> greeting(request, code), State.TUNNEL);
            if (state == State.TUNNEL && login == HttpLogin.Tunnel.NTLM) {
                state = State.EXTENDED_AUTH;
            }
        } else if (state == State.EXTENDED_AUTH && packet instanceof ExtendedAuth token) {
            extended(token);
        } else if (state == State.TUNNEL && packet instanceof TunnelCreate create) {
            answer(Point.TUNNEL, code -> tunnel(create, code), State.AUTHORIZATION);
        } else if (state == State.AUTHORIZATION && packet instanceof TunnelAuth auth) {
            event("client", Map.of("name", HttpPacket.text(auth.clientName())));
            long minutes = settings.idleTimeout().toMinutes();
            answer(
                    Point.AUTHORIZATION,
                    code -> TunnelAuthResponse.of(code, settings.redirection(), minutes),
                    State.CHANNEL);
        } else if (state == State.CHANNEL && packet instanceof ChannelCreate create) {
            if (!fault(Point.CHANNEL, code -> ChannelResponse.of(code, 0))) {
                state = State.CONNECTING;
                connect(create);
            }
        } else {
            throw new SequenceException(
                    packet.getClass().getSimpleName(), "what belongs to the state " + state, "MS-TSGU 3.7.5");
        }
    }

    @FunctionalInterface
    private interface Response {
        HttpPacket with(long code);
    }

    private void answer(Point point, Response response, State next) {
        if (fault(point, response)) {
            return;
        }
        HttpPacket packet = response.with(GatewayCode.S_OK);
        send(packet);
        if (packet instanceof HandshakeResponse refused && refused.errorCode() != 0
                || packet instanceof TunnelResponse not && not.statusCode() != 0) {
            end();
        } else {
            state = next;
        }
    }

    /** Whether the answer at this point is a fault; a code that a client has to bear lets the tunnel go on. */
    private boolean fault(Point point, Response response) {
        Optional<GatewayFault> found = settings.fault(point, wire);
        if (found.isEmpty()) {
            return false;
        }
        GatewayFault fault = found.get();
        event("fault", Map.of("name", fault.name()));
        if (fault.octets().isPresent() && fault.transport().isPresent()) {
            state = State.CLOSED;
            GatewayHttp.Raw.send(written().pipeline(), fault);
        } else if (fault.octets().isPresent()) {
            state = State.CLOSED;
            context.writeAndFlush(Unpooled.wrappedBuffer(fault.octets().get().toArray()))
                    .addListener(sent -> {
                        if (fault.closes()) {
                            end();
                        }
                    });
        } else {
            send(response.with(fault.code()));
            if (fault.survives()) {
                state = State.CHANNEL; // only the authorization has such a code
            } else if (fault.closes()) {
                end();
            } else {
                state = State.CLOSED;
            }
        }
        return true;
    }

    /** The channel that is written to: with two of them the other one. */
    private Channel written() {
        return wire == Wire.HTTP ? GatewayHost.other(context.channel()) : context.channel();
    }

    private void end() {
        state = State.CLOSED;
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> context.close());
    }

    private HttpPacket greeting(HandshakeRequest request, long code) {
        int mine = (settings.takes(GatewaySignIn.COOKIE) ? GatewayFlags.EXTENDED_AUTH_PAA : 0)
                | (settings.takes(GatewaySignIn.TUNNEL_NTLM) ? GatewayFlags.EXTENDED_AUTH_SSPI_NTLM : 0);
        boolean fits = (request.extendedAuth() & ~mine & 0x7) == 0
                && (login != HttpLogin.Tunnel.NTLM
                        || (request.extendedAuth() & GatewayFlags.EXTENDED_AUTH_SSPI_NTLM) != 0);
        return HandshakeResponse.of(code != 0 || fits ? code : GatewayCode.UNSUPPORTED_AUTHENTICATION_METHOD, mine);
    }

    private void extended(ExtendedAuth token) {
        if (acceptor == null) {
            acceptor = HttpLogin.acceptor(settings, token.authBlob());
        }
        CompletableFuture.supplyAsync(
                        () -> acceptor.accept(token.authBlob()),
                        settings.users().work())
                .whenComplete((step, failed) -> context.executor().execute(() -> {
                    if (failed != null || step.status() != 0) {
                        event(
                                "sign-in-refused",
                                Map.of("reason", failed == null ? step.reason() : "a malformed token"));
                        send(ExtendedAuth.of(GatewayCode.LOGON_DENIED, Bytes.EMPTY));
                        end();
                        return;
                    }
                    step.answer().ifPresent(answer -> send(ExtendedAuth.of(0, answer)));
                    if (acceptor.isComplete()) {
                        event("signed-in", Map.of("user", acceptor.user(), "by", "tunnel " + acceptor.name()));
                        send(ExtendedAuth.of(0, Bytes.EMPTY));
                        state = State.TUNNEL;
                    }
                }));
    }

    private HttpPacket tunnel(TunnelCreate create, long code) {
        int mine = GatewayFlags.CAPABILITY_IDLE_TIMEOUT
                | GatewayFlags.CAPABILITY_CONSENT_SIGN
                | GatewayFlags.CAPABILITY_SERVICE_MSG;
        boolean wrong = login == HttpLogin.Tunnel.COOKIE
                && create.paaCookie()
                        .filter(cookie -> cookie.size() % 2 == 0)
                        .filter(cookie -> HttpLogin.knows(settings, HttpPacket.text(cookie.toUtf16le())))
                        .isEmpty();
        return TunnelResponse.of(
                code != 0 || !wrong ? code : GatewayCode.COOKIE_AUTHENTICATION_ACCESS_DENIED,
                connection,
                mine & create.capsFlags(),
                settings.consent());
    }

    private void connect(ChannelCreate create) {
        Optional<String> allowed = create.resources().stream()
                .map(HttpPacket::text)
                .filter(name -> settings.fixed().isPresent()
                        || settings.allowed().contains((name + ":" + create.port()).toLowerCase(Locale.ROOT)))
                .findFirst();
        event(
                "asked-for",
                Map.of(
                        "hosts",
                        create.resources().stream().map(HttpPacket::text).toList(),
                        "port",
                        create.port()));
        if (allowed.isEmpty()) {
            refuse(GatewayCode.RAP_ACCESSDENIED);
            return;
        }
        CompletableFuture.supplyAsync(
                        () -> settings.fixed().orElseGet(() -> resolve(allowed.get(), create.port())),
                        settings.blocking())
                .whenComplete((address, failed) -> context.executor().execute(() -> open(address)));
    }

    private static InetSocketAddress resolve(String name, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByName(name), port);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private void refuse(long code) {
        event("refused", Map.of("code", GatewayCode.of(code).name()));
        send(ChannelResponse.of(code, 0));
        end();
    }

    private void open(InetSocketAddress address) {
        if (address == null) {
            refuse(GatewayCode.TS_CONNECTFAILED);
            return;
        }
        new Bootstrap()
                .group(context.channel().eventLoop())
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .handler(new Relay())
                .connect(address)
                .addListener((ChannelFuture done) -> {
                    if (!done.isSuccess()) {
                        refuse(GatewayCode.TS_CONNECTFAILED);
                    } else if (state != State.CONNECTING) {
                        done.channel().close();
                    } else {
                        opened(done.channel());
                    }
                });
    }

    private void opened(Channel channel) {
        target = channel;
        state = State.OPEN;
        lastData = System.nanoTime();
        send(ChannelResponse.of(0, 1));
        settings.serviceMessage().ifPresent(text -> send(ServiceMessage.of(text)));
        event("connected", Map.of("to", String.valueOf(channel.remoteAddress())));
        every(settings.keepalive(), () -> send(Keepalive.PLAIN));
        if (wire == Wire.WEBSOCKET) {
            every(settings.ping(), this::ping);
        }
        every(settings.idleTimeout().dividedBy(4), this::checkIdle);
    }

    private void every(Duration period, Runnable action) {
        if (!period.isZero()) {
            long nanos = period.toNanos();
            timers.add(context.executor().scheduleWithFixedDelay(action, nanos, nanos, TimeUnit.NANOSECONDS));
        }
    }

    private void ping() {
        context.writeAndFlush(new PingWebSocketFrame(Unpooled.copyLong(System.nanoTime())));
    }

    private void checkIdle() {
        if (state == State.OPEN
                && System.nanoTime() - lastData > settings.idleTimeout().toNanos()) {
            event("idle", Map.of());
            send(CloseChannel.of(GatewayCode.SESSIONTIMEOUT));
            state = State.CLOSED;
            target.close();
        }
    }

    private void toTarget(ByteBuf octets) {
        lastData = System.nanoTime();
        if (fault(Point.DATA, CloseChannel::of)) {
            target.close();
            return;
        }
        target.writeAndFlush(octets.retain());
        if (!target.isWritable()) {
            context.channel().config().setAutoRead(false);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (target != null) {
            target.config().setAutoRead(ctx.channel().isWritable());
        }
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        state = State.CLOSED;
        timers.forEach(timer -> timer.cancel(false));
        if (target != null) {
            target.close();
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        event("broken", Map.of("reason", String.valueOf(cause.getMessage())));
        ctx.close();
    }

    /** The connection to the host. */
    private final class Relay extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf octets = (ByteBuf) message;
            if (state == State.OPEN) {
                while (octets.isReadable()) {
                    int length = Math.min(GatewayData.MOST, octets.readableBytes());
                    ByteBuf packet = ctx.alloc().buffer(GatewayData.PREFIX + length);
                    GatewayData.prefix(packet, length);
                    context.write(packet.writeBytes(octets, length));
                }
                context.flush();
                ctx.channel().config().setAutoRead(context.channel().isWritable());
            }
            octets.release();
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            if (ctx.channel().isWritable()) {
                context.channel().config().setAutoRead(true);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            if (state == State.OPEN) {
                event("closed-by-host", Map.of());
                send(CloseChannel.of(0));
                end();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
