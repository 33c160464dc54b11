package porthole.host.session;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import porthole.host.fault.ServerMessage;
import porthole.protocol.failure.Stage;
import porthole.protocol.failure.WireException;
import porthole.protocol.wire.Framing;

/** The TLS handshake, in place on the same connection (MS-RDPBCGR 5.4.5.1). */
final class TlsAccept extends ServerPhase {
    private static final int HANDSHAKE_SECONDS = 20;

    TlsAccept(HostConnection connection) {
        super(connection, Stage.TLS);
    }

    @Override
    Framing framing() {
        return null;
    }

    @Override
    void enter() {
        if (connection().octetsWaiting() > 0) {
            begin(List.of());
        } else {
            connection().channel().pipeline().addFirst("first-octets", new FirstOctets());
        }
    }

    private void begin(List<Object> first) {
        try {
            handshake();
        } catch (RuntimeException e) {
            connection().fail(e);
        }
        connection().channel().config().setAutoRead(true);
        first.forEach(octets -> connection().channel().pipeline().fireChannelRead(octets));
    }

    /** A server speaks second: the client's first octets begin the handshake, and wait until the server is ready for them. */
    private final class FirstOctets extends ChannelInboundHandlerAdapter {
        private final List<Object> held = new ArrayList<>();

        @Override
        public void channelRead(ChannelHandlerContext context, Object octets) {
            held.add(octets);
            if (held.size() > 1) {
                return;
            }
            context.channel().config().setAutoRead(false);
            connection().writer().at(ServerMessage.TLS_HANDSHAKE, () -> {
                List<Object> first = List.copyOf(held);
                held.clear();
                context.pipeline().remove(this);
                begin(first);
            });
        }

        @Override
        public void handlerRemoved(ChannelHandlerContext context) {
            held.forEach(ReferenceCountUtil::release);
            held.clear();
        }
    }

    private void handshake() {
        if (connection().octetsWaiting() > 0) {
            throw new WireException(
                    "ConnectionRequest",
                    "",
                    0,
                    connection().octetsWaiting() + " octets behind the connection request",
                    "none before the connection confirm",
                    "MS-RDPBCGR 5.4.5.1");
        }
        SslHandler ssl =
                connection().settings().tls().newHandler(connection().channel().alloc());
        ssl.setHandshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS);
        ssl.handshakeFuture().addListener(done -> {
            if (!done.isSuccess()) {
                connection().fail(done.cause());
            } else if (!connection().isOver()) {
                connection()
                        .event(
                                "tls",
                                Map.of(
                                        "protocol",
                                        ssl.engine().getSession().getProtocol(),
                                        "cipher",
                                        ssl.engine().getSession().getCipherSuite()));
                connection().advance(this);
            }
        });
        connection().channel().pipeline().addFirst("tls", ssl);
    }

    @Override
    void onMessage(ByteBuf frame) {
        throw new IllegalStateException("no framing, no messages");
    }
}
