package porthole.protocol.bulk;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** The compressing side of {@link Ncrush}. MS-RDPEGDI 3.1.8.1. */
final class NcrushPacker implements BulkPacker {
    /** Octets at the end of the history that stay unused: other decompressors refuse to fill it. */
    private static final int MARGIN = 8;

    private final byte[] history = new byte[NcrushCode.HISTORY];
    private final MatchFinder finder = new MatchFinder(history);
    private final int[] cache = new int[NcrushCode.CACHE];
    private int offset;

    // The bit sink: fewer than 8 bits that are not written yet.
    private ByteBuf sink;
    private long window;
    private int bits;

    @Override
    public int longest() {
        return NcrushCode.HALF - MARGIN;
    }

    @Override
    public int pack(byte[] plain, ByteBuf out) {
        int flags = BulkDecompressor.COMPRESSED;
        if (offset + plain.length > NcrushCode.HISTORY - MARGIN) {
            flags |= BulkDecompressor.AT_FRONT;
            System.arraycopy(history, offset - NcrushCode.HALF, history, 0, NcrushCode.HALF);
            offset = NcrushCode.HALF;
            finder.clear();
            finder.add(0, offset, offset);
        }
        int end = offset + plain.length;
        System.arraycopy(plain, 0, history, offset, plain.length);
        sink = out;
        window = 0;
        bits = 0;
        while (offset < end) {
            int length = Math.min(finder.find(offset, end), NcrushCode.LONGEST_MATCH);
            if (length == 0) {
                symbol(NcrushCode.LEC, history[offset] & 0xFF);
                length = 1;
            } else {
                distance(finder.distance());
                length(length);
            }
            finder.add(offset, offset + length, end);
            offset += length;
        }
        symbol(NcrushCode.LEC, NcrushCode.END);
        put(0, 7); // the last octet is filled up with zeros
        sink = null;
        return flags;
    }

    @Override
    public int giveUp() {
        // The other side clears its history too, so nothing of ours may be found again.
        Arrays.fill(cache, 0);
        finder.clear();
        offset = 0;
        return BulkDecompressor.FLUSHED;
    }

    private void distance(int distance) {
        for (int i = 0; i < cache.length; i++) {
            if (cache[i] == distance) {
                cache[i] = cache[0];
                cache[0] = distance;
                symbol(NcrushCode.LEC, NcrushCode.FIRST_CACHED + i);
                return;
            }
        }
        System.arraycopy(cache, 0, cache, 1, cache.length - 1);
        cache[0] = distance;
        int index = NcrushCode.offsetIndex(distance);
        symbol(NcrushCode.LEC, NcrushCode.FIRST_OFFSET + index);
        put(distance - NcrushCode.offsetBase(index), NcrushCode.offsetBits(index));
    }

    private void length(int length) {
        int symbol = NcrushCode.lengthSymbol(length);
        symbol(NcrushCode.LENGTHS, symbol);
        put(length - NcrushCode.lengthBase(symbol), NcrushCode.lengthBits(symbol));
    }

    private void symbol(HuffmanCode code, int symbol) {
        put(code.code(symbol), code.codeLength(symbol));
    }

    private void put(int value, int count) {
        window |= (long) value << bits;
        bits += count;
        while (bits >= 8) {
            sink.writeByte((int) window);
            window >>>= 8;
            bits -= 8;
        }
    }
}
