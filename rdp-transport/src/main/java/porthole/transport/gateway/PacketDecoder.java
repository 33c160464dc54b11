package porthole.transport.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import porthole.protocol.gateway.HttpPacket;
import porthole.protocol.wire.Framing;

/** Cuts the octets of a tunnel into packets, however the frames and chunks around them lie. */
public final class PacketDecoder extends ByteToMessageDecoder {
    private boolean broken;

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (broken) {
            in.skipBytes(in.readableBytes());
            return;
        }
        broken = true; // until it is known that the length is right: what follows a wrong one means nothing
        int length = HttpPacket.frameLength(in);
        broken = false;
        if (length != Framing.MORE && length <= in.readableBytes()) {
            out.add(in.readRetainedSlice(length));
        }
    }
}
