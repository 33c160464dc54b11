package porthole.protocol.bulk;

import io.netty.buffer.ByteBuf;
import porthole.protocol.wire.WireReader;

/** One bulk compression type with its history; lives as long as the connection. Not thread-safe. */
public interface BulkAlgorithm {
    /**
     * Decompresses all that {@code in} has left; throws {@link porthole.protocol.failure.WireException} on any octet
     * that the algorithm cannot mean.
     *
     * @param flags {@link BulkDecompressor#COMPRESSED}, {@link BulkDecompressor#AT_FRONT} and
     *     {@link BulkDecompressor#FLUSHED}
     * @return the plain octets, borrowed until the next call
     */
    ByteBuf decompress(int flags, WireReader in);
}
