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
 * Undoes the bulk compression of RDP 8.0 (ZGFX) of one dynamic channel: RDP_SEGMENTED_DATA and the segments in it.
 *
 * <p>MS-RDPEGFX 2.2.5 and 3.1.9.1. Its "lite" form has a small history and single segments, for compressed data of any
 * dynamic channel (MS-RDPEDYC 2.2.3.3). Not thread-safe.
 */
public final class Rdp8Decompressor {
    public static final int SINGLE = 0xE0;
    public static final int MULTIPART = 0xE1;
    public static final int PACKET_COMPRESSED = 0x20;
    public static final int PACKET_COMPR_TYPE_RDP8 = 0x04;
    public static final int PACKET_COMPR_TYPE_RDP8_LITE = 0x06;

    private static final int HISTORY = 2_500_000;
    private static final int SEGMENT = 65_535;
    private static final int LITE = 8_192;
    private static final int FIRST_OUTPUT = 16 * 1024;
    private static final int UNENCODED_BITS = 15;
    private static final int LONGEST_LENGTH_PREFIX = 14;
    private static final VarHandle BITS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final int type;
    private final int longestSegment;
    private final int maximum;

    /** The output of earlier messages, as a ring. */
    private final byte[] history;

    private int cursor;

    /** The output of this message. */
    private byte[] out = new byte[0];

    private ByteBuf view = Unpooled.wrappedBuffer(out);

    private int produced;
    /** What errors call the octets of the present segment. */
    private String dataField;

    /** The present segment, with zeros behind it so that eight octets can always be read. */
    private byte[] packed = new byte[0];

    private Rdp8Decompressor(int type, int historySize, int longestSegment, int maximum) {
        this.type = type;
        this.longestSegment = longestSegment;
        this.maximum = maximum;
        history = new byte[historySize];
    }

    /** For the graphics channel. @param maximum octets of a whole message */
    public static Rdp8Decompressor rdp8(int maximum) {
        return new Rdp8Decompressor(PACKET_COMPR_TYPE_RDP8, HISTORY, SEGMENT, maximum);
    }

    /** For compressed data PDUs of a dynamic channel. */
    public static Rdp8Decompressor lite() {
        return new Rdp8Decompressor(PACKET_COMPR_TYPE_RDP8_LITE, LITE, LITE, LITE);
    }

    /**
     * Undoes the compression of one message.
     *
     * @param in all that is left of it is one RDP_SEGMENTED_DATA
     * @return the plain octets, borrowed until the next call
     */
    public ByteBuf decompress(WireReader in) {
        produced = 0;
        int descriptor = in.u8("descriptor");
        if (descriptor != SINGLE && (descriptor != MULTIPART || type != PACKET_COMPR_TYPE_RDP8)) {
            in.check(
                    false,
                    1,
                    "descriptor",
                    "0x" + Integer.toHexString(descriptor),
                    type == PACKET_COMPR_TYPE_RDP8 ? "0xE0 (SINGLE) or 0xE1 (MULTIPART)" : "0xE0 (SINGLE)");
        }
        if (descriptor == SINGLE) {
            dataField = "data";
            segment(in, in.remaining(), "header");
        } else {
            int count = in.u16le("segmentCount");
            long size = in.u32le("uncompressedSize");
            if (size > maximum) {
                in.check(false, 4, "uncompressedSize", size, "at most " + maximum);
            }
            in.count(count, 5, "segmentCount");
            dataField = "segmentArray.bulkData.data";
            for (int i = 0; i < count; i++) {
                long length = in.u32le("segmentArray.size");
                if (length > in.remaining()) {
                    in.check(false, 4, "segmentArray.size", length, "no more than follow");
                }
                segment(in, (int) length, "segmentArray.bulkData.header");
                if (produced > size) {
                    throw otherSize(in, size);
                }
            }
            if (produced != size) {
                throw otherSize(in, size);
            }
            in.end();
        }
        remember();
        return view.setIndex(0, produced);
    }

    private WireException otherSize(WireReader in, long size) {
        return in.error("segmentArray", produced + " octets", "the uncompressedSize " + size);
    }

    /** RDP8_BULK_ENCODED_DATA of {@code octets} octets. */
    private void segment(WireReader in, int octets, String headerField) {
        in.check(octets > 0, headerField, "0 octets left", "at least 1 octets");
        int header = in.u8(headerField);
        if ((header & ~PACKET_COMPRESSED) != type) {
            in.check(
                    false,
                    1,
                    headerField,
                    "0x" + Integer.toHexString(header),
                    "compression type " + type + ", and at most the flag 0x20");
        }
        int length = octets - 1;
        if ((header & PACKET_COMPRESSED) == 0) {
            if (length > longestSegment) {
                throw in.error(dataField, length + " octets", "at most " + longestSegment);
            }
            room(in, length);
            in.read(length, out, produced, dataField);
            produced += length;
            return;
        }
        in.check(length > 0, dataField, "0 octets left", "at least 1 octets");
        if (packed.length < length + Long.BYTES) {
            packed = new byte[length + 2 * Long.BYTES];
        }
        in.read(length, packed, 0, dataField);
        int unused = packed[length - 1] & 7;
        int end = (length - 1) * 8 - unused;
        if (end < 0) {
            throw in.error(dataField, unused + " unused bits", "no more than there are");
        }
        decode(in, end);
    }

    private void decode(WireReader in, int end) {
        int limit = produced + longestSegment;
        room(in, Math.min(longestSegment, maximum - produced));
        int at = 0;
        while (at < end) {
            long bits = bits(at);
            long token = Rdp8Code.token((int) (bits >>> Long.SIZE - Rdp8Code.PREFIX_BITS));
            int prefix = Rdp8Code.prefixBits(token);
            if (Rdp8Code.kind(token) == Rdp8Code.LITERAL) {
                at += prefix;
                require(in, at, end);
                require(in, 1, limit, "a literal");
                out[produced++] = (byte) Rdp8Code.value(token);
            } else if (Rdp8Code.kind(token) == Rdp8Code.MATCH) {
                int valueBits = Rdp8Code.valueBits(token);
                int distance = Rdp8Code.value(token) + (int) (bits << prefix >>> Long.SIZE - valueBits);
                at += prefix + valueBits;
                require(in, at, end);
                at = distance == 0 ? unencoded(in, at, end, limit) : match(in, at, end, limit, distance);
            } else {
                throw in.error(dataField, "a reserved token at bit " + at, "a literal, a match or an unencoded run");
            }
        }
    }

    private int match(WireReader in, int at, int end, int limit, int distance) {
        long bits = bits(at);
        int ones = Long.numberOfLeadingZeros(~bits);
        if (ones > LONGEST_LENGTH_PREFIX) {
            throw in.error(dataField, "a length prefix of " + ones + " ones", "at most " + LONGEST_LENGTH_PREFIX);
        }
        int length = 3;
        int next = at + 1;
        if (ones > 0) {
            int valueBits = ones + 1;
            length = (1 << valueBits) + (int) (bits << valueBits >>> Long.SIZE - valueBits);
            next = at + 2 * valueBits;
        }
        require(in, next, end);
        require(in, length, limit, "a match");
        if (distance > history.length) {
            throw in.error(dataField, "a distance of " + distance, "at most " + history.length);
        }
        copy(distance, length);
        return next;
    }

    private int unencoded(WireReader in, int at, int end, int limit) {
        int length = (int) (bits(at) >>> Long.SIZE - UNENCODED_BITS);
        int from = at + UNENCODED_BITS + 7 >>> 3;
        long next = ((long) from + length) * 8;
        if (next > end) {
            throw in.error(dataField, "an unencoded run of " + length + " octets", "no more than follow");
        }
        require(in, length, limit, "an unencoded run");
        System.arraycopy(packed, from, out, produced, length);
        produced += length;
        return (int) next;
    }

    /** Copies from what was put out before, in this message or in earlier ones; source and target may overlap. */
    private void copy(int distance, int length) {
        int target = produced;
        int left = length;
        if (distance > produced) {
            int back = distance - produced;
            int from = cursor >= back ? cursor - back : cursor - back + history.length;
            int first = Math.min(Math.min(left, back), history.length - from);
            System.arraycopy(history, from, out, target, first);
            int second = Math.min(left, back) - first;
            System.arraycopy(history, 0, out, target + first, second);
            target += first + second;
            left -= first + second;
        }
        produced += length;
        if (left == 0) {
            return;
        }
        if (distance >= left) {
            System.arraycopy(out, target - distance, out, target, left);
        } else if (distance == 1) {
            Arrays.fill(out, target, target + left, out[target - 1]);
        } else {
            // what is there already is a whole number of periods, so each copy may be twice as long as the one before
            int from = target - distance;
            for (int done = 0; done < left; ) {
                int now = Math.min(left - done, distance + done);
                System.arraycopy(out, from, out, target + done, now);
                done += now;
            }
        }
    }

    /** Puts the message behind the history. */
    private void remember() {
        int from = Math.max(0, produced - history.length);
        int first = Math.min(produced - from, history.length - cursor);
        System.arraycopy(out, from, history, cursor, first);
        int second = produced - from - first;
        System.arraycopy(out, from + first, history, 0, second);
        cursor = (cursor + first + second) % history.length;
    }

    /** At least 57 bits from bit {@code at} on, at the top; behind the segment stands whatever, which nobody takes. */
    private long bits(int at) {
        return (long) BITS.get(packed, at >>> 3) << (at & 7);
    }

    private void room(WireReader in, int octets) {
        if (octets > maximum - produced) {
            throw in.error(dataField, octets + " octets more", "a message of at most " + maximum);
        }
        if (out.length - produced < octets) {
            long wanted = Math.max(Math.max(FIRST_OUTPUT, (long) produced + octets), 2L * produced);
            out = Arrays.copyOf(out, (int) Math.min(maximum, wanted));
            view = Unpooled.wrappedBuffer(out);
        }
    }

    private void require(WireReader in, int at, int end) {
        if (at > end) {
            throw in.error(dataField, "the bits end within a token", "whole tokens");
        }
    }

    private void require(WireReader in, int octets, int limit, String what) {
        if (octets > limit - produced || octets > out.length - produced) {
            throw tooLong(in, octets, what);
        }
    }

    private WireException tooLong(WireReader in, int octets, String what) {
        return in.error(
                dataField,
                what + (octets == 1 ? "" : " of " + octets + " octets") + " behind octet " + produced,
                "at most " + longestSegment + " octets of a segment and " + maximum + " of a message");
    }
}
