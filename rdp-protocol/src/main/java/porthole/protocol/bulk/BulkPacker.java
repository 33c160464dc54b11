package porthole.protocol.bulk;

import io.netty.buffer.ByteBuf;

/** The compressing side of one bulk compression type with its history; the mirror of {@link BulkAlgorithm}. */
interface BulkPacker {
    /** The most plain octets that one packet may hold. */
    int longest();

    /**
     * Appends {@code plain} to {@code out} in packed form and takes it into the history.
     *
     * @return {@link BulkDecompressor#COMPRESSED} with {@link BulkDecompressor#AT_FRONT} or
     *     {@link BulkDecompressor#FLUSHED} where the packet needs them
     */
    int pack(byte[] plain, ByteBuf out);

    /**
     * Forgets the history, because the last packet did not shrink and is sent as it is.
     *
     * @return the flags of that packet
     */
    int giveUp();
}
