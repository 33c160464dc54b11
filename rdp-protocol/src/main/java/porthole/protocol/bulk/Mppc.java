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
 * MPPC as RDP 4.0 (8 KiB) and RDP 5.0 (64 KiB) use it. MS-RDPBCGR 3.1.8.4.1 and 3.1.8.4.2, with RFC 2118.
 *
 * <p>A packet's output lies in the history without a wrap, so its size is what bounds one packet.
 */
final class Mppc implements BulkAlgorithm {
    private static final VarHandle BIG_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] history;
    /** What all results are a view of: the octets between its indices. */
    private final ByteBuf view;

    private final boolean large;
    private final int longestLengthPrefix;
    private int offset;

    // The bit source: the packet, and up to 64 bits of it left-aligned in a window.
    private byte[] source = new byte[0];
    private int next;
    private int end;
    private long window;
    private int bits;

    private Mppc(int size, boolean large, int longestLengthPrefix) {
        history = new byte[size];
        view = Unpooled.wrappedBuffer(history);
        this.large = large;
        this.longestLengthPrefix = longestLengthPrefix;
    }

    static Mppc rdp4() {
        return new Mppc(8 * 1024, false, 11);
    }

    static Mppc rdp5() {
        return new Mppc(64 * 1024, true, 14);
    }

    @Override
    public ByteBuf decompress(int flags, WireReader in) {
        if ((flags & BulkDecompressor.FLUSHED) != 0) {
            Arrays.fill(history, (byte) 0);
            offset = 0;
        }
        if ((flags & BulkDecompressor.AT_FRONT) != 0) {
            offset = 0;
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
        refill();
        // The last octet is filled up with zeros: fewer than 8 bits are never a symbol.
        while (bits >= 8) {
            if (window >= 0) { // 0: a literal below 0x80
                put(in, (int) (window >>> 56));
                drop(8);
            } else if (window << 1 >= 0) { // 10: a literal from 0x80 on
                require(in, 9);
                put(in, (int) (window << 1 >>> 56) | 0x80);
                drop(9);
            } else {
                int distance = large ? distance64(in) : distance8(in);
                copy(in, distance, length(in));
            }
            if (bits < 48) {
                refill();
            }
        }
        return view.setIndex(start, offset);
    }

    private int distance8(WireReader in) {
        int prefix = (int) (window >>> 60);
        if (prefix == 0xF) {
            return take(in, 4, 6);
        }
        return prefix == 0xE ? take(in, 4, 8) + 64 : take(in, 3, 13) + 320;
    }

    private int distance64(WireReader in) {
        int prefix = (int) (window >>> 59);
        if (prefix == 0x1F) {
            return take(in, 5, 6);
        }
        if (prefix == 0x1E) {
            return take(in, 5, 8) + 64;
        }
        return prefix >> 1 == 0xE ? take(in, 4, 11) + 320 : take(in, 3, 16) + 2368;
    }

    /** A run of n ones and a zero, then n + 1 bits on top of 2 to the n + 1; without ones the length is 3. */
    private int length(WireReader in) {
        if (bits < 32) {
            refill();
        }
        int ones = Long.numberOfLeadingZeros(~window);
        if (ones == 0) {
            take(in, 1, 0);
            return 3;
        }
        if (ones > longestLengthPrefix) {
            throw broken(in, "a length prefix of " + ones + " ones", "at most " + longestLengthPrefix);
        }
        return take(in, ones + 1, ones + 1) + (1 << ones + 1);
    }

    private int take(WireReader in, int prefix, int count) {
        require(in, prefix + count);
        int value = count == 0 ? 0 : (int) (window << prefix >>> 64 - count);
        drop(prefix + count);
        return value;
    }

    private void require(WireReader in, int count) {
        if (bits < count) {
            throw broken(in, bits + " bits left", "at least " + count + " bits for the rest of the symbol");
        }
    }

    private void drop(int count) {
        window <<= count;
        bits -= count;
    }

    private void refill() {
        if (bits > 56) {
            return;
        }
        if (end - next >= Long.BYTES) {
            window |= (long) BIG_ENDIAN.get(source, next) >>> bits;
            int octets = Long.SIZE - bits >>> 3;
            next += octets;
            bits += 8 * octets;
            window &= -1L << Long.SIZE - bits; // the rest comes again
            return;
        }
        while (bits <= 56 && next < end) {
            window |= (source[next++] & 0xFFL) << 56 - bits;
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

    private WireException broken(WireReader in, String seen, String rule) {
        return in.error("data", seen, rule);
    }
}
