package porthole.transport.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import porthole.protocol.failure.LocalFailure;
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
import porthole.protocol.gateway.ReauthMessage;
import porthole.protocol.gateway.ServiceMessage;
import porthole.protocol.gateway.TunnelAuth;
import porthole.protocol.gateway.TunnelAuthResponse;
import porthole.protocol.gateway.TunnelCreate;
import porthole.protocol.gateway.TunnelResponse;
import porthole.protocol.gateway.UnknownPacket;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.transport.ConnectionSpec;
import porthole.transport.Failures;
import porthole.transport.GatewaySettings;
import porthole.transport.StageClock;
import porthole.transport.nla.AuthenticationMechanism;

/**
 * Tunnel and channel through a gateway (MS-TSGU 3.7.5): afterwards a pipe of octets to the host, with whatever else the gateway
 * says taken out.
 *
 * <p>The pipe delivers nothing before it is asked to read, so that what is put behind it misses nothing.
 */
final class GatewayTunnel extends ChannelDuplexHandler {
    private static final int CAPABILITIES = GatewayFlags.CAPABILITY_QUAR_SOH
            | GatewayFlags.CAPABILITY_IDLE_TIMEOUT
            | GatewayFlags.CAPABILITY_CONSENT_SIGN
            | GatewayFlags.CAPABILITY_SERVICE_MSG;
    private static final String SECTION = "MS-TSGU 3.7.5.1";
    private static final int LONGEST_NOTE = 4000;

    private enum State {
        NEW,
        HANDSHAKE,
        EXTENDED_AUTH,
        TUNNEL,
        AUTHORIZATION,
        CHANNEL,
        OPEN,
        CLOSED
    }

    /**
     * What is said in the tunnel.
     *
     * @param extendedAuth bits of {@link GatewayFlags}
     * @param cookie for pluggable authentication
     * @param mechanism the sign-in inside the tunnel
     */
    record SignIn(int extendedAuth, Optional<Bytes> cookie, Optional<AuthenticationMechanism> mechanism) {
        @Override
        public String toString() {
            return "SignIn[extendedAuth=" + extendedAuth + "]";
        }
    }

    private final ConnectionSpec spec;
    private final GatewaySettings settings;
    private final SignIn signIn;
    private final StageClock clock;
    private final Map<String, Object> evidence = new LinkedHashMap<>();
    private final CompletableFuture<Map<String, Object>> opened = new CompletableFuture<>();
    private final Queue<ByteBuf> early = new ArrayDeque<>();
    private State state = State.NEW;
    private boolean reads;
    private boolean ended;
    private Throwable failure;

    GatewayTunnel(ConnectionSpec spec, GatewaySettings settings, SignIn signIn, StageClock clock) {
        this.spec = spec;
        this.settings = settings;
        this.signIn = signIn;
        this.clock = clock;
    }

    /** Says the first word; completes with the evidence when the gateway is connected to the host. */
    CompletableFuture<Map<String, Object>> begin(ChannelHandlerContext ctx) {
        state = State.HANDSHAKE;
        send(ctx, HandshakeRequest.of(signIn.extendedAuth()));
        return opened;
    }

    private void send(ChannelHandlerContext ctx, HttpPacket packet) {
        byte[] octets = packet.toByteArray();
        clock.message(false, packet.getClass().getSimpleName(), octets.length);
        ctx.writeAndFlush(ctx.alloc().buffer(octets.length).writeBytes(octets)).addListener(sent -> {
            if (!sent.isSuccess()) {
                opened.completeExceptionally(Failures.of(sent.cause()));
            }
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf packet = (ByteBuf) message;
        try {
            if (state == State.CLOSED) {
                return;
            }
            if (state == State.OPEN && packet.getUnsignedShortLE(packet.readerIndex()) == HttpPacket.DATA) {
                data(ctx, GatewayData.view(packet));
                return;
            }
            HttpPacket read = HttpPacket.decode(WireReader.of(packet, "HttpPacket", HttpPacket.SECTION));
            clock.message(true, read.getClass().getSimpleName(), packet.readableBytes());
            read(ctx, read);
        } finally {
            ReferenceCountUtil.release(packet);
        }
    }

    private void data(ChannelHandlerContext ctx, ByteBuf octets) {
        if (!octets.isReadable()) {
            return;
        }
        if (reads) {
            ctx.fireChannelRead(octets.retain());
        } else {
            early.add(octets.retain());
        }
    }

    private void read(ChannelHandlerContext ctx, HttpPacket packet) {
        if (packet instanceof Keepalive) {
            send(ctx, Keepalive.PLAIN);
        } else if (packet instanceof ServiceMessage service) {
            clock.note("gateway-message", Map.of("text", shortened(service.message())));
        } else if (packet instanceof ReauthMessage) {
            clock.note("gateway-reauthentication", Map.of("answered", false)); // which this client does not offer
        } else if (packet instanceof CloseChannel close) {
            closed(ctx, close.statusCode());
        } else if (packet instanceof CloseChannelResponse) {
            ctx.close();
        } else if (state == State.OPEN && packet instanceof UnknownPacket unknown) {
            clock.note("gateway-packet", Map.of("type", unknown.packetType()));
        } else {
            state = step(ctx, packet);
        }
    }

    private State step(ChannelHandlerContext ctx, HttpPacket packet) {
        if (state == State.HANDSHAKE && packet instanceof HandshakeResponse response) {
            return greeted(ctx, response);
        } else if (state == State.EXTENDED_AUTH && packet instanceof ExtendedAuth token) {
            return answered(ctx, token);
        } else if (state == State.TUNNEL && packet instanceof TunnelResponse response) {
            return tunnelled(ctx, response);
        } else if (state == State.AUTHORIZATION && packet instanceof TunnelAuthResponse response) {
            return authorized(ctx, response);
        } else if (state == State.CHANNEL && packet instanceof ChannelResponse response) {
            return connected(ctx, response);
        }
        throw new SequenceException(packet.getClass().getSimpleName(), "what belongs to the state " + state, SECTION);
    }

    private static void check(long code) {
        if (code != GatewayCode.S_OK) {
            throw GatewayCode.of(code).refused();
        }
    }

    private State greeted(ChannelHandlerContext ctx, HandshakeResponse response) {
        check(response.errorCode());
        evidence.put("gatewayVersion", response.verMajor() + "." + response.verMinor());
        evidence.put("extendedAuth", response.extendedAuth());
        if (signIn.mechanism().isPresent()) {
            send(ctx, ExtendedAuth.of(0, signIn.mechanism().get().begin()));
            return State.EXTENDED_AUTH;
        }
        return create(ctx);
    }

    private State answered(ChannelHandlerContext ctx, ExtendedAuth token) {
        check(token.errorCode());
        AuthenticationMechanism mechanism = signIn.mechanism().orElseThrow();
        if (token.authBlob().isEmpty()) {
            if (!mechanism.isComplete()) {
                throw new SequenceException("the end of the sign-in", "a token of " + mechanism.name(), SECTION);
            }
            return create(ctx);
        }
        mechanism.next(token.authBlob()).ifPresent(answer -> send(ctx, ExtendedAuth.of(0, answer)));
        return State.EXTENDED_AUTH;
    }

    private State create(ChannelHandlerContext ctx) {
        send(ctx, TunnelCreate.of(CAPABILITIES, signIn.cookie()));
        return State.TUNNEL;
    }

    private State tunnelled(ChannelHandlerContext ctx, TunnelResponse response) {
        check(response.statusCode());
        response.tunnelId().ifPresent(id -> evidence.put("tunnelId", id));
        response.capsFlags().ifPresent(caps -> evidence.put("capabilities", caps));
        response.consentMsg().map(GatewayTunnel::shortened).ifPresent(this::consent);
        send(ctx, TunnelAuth.of(spec.client().clientName()));
        return State.AUTHORIZATION;
    }

    private void consent(String text) {
        if (!settings.acceptConsent()) {
            throw new LocalFailure(
                    "gateway-consent",
                    "the gateway wants agreement to a message",
                    text,
                    "agreement",
                    "read the message; who agrees connects with --gateway-accept-consent");
        }
        clock.note("gateway-consent", Map.of("text", text, "accepted", true));
        evidence.put("consent", "accepted");
    }

    private State authorized(ChannelHandlerContext ctx, TunnelAuthResponse response) {
        if (response.errorCode() != GatewayCode.QUARANTINE_ACCESSDENIED) {
            check(response.errorCode());
        }
        response.redirFlags().ifPresent(flags -> evidence.put("redirection", GatewayFlags.redirection(flags)));
        response.idleTimeout().ifPresent(minutes -> evidence.put("idleTimeoutMinutes", minutes));
        send(ctx, ChannelCreate.of(spec.target().host(), spec.target().port()));
        return State.CHANNEL;
    }

    private State connected(ChannelHandlerContext ctx, ChannelResponse response) {
        check(response.errorCode());
        response.channelId().ifPresent(id -> evidence.put("channelId", id));
        ctx.channel().config().setAutoRead(false); // whoever takes the pipe over switches it on again
        opened.complete(evidence);
        return State.OPEN;
    }

    private void closed(ChannelHandlerContext ctx, long code) {
        GatewayCode why = GatewayCode.of(code);
        boolean before = state != State.OPEN;
        state = State.CLOSED;
        send(ctx, CloseChannelResponse.of(0));
        if (before || !inOrder(code)) {
            throw why.refused();
        }
        ctx.close();
    }

    private static boolean inOrder(long code) {
        return code == GatewayCode.S_OK || (code & 0xFFFF) == GatewayCode.GRACEFUL_DISCONNECT;
    }

    private static String shortened(String text) {
        String plain = HttpPacket.text(text);
        return plain.substring(0, Math.min(LONGEST_NOTE, plain.length()));
    }

    @Override
    public void read(ChannelHandlerContext ctx) {
        if (state.compareTo(State.OPEN) >= 0 && !reads) {
            reads = true;
            while (!early.isEmpty()) {
                ctx.fireChannelRead(early.remove());
            }
            if (failure != null) {
                ctx.fireExceptionCaught(failure);
            }
            if (ended) {
                ctx.fireChannelInactive();
            }
        }
        ctx.read();
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        ByteBuf octets = (ByteBuf) message;
        while (octets.readableBytes() > GatewayData.MOST) {
            ctx.write(packet(ctx, octets.readRetainedSlice(GatewayData.MOST)));
        }
        ctx.write(octets.isReadable() ? packet(ctx, octets) : octets, promise);
    }

    private static ByteBuf packet(ChannelHandlerContext ctx, ByteBuf data) {
        int length = data.readableBytes();
        ByteBuf packet = ctx.alloc().buffer(GatewayData.PREFIX + length);
        GatewayData.prefix(packet, length);
        packet.writeBytes(data);
        data.release();
        return packet;
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (state == State.OPEN) {
            state = State.CLOSED;
            send(ctx, CloseChannel.of(0));
        }
        ctx.close(promise);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        ended = true;
        opened.completeExceptionally(new LocalFailure(
                "early-close",
                "the gateway closed the connection",
                "end of stream",
                "an answer in the state " + state,
                "the gateway's event log says why; this side was told nothing"));
        if (reads || state.compareTo(State.OPEN) < 0) {
            ctx.fireChannelInactive();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (opened.completeExceptionally(Failures.of(cause))) {
            return;
        }
        if (reads) {
            ctx.fireExceptionCaught(cause);
        } else if (failure == null) {
            failure = cause;
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        early.forEach(ReferenceCountUtil::release);
        early.clear();
    }
}
