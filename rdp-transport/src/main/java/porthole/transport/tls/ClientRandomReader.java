package porthole.transport.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/** Reads the random of the first Client Hello on its way out (RFC 8446 4.1.2), and then leaves the pipeline. */
final class ClientRandomReader extends ChannelOutboundHandlerAdapter {
    private static final int HANDSHAKE = 22;
    private static final int CLIENT_HELLO = 1;
    private static final int RANDOM_OFFSET = 5 + 4 + 2; // record header, handshake header, legacy_version
    private static final int RANDOM_LENGTH = 32;

    private final TlsKeyLog.Session log;

    ClientRandomReader(TlsKeyLog.Session log) {
        this.log = log;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf octets && octets.isReadable()) {
            int start = octets.readerIndex();
            if (octets.readableBytes() >= RANDOM_OFFSET + RANDOM_LENGTH
                    && octets.getByte(start) == HANDSHAKE
                    && octets.getByte(start + 5) == CLIENT_HELLO) {
                byte[] random = new byte[RANDOM_LENGTH];
                octets.getBytes(start + RANDOM_OFFSET, random);
                log.clientRandom(random);
            }
            ctx.pipeline().remove(this);
        }
        ctx.write(message, promise);
    }
}
