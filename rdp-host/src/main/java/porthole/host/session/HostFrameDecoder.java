package porthole.host.session;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import porthole.protocol.wire.Framing;

/** Cuts one message at a time by the framing of the phase that is current when the message begins. */
final class HostFrameDecoder extends ByteToMessageDecoder {
    private final HostConnection connection;

    HostFrameDecoder(HostConnection connection) {
        this.connection = connection;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (connection.isOver()) {
            in.skipBytes(in.readableBytes());
            return;
        }
        Framing framing = connection.phase().framing();
        if (framing == null) {
            return;
        }
        int length;
        try {
            length = framing.frameLength(in);
        } catch (RuntimeException e) {
            in.skipBytes(in.readableBytes());
            connection.fail(e);
            return;
        }
        if (length != Framing.MORE && length <= in.readableBytes()) {
            out.add(in.readRetainedSlice(length));
        }
    }

    /** Octets that no phase has asked for. */
    int waiting() {
        return actualReadableBytes();
    }
}
