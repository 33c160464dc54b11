package porthole.host.session;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.LinkedHashMap;
import java.util.Map;
import porthole.protocol.preconnection.PreconnectionPdu;
import porthole.protocol.wire.Framing;
import porthole.protocol.wire.WireReader;

/**
 * Sees the first octets of a client: takes a preconnection PDU out of the way (MS-RDPEPS), and lets a client that begins with TLS
 * go on so (MS-RDPBCGR 5.4.2.2). Leaves the pipeline as soon as it is clear how the client begins.
 */
final class Opening extends ChannelInboundHandlerAdapter {
    private static final int TLS_HANDSHAKE = 0x16;

    private final HostConnection connection;
    private ByteBuf held;
    private boolean mayPrecede = true;

    Opening(HostConnection connection) {
        this.connection = connection;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        held = context.alloc().buffer();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf octets = (ByteBuf) message;
        held.writeBytes(octets);
        octets.release();
        try {
            look(context);
        } catch (RuntimeException e) {
            connection.fail(e);
        }
    }

    private void look(ChannelHandlerContext context) {
        if (mayPrecede && PreconnectionPdu.begins(held)) {
            int length = PreconnectionPdu.frameLength(held);
            if (length == Framing.MORE || length > held.readableBytes()) {
                return;
            }
            mayPrecede = false;
            preconnection(held.readSlice(length));
        }
        if (held.isReadable()) {
            boolean tls = held.getUnsignedByte(held.readerIndex()) == TLS_HANDSHAKE;
            ByteBuf rest = held.readRetainedSlice(held.readableBytes());
            context.pipeline().remove(this);
            if (tls) {
                connection.direct();
            }
            context.channel().pipeline().fireChannelRead(rest);
        }
    }

    private void preconnection(ByteBuf octets) {
        PreconnectionPdu pdu = PreconnectionPdu.decode(WireReader.of(octets, "PreconnectionPdu", "MS-RDPEPS 2.2.1"));
        Map<String, Object> what = new LinkedHashMap<>();
        what.put("version", pdu.version());
        what.put("id", pdu.id());
        what.put("text", pdu.text());
        connection.event("preconnection", what);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        held.release();
    }
}
