package porthole.protocol.channel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import porthole.protocol.bulk.BulkCompressor;
import porthole.protocol.bulk.BulkDecompressor;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * CHANNEL_PDU_HEADER and what follows it: one chunk of a static channel's message. MS-RDPBCGR 2.2.6.1.
 *
 * @param length octets of the whole, uncompressed message, 0 to 4294967295
 * @param virtualChannelData this chunk's part, which may be compressed
 */
public record ChannelChunk(long length, int flags, Bytes virtualChannelData) implements Pdu {
    public static final int FLAG_FIRST = 0x00000001;
    public static final int FLAG_LAST = 0x00000002;
    public static final int FLAG_SHOW_PROTOCOL = 0x00000010;
    public static final int FLAG_SUSPEND = 0x00000020;
    public static final int FLAG_RESUME = 0x00000040;
    public static final int FLAG_SHADOW_PERSISTENT = 0x00000080;
    public static final int PACKET_COMPRESSED = 0x00200000;
    public static final int PACKET_AT_FRONT = 0x00400000;
    public static final int PACKET_FLUSHED = 0x00800000;
    public static final int COMPRESSION_TYPE_MASK = 0x000F0000;

    /** The chunk size that holds unless the Virtual Channel Capability Set says otherwise. */
    public static final int CHANNEL_CHUNK_LENGTH = 1600;

    public static final String SECTION = "MS-RDPBCGR 2.2.6.1";

    private static final int COMPRESSION_SHIFT = 16;
    private static final int ANY_COMPRESSION = 0xF0;
    private static final int LENGTH_SIZE = 4;
    private static final int HEADER_SIZE = 8;

    public static ChannelChunk decode(WireReader in) {
        return new ChannelChunk(in.u32le("length"), in.s32le("flags"), in.rest("virtualChannelData"));
    }

    /**
     * The chunks of one message; an empty message makes one chunk.
     *
     * @param chunkSize octets of data per chunk
     * @param otherFlags set on each chunk besides first and last, for example {@link #FLAG_SHOW_PROTOCOL}
     */
    public static List<ChannelChunk> split(Bytes message, int chunkSize, int otherFlags) {
        List<ChannelChunk> chunks = new ArrayList<>();
        int from = 0;
        do {
            int part = Math.min(chunkSize, message.size() - from);
            int flags = otherFlags | (from == 0 ? FLAG_FIRST : 0) | (from + part == message.size() ? FLAG_LAST : 0);
            chunks.add(new ChannelChunk(message.size(), flags, message.slice(from, part)));
            from += part;
        } while (from < message.size());
        return chunks;
    }

    /**
     * This chunk as it has to be sent next: compressed if that makes it shorter, with the flags that the other side's
     * history needs.
     */
    public ChannelChunk compressed(BulkCompressor bulk) {
        ByteBuf packed = Unpooled.buffer(virtualChannelData.size());
        int bits = bulk.compress(Unpooled.wrappedBuffer(virtualChannelData.toArray()), packed);
        return bits == 0
                ? this
                : new ChannelChunk(
                        length, flags | bits << COMPRESSION_SHIFT, Bytes.copyOf(packed, 0, packed.writerIndex()));
    }

    /**
     * A chunk as it would have come without compression, header included, borrowed until the next call.
     *
     * @param bulk of the connection: its history is that of updates, too, so that every chunk has to pass here
     */
    public static WireReader plain(WireReader chunk, BulkDecompressor bulk) {
        ByteBuf octets = chunk.slice(chunk.remaining(), "channelChunk");
        WireReader in = WireReader.of(octets, "ChannelChunk", SECTION);
        int flags = in.has(HEADER_SIZE) ? octets.getIntLE(octets.readerIndex() + LENGTH_SIZE) : 0;
        if ((compressionFlags(flags) & ANY_COMPRESSION) == 0) {
            return in;
        }
        long length = in.u32le("length");
        in.s32le("flags");
        ByteBuf data = bulk.decompress(compressionFlags(flags), in);
        ByteBuf plain = Unpooled.buffer(HEADER_SIZE + data.readableBytes());
        plain.writeIntLE((int) length)
                .writeIntLE(flags & ~(0xFF << COMPRESSION_SHIFT))
                .writeBytes(data, data.readerIndex(), data.readableBytes());
        return WireReader.of(plain, "ChannelChunk", SECTION);
    }

    /** The compression bits in the place where {@link porthole.protocol.bulk.BulkDecompressor} wants them. */
    static int compressionFlags(int flags) {
        return flags >>> COMPRESSION_SHIFT & 0xFF;
    }

    @Override
    public void encode(WireWriter out) {
        out.u32le(length).u32le(flags).bytes(virtualChannelData);
    }
}
