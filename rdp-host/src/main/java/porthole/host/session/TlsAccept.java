package porthole.host.session;

import io.netty.buffer.ByteBuf;
import io.netty.handler.ssl.SslHandler;
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
        // what the client sends from now on is for TLS, however late that comes
        connection().channel().config().setAutoRead(false);
        connection().writer().at(ServerMessage.TLS_HANDSHAKE, this::begin);
    }

    private void begin() {
        try {
            handshake();
        } catch (RuntimeException e) {
            connection().fail(e);
        }
        connection().channel().config().setAutoRead(true);
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
