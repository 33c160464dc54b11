package porthole.protocol.bulk;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/**
 * Bulk compression of what one side of a connection sends; the mirror of {@link BulkDecompressor}.
 *
 * <p>MS-RDPBCGR 3.1.8.2. A client compresses the chunks of static channels only, a host its updates too. Every packet
 * must be sent, in the order of compression. Not thread-safe.
 */
public final class BulkCompressor {
    /** Plain octets below which a packet stays as it is: it would not get shorter by more than the flags cost. */
    public static final int SHORTEST = 50;

    private final int type;
    private final BulkPacker packer;

    /**
     * @param type {@link BulkDecompressor#TYPE_8K} to {@link BulkDecompressor#TYPE_RDP61}, at most what the other side
     *     understands
     */
    public BulkCompressor(int type) {
        this.type = type;
        packer = switch (type) {
            case BulkDecompressor.TYPE_8K -> MppcPacker.rdp4();
            case BulkDecompressor.TYPE_64K -> MppcPacker.rdp5();
            case BulkDecompressor.TYPE_RDP6 -> new NcrushPacker();
            case BulkDecompressor.TYPE_RDP61 -> new XcrushPacker();
            default -> throw new IllegalArgumentException("bulk compression type " + type + " is not 0 to 3");
        };
    }

    public int type() {
        return type;
    }

    /** The most octets that one packet may hold; longer ones stay as they are, so a sender cuts before it compresses. */
    public int longest() {
        return packer.longest();
    }

    /**
     * Appends all that is readable of {@code plain} to {@code out}, packed if that is shorter; {@code plain} is neither
     * moved nor kept.
     *
     * @return the octet of type and flags that goes into the packet's header; 0 if it needs none
     */
    public int compress(ByteBuf plain, ByteBuf out) {
        int size = plain.readableBytes();
        if (size < SHORTEST || size > packer.longest()) {
            out.writeBytes(plain, plain.readerIndex(), size);
            return 0;
        }
        int start = out.writerIndex();
        int flags = packer.pack(ByteBufUtil.getBytes(plain), out);
        if (out.writerIndex() - start >= size) {
            out.writerIndex(start).writeBytes(plain, plain.readerIndex(), size);
            flags = packer.giveUp();
        }
        return flags == 0 ? 0 : flags | type;
    }
}
