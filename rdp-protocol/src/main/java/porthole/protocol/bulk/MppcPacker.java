package porthole.protocol.bulk;

import io.netty.buffer.ByteBuf;

/** The compressing side of {@link Mppc}. MS-RDPBCGR 3.1.8.4.1 and 3.1.8.4.2. */
final class MppcPacker implements BulkPacker {
    /** Octets at the end of the history that stay unused: other decompressors refuse to fill it. */
    private static final int MARGIN = 4;

    private final byte[] history;
    private final MatchFinder finder;
    private final boolean large;
    private int offset;
    private boolean front = true;

    // The bit sink: fewer than 8 bits that are not written yet, lowest ones last.
    private ByteBuf sink;
    private long window;
    private int bits;

    private MppcPacker(int size, boolean large) {
        history = new byte[size];
        finder = new MatchFinder(history);
        this.large = large;
    }

    static MppcPacker rdp4() {
        return new MppcPacker(8 * 1024, false);
    }

    static MppcPacker rdp5() {
        return new MppcPacker(64 * 1024, true);
    }

    @Override
    public int longest() {
        return history.length - MARGIN;
    }

    @Override
    public int pack(byte[] plain, ByteBuf out) {
        int flags = BulkDecompressor.COMPRESSED;
        if (front || offset + plain.length > longest()) {
            flags |= BulkDecompressor.AT_FRONT;
            offset = 0;
            front = false;
            finder.clear(); // what is behind the offset is about to be written over
        }
        int end = offset + plain.length;
        System.arraycopy(plain, 0, history, offset, plain.length);
        sink = out;
        window = 0;
        bits = 0;
        while (offset < end) {
            int length = finder.find(offset, end);
            if (length == 0) {
                literal(history[offset]);
                length = 1;
            } else {
                distance(finder.distance());
                length(length);
            }
            finder.add(offset, offset + length, end);
            offset += length;
        }
        if (bits > 0) {
            put(0, 8 - bits);
        }
        sink = null;
        return flags;
    }

    @Override
    public int giveUp() {
        front = true;
        return BulkDecompressor.FLUSHED;
    }

    private void literal(byte octet) {
        if (octet >= 0) {
            put(octet, 8);
        } else {
            put(0b10, 2);
            put(octet & 0x7F, 7);
        }
    }

    private void distance(int distance) {
        int prefix = large ? 1 : 0; // the 64K form has one more 1 in front of the short distances
        if (distance < 64) {
            put(large ? 0x1F : 0xF, 4 + prefix);
            put(distance, 6);
        } else if (distance < 320) {
            put(large ? 0x1E : 0xE, 4 + prefix);
            put(distance - 64, 8);
        } else if (!large) {
            put(0b110, 3);
            put(distance - 320, 13);
        } else if (distance < 2368) {
            put(0xE, 4);
            put(distance - 320, 11);
        } else {
            put(0b110, 3);
            put(distance - 2368, 16);
        }
    }

    private void length(int length) {
        if (length == MatchFinder.SHORTEST) {
            put(0, 1);
            return;
        }
        int power = 31 - Integer.numberOfLeadingZeros(length);
        put((1 << power) - 2, power); // power - 1 ones and a zero
        put(length - (1 << power), power);
    }

    private void put(int value, int count) {
        window = window << count | value;
        bits += count;
        while (bits >= 8) {
            bits -= 8;
            sink.writeByte((int) (window >>> bits));
        }
    }
}
