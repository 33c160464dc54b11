package porthole.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Framing;

/** Cuts one message at a time by the framing of the phase that is current when the message begins. */
final class FrameDecoder extends ByteToMessageDecoder {
    private final Connection connection;
    private ChannelHandlerContext context;
    private boolean decoding;
    private long received;
    private Bytes cut = Bytes.EMPTY;

    FrameDecoder(Connection connection) {
        this.connection = connection;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object octets) throws Exception {
        boolean outer = decoding;
        decoding = true;
        try {
            super.channelRead(ctx, octets);
        } finally {
            decoding = outer;
        }
    }

    /** A new phase may know what to do with octets that are waiting. */
    void goOn() {
        if (!decoding && waiting() > 0) {
            try {
                channelRead(context, Unpooled.EMPTY_BUFFER);
            } catch (Exception e) {
                connection.fail(e);
            }
        }
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
            received += length;
            out.add(in.readRetainedSlice(length));
        }
    }

    @Override
    protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (in.isReadable()) {
            decode(ctx, in, out);
            cut = Bytes.copyOf(in, in.readerIndex(), in.readableBytes());
        }
    }

    /** A copy of what came of a message that is not complete, also where the stream ended within it. */
    Bytes unfinished() {
        ByteBuf in = internalBuffer();
        return in.isReadable() ? Bytes.copyOf(in, in.readerIndex(), in.readableBytes()) : cut;
    }

    long received() {
        return received;
    }

    /** Octets of a message that is not complete, or that no phase has asked for. */
    int waiting() {
        return actualReadableBytes();
    }
}
