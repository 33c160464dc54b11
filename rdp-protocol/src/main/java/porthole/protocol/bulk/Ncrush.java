package porthole.protocol.bulk;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import porthole.protocol.failure.WireException;
import porthole.protocol.wire.WireReader;

/**
 * RDP 6.0 bulk decompression: LZ77 over 64 KiB with fixed Huffman codes and a cache of four distances. MS-RDPEGDI
 * 3.1.8.1.
 *
 * <p>A packet's output lies in the history without a wrap, so the history's size is what bounds one packet.
 */
final class Ncrush implements BulkAlgorithm {
    private static final VarHandle LITTLE_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** No code, nor the extra bits behind one, is longer. */
    private static final int LEAST = 32;

    private final byte[] history = new byte[NcrushCode.HISTORY];
    /** What all results are a view of: the octets between its indices. */
    private final ByteBuf view = Unpooled.wrappedBuffer(history);

    private final int[] cache = new int[NcrushCode.CACHE];
    private int offset;

    // The bit source: the packet, and up to 64 bits of it with the next one lowest.
    private byte[] source = new byte[0];
    private int next;
    private int end;
    private long window;
    private int bits;

    @Override
    public ByteBuf decompress(int flags, WireReader in) {
        if ((flags & BulkDecompressor.FLUSHED) != 0) {
            Arrays.fill(history, (byte) 0);
            Arrays.fill(cache, 0);
            offset = 0;
        } else if ((flags & BulkDecompressor.AT_FRONT) != 0) {
            slide(in);
        }
        if ((flags & BulkDecompressor.COMPRESSED) == 0) {
            return in.slice(in.remaining(), "data");
        }
        int start = offset;
        end = in.remaining();
        if (source.length < end) {
            source = new byte[end];
        }
        in.read(end, source, 0, "data");
        next = 0;
        window = 0;
        bits = 0;
        int symbol = symbol(in, NcrushCode.LEC);
        while (symbol != NcrushCode.END) {
            if (symbol < NcrushCode.END) {
                put(in, symbol);
            } else if (symbol < NcrushCode.FIRST_CACHED) {
                int index = symbol - NcrushCode.FIRST_OFFSET;
                int distance = NcrushCode.offsetBase(index) + take(in, NcrushCode.offsetBits(index));
                System.arraycopy(cache, 0, cache, 1, cache.length - 1);
                cache[0] = distance;
                copy(in, distance, length(in));
            } else {
                copy(in, cached(in, symbol - NcrushCode.FIRST_CACHED), length(in));
            }
            symbol = symbol(in, NcrushCode.LEC);
        }
        return view.setIndex(start, offset);
    }

    /** What PACKET_AT_FRONT means here: the last half of what there is becomes the first half of the history. */
    private void slide(WireReader in) {
        if (offset < NcrushCode.HALF) {
            throw in.error(
                    "compressionFlags",
                    "PACKET_AT_FRONT at history offset " + offset,
                    "an offset of " + NcrushCode.HALF + " or more");
        }
        System.arraycopy(history, offset - NcrushCode.HALF, history, 0, NcrushCode.HALF);
        Arrays.fill(history, NcrushCode.HALF, history.length, (byte) 0);
        offset = NcrushCode.HALF;
    }

    private int cached(WireReader in, int index) {
        if (index >= cache.length) {
            throw broken(in, "an unused symbol", "a literal, a copy-offset, a cached offset or the end of stream");
        }
        int distance = cache[index];
        cache[index] = cache[0];
        cache[0] = distance;
        return distance;
    }

    private int length(WireReader in) {
        int symbol = symbol(in, NcrushCode.LENGTHS);
        if (symbol >= NcrushCode.USED_LENGTHS) {
            throw broken(in, "length symbol " + symbol, "less than " + NcrushCode.USED_LENGTHS);
        }
        return NcrushCode.lengthBase(symbol) + take(in, NcrushCode.lengthBits(symbol));
    }

    private int symbol(WireReader in, HuffmanCode code) {
        refill();
        int entry = code.lookUp(window);
        take(in, HuffmanCode.length(entry));
        return HuffmanCode.symbol(entry);
    }

    private int take(WireReader in, int count) {
        if (bits < count) {
            refill();
            if (bits < count) {
                throw broken(in, bits + " bits left", "more: the end of stream is still to come");
            }
        }
        int value = (int) window & (1 << count) - 1;
        window >>>= count;
        bits -= count;
        return value;
    }

    private void refill() {
        if (end - next >= Long.BYTES) {
            if (bits <= LEAST) { // otherwise every code and its extra bits are there
                window |= (long) LITTLE_ENDIAN.get(source, next) << bits;
                int octets = Long.SIZE - 1 - bits >>> 3;
                next += octets;
                bits += 8 * octets;
                window &= (1L << bits) - 1; // the rest comes again
            }
            return;
        }
        while (bits <= 56 && next < end) {
            window |= (source[next++] & 0xFFL) << bits;
            bits += 8;
        }
    }

    private void put(WireReader in, int literal) {
        if (offset == history.length) {
            throw broken(in, "a literal behind the history", "at most " + history.length + " octets of history");
        }
        history[offset++] = (byte) literal;
    }

    private void copy(WireReader in, int distance, int length) {
        if (length > history.length - offset) {
            throw broken(
                    in,
                    "a copy of " + length + " octets at history offset " + offset,
                    "at most " + history.length + " octets of history");
        }
        if (distance == 0) {
            throw broken(in, "a copy from distance 0", "a distance of 1 or more");
        }
        HistoryCopy.around(history, distance, offset, length);
        offset += length;
    }

    private static WireException broken(WireReader in, String seen, String rule) {
        return in.error("data", seen, rule);
    }
}
