package porthole.protocol.bulk;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import porthole.protocol.wire.WireReader;

/**
 * RDP 6.1 bulk decompression: long matches in 2,000,000 octets of history, with RDP 5.0 inside. MS-RDPEGDI 3.1.8.2.
 *
 * <p>One packet has at most {@link #OUTPUT} octets of output, four times what a compressor may put in.
 */
final class Xcrush implements BulkAlgorithm {
    static final int HISTORY = 2_000_000;
    static final int OUTPUT = 1 << 16;

    static final int L1_COMPRESSED = 0x01;
    static final int L1_NO_COMPRESSION = 0x02;
    static final int L1_PACKET_AT_FRONT = 0x04;
    static final int L1_INNER_COMPRESSION = 0x10;
    /** Octets of RDP61_MATCH_DETAILS. */
    static final int MATCH = 8;

    private static final String NAME = "RDP61_COMPRESSED_DATA";

    private final byte[] history = new byte[HISTORY];
    /** What all results are a view of: the octets between its indices. */
    private final ByteBuf view = Unpooled.wrappedBuffer(history);

    private final Mppc inner = Mppc.rdp5();
    private final WireReader details = WireReader.of(view, NAME, "MS-RDPEGDI 2.2.2.4.1.1");
    private final WireReader literals = WireReader.of(view, NAME, "MS-RDPEGDI 2.2.2.4.1");
    private int offset;

    @Override
    public ByteBuf decompress(int flags, WireReader in) {
        if ((flags & BulkDecompressor.FLUSHED) != 0) {
            Arrays.fill(history, (byte) 0);
            offset = 0;
        }
        if ((flags & BulkDecompressor.COMPRESSED) == 0) {
            return in.slice(in.remaining(), "data");
        }
        int level1 = in.u8("Level1ComprFlags");
        int level2 = in.u8("Level2ComprFlags");
        in.check(
                (level1 & L1_COMPRESSED) != 0 ^ (level1 & L1_NO_COMPRESSION) != 0,
                1,
                "Level1ComprFlags",
                level1,
                "either L1_COMPRESSED or L1_NO_COMPRESSION");
        ByteBuf plain =
                (level1 & L1_INNER_COMPRESSION) != 0 ? inner.decompress(level2, in) : in.slice(in.remaining(), "data");
        if ((level1 & L1_PACKET_AT_FRONT) != 0) {
            // Not filled with zeros: FreeRDP's compressor still matches what lies behind.
            offset = 0;
        }
        int start = offset;
        literals.over(plain);
        if ((level1 & L1_COMPRESSED) != 0) {
            matches(plain, start);
        }
        literals(literals.remaining(), start);
        return view.setIndex(start, offset);
    }

    /** Reads details and literals side by side. */
    private void matches(ByteBuf plain, int start) {
        details.over(plain);
        int matchCount = details.count(details.u16le("MatchCount"), MATCH, "MatchCount");
        literals.skip(details.offset() + matchCount * MATCH, "MatchDetails");
        for (int i = 0; i < matchCount; i++) {
            int matchLength = details.u16le("MatchDetails.MatchLength");
            int matchOutputOffset = details.u16le("MatchDetails.MatchOutputOffset");
            int done = offset - start;
            if (matchOutputOffset < done) {
                details.check(
                        false, 2, "MatchDetails.MatchOutputOffset", matchOutputOffset, "the " + done + " done or more");
            }
            long matchHistoryOffset = details.u32le("MatchDetails.MatchHistoryOffset");
            if (matchHistoryOffset + matchLength > HISTORY) {
                details.check(
                        false,
                        4,
                        "MatchDetails.MatchHistoryOffset",
                        matchHistoryOffset,
                        "a match of " + matchLength + " octets inside " + HISTORY);
            }
            literals(matchOutputOffset - done, start);
            room(details, matchLength, start);
            HistoryCopy.forward(history, (int) matchHistoryOffset, offset, matchLength);
            offset += matchLength;
        }
    }

    private void literals(int length, int start) {
        literals.require(length, "Literals");
        room(literals, length, start);
        literals.read(length, history, offset, "Literals");
        offset += length;
    }

    private void room(WireReader in, int length, int start) {
        if (length > HISTORY - offset) {
            throw in.error("Literals", length + " octets", (HISTORY - offset) + " of history left");
        }
        int left = OUTPUT - (offset - start);
        if (length > left) {
            throw in.error("Literals", length + " octets", left + " of " + OUTPUT + " left for a packet");
        }
    }
}
