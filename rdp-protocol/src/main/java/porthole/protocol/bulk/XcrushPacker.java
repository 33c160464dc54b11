package porthole.protocol.bulk;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;

/**
 * The compressing side of {@link Xcrush}. MS-RDPEGDI 3.1.8.2.
 *
 * <p>Every aligned block of 32 octets of the history is known by its hash; a rolling hash finds it at any place of a
 * later packet, and the match is then grown both ways.
 */
final class XcrushPacker implements BulkPacker {
    private static final int LONGEST = 16_382;
    /** Octets at the end of the history that stay unused: other decompressors refuse to fill it. */
    private static final int MARGIN = 8;

    private static final int BLOCK = 32;
    private static final int HASH_BITS = 16;
    private static final int FACTOR = 0x01000193;
    private static final int NONE = -1;

    private final byte[] history = new byte[Xcrush.HISTORY];
    private final int[] blocks = new int[1 << HASH_BITS];
    private final MppcPacker inner = MppcPacker.rdp5();
    private final int leaving; // FACTOR to the power of BLOCK: the weight of the octet that a rolling hash loses
    private int offset;
    private boolean front = true;
    private int matchCount;

    XcrushPacker() {
        int power = 1;
        for (int i = 0; i < BLOCK; i++) {
            power *= FACTOR;
        }
        leaving = power;
        Arrays.fill(blocks, NONE);
    }

    @Override
    public int longest() {
        return LONGEST;
    }

    @Override
    public int pack(byte[] plain, ByteBuf out) {
        int flags = BulkDecompressor.COMPRESSED | (front ? BulkDecompressor.FLUSHED : 0);
        int level1 = Xcrush.L1_INNER_COMPRESSION;
        if (front || offset + plain.length > Xcrush.HISTORY - MARGIN) {
            level1 |= Xcrush.L1_PACKET_AT_FRONT;
            offset = 0;
            front = false;
            Arrays.fill(blocks, NONE);
        }
        System.arraycopy(plain, 0, history, offset, plain.length);
        ByteBuf details = Unpooled.buffer(256);
        ByteBuf literals = Unpooled.buffer(plain.length);
        matches(offset + plain.length, details, literals);
        byte[] data = plain;
        if (matchCount > 0) {
            data = new byte[2 + details.readableBytes() + literals.readableBytes()];
            Unpooled.wrappedBuffer(data)
                    .clear()
                    .writeShortLE(matchCount)
                    .writeBytes(details)
                    .writeBytes(literals);
        }
        level1 |= matchCount > 0 ? Xcrush.L1_COMPRESSED : Xcrush.L1_NO_COMPRESSION;
        out.writeByte(level1);
        int at = out.writerIndex();
        out.writeByte(0);
        int level2 = 0;
        if (data.length >= BulkCompressor.SHORTEST) {
            level2 = inner.pack(data, out);
            if (out.writerIndex() - at > data.length) {
                level2 = inner.giveUp();
            }
        }
        if ((level2 & BulkDecompressor.COMPRESSED) == 0) {
            out.writerIndex(at + 1).writeBytes(data);
        }
        out.setByte(at, level2 == 0 ? 0 : level2 | BulkDecompressor.TYPE_64K);
        return flags;
    }

    /** The packet goes out without flags: FreeRDP takes RDP 6.1 flags for a header, so the next packet is flushed. */
    @Override
    public int giveUp() {
        front = true;
        inner.giveUp();
        return 0;
    }

    /** Moves the offset to {@code end}; what no match covers goes to {@code literals}. */
    private void matches(int end, ByteBuf details, ByteBuf literals) {
        int start = offset;
        int done = start;
        int known = start / BLOCK * BLOCK;
        matchCount = 0;
        int hash = start + BLOCK <= end ? hash(start) : 0;
        for (int at = start; at + BLOCK <= end; ) {
            for (; known + BLOCK <= at; known += BLOCK) {
                blocks[slot(hash(known))] = known;
            }
            int candidate = blocks[slot(hash)];
            int next = at + 1;
            if (candidate != NONE) {
                int before = 0;
                while (at - before > done
                        && candidate > before
                        && history[candidate - before - 1] == history[at - before - 1]) {
                    before++;
                }
                int length = common(candidate - before, at - before, end);
                if (length >= BLOCK) {
                    literals.writeBytes(history, done, at - before - done);
                    details.writeShortLE(length)
                            .writeShortLE(at - before - start)
                            .writeIntLE(candidate - before);
                    matchCount++;
                    done = at - before + length;
                    next = done;
                }
            }
            if (next + BLOCK <= end) {
                hash = next == at + 1 ? hash * FACTOR + history[at + BLOCK] - leaving * history[at] : hash(next);
            }
            at = next;
        }
        for (; known + BLOCK <= end; known += BLOCK) {
            blocks[slot(hash(known))] = known;
        }
        literals.writeBytes(history, done, end - done);
        offset = end;
    }

    /** A match ends before it would read what it writes: other decompressors need not copy octet by octet. */
    private int common(int earlier, int later, int end) {
        int most = Math.min(end - later, later - earlier);
        int length = 0;
        while (length < most && history[earlier + length] == history[later + length]) {
            length++;
        }
        return length;
    }

    private int hash(int at) {
        int hash = 0;
        for (int i = 0; i < BLOCK; i++) {
            hash = hash * FACTOR + history[at + i];
        }
        return hash;
    }

    private static int slot(int hash) {
        return hash * 0x9E3779B1 >>> 32 - HASH_BITS;
    }
}
