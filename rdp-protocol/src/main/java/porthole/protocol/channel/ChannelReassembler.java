package porthole.protocol.channel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Optional;
import porthole.protocol.bulk.BulkDecompressor;
import porthole.protocol.wire.WireReader;

/**
 * Puts the chunks of one static channel together to messages; never holds more than its maximum.
 *
 * <p>MS-RDPBCGR 3.1.5.2.2.1. Not thread-safe.
 */
public final class ChannelReassembler {
    private final int maximum;
    private final BulkDecompressor bulk;
    private byte[] held = new byte[0];
    private int have;
    private long expected = -1;

    /**
     * @param maximum octets of a whole message
     * @param bulk of the connection; histories are shared with its updates
     */
    public ChannelReassembler(int maximum, BulkDecompressor bulk) {
        this.maximum = maximum;
        this.bulk = bulk;
    }

    /**
     * Takes one chunk with its header.
     *
     * @return the message when this was its last chunk, borrowed until the next call; empty while more follow
     */
    public Optional<WireReader> accept(WireReader chunk) {
        long length = chunk.u32le("length");
        int flags = chunk.s32le("flags");
        boolean first = (flags & ChannelChunk.FLAG_FIRST) != 0;
        boolean last = (flags & ChannelChunk.FLAG_LAST) != 0;
        if (length > maximum) {
            chunk.check(false, "length", length, "at most " + maximum);
        }
        if (first != expected < 0) {
            chunk.check(false, "flags", hex(flags), first ? "no second first chunk" : "a first chunk first");
        }
        if (!first && length != expected) {
            chunk.check(false, "length", length, "the " + expected + " of the first chunk");
        }
        WireReader plain = chunk;
        if ((ChannelChunk.compressionFlags(flags) & 0xF0) != 0) {
            plain = message(bulk.decompress(ChannelChunk.compressionFlags(flags), chunk));
        }
        int part = plain.remaining();
        if (part > length - have) {
            chunk.check(false, "virtualChannelData", have + part, "no more than the length " + length);
        }
        if (first && last) {
            if (part != length) {
                chunk.check(false, "virtualChannelData", part, "the whole length " + length);
            }
            return Optional.of(plain);
        }
        append(plain, part, (int) length);
        expected = length;
        if (!last) {
            return Optional.empty();
        }
        if (have != length) {
            chunk.check(false, "virtualChannelData", have, "the whole length " + length);
        }
        WireReader whole = message(Unpooled.wrappedBuffer(held, 0, have));
        reset();
        return Optional.of(whole);
    }

    /** Forgets an unfinished message. */
    public void reset() {
        have = 0;
        expected = -1;
    }

    private void append(WireReader part, int octets, int length) {
        if (held.length < have + octets) {
            held = Arrays.copyOf(held, (int) Math.min(length, Math.max(have + octets, held.length * 2L)));
        }
        part.read(octets, held, have, "virtualChannelData");
        have += octets;
    }

    private static WireReader message(ByteBuf octets) {
        return WireReader.of(octets, "ChannelMessage", ChannelChunk.SECTION);
    }

    private static String hex(int flags) {
        return "0x" + Integer.toHexString(flags);
    }
}
