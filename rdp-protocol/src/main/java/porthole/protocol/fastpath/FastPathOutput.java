package porthole.protocol.fastpath;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import porthole.protocol.bulk.BulkCompressor;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * TS_FP_UPDATE_PDU: a fast-path frame from the host. MS-RDPBCGR 2.2.9.1.2.
 *
 * @param reserved four bits that ought to be zero
 * @param flags {@link #SECURE_CHECKSUM} and {@link #ENCRYPTED}
 * @param twoOctetLength whether the length took two octets, which a host may do for short frames too
 * @param fpOutputUpdates empty while the frame is encrypted
 * @param encryptedData signature and encrypted updates; empty unless {@link #ENCRYPTED} is set
 */
public record FastPathOutput(
        int reserved, int flags, boolean twoOctetLength, List<FastPathUpdate> fpOutputUpdates, Bytes encryptedData)
        implements Pdu {
    public static final int ACTION_FASTPATH = 0x0;
    public static final int SECURE_CHECKSUM = 0x1;
    public static final int ENCRYPTED = 0x2;

    public static final String SECTION = FastPathHeader.OUTPUT_SECTION;

    private static final int ACTION_MASK = 0x3;

    public FastPathOutput {
        fpOutputUpdates = List.copyOf(fpOutputUpdates);
    }

    /** Is handed the updates of a frame one after the other. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * @param compressionFlags or {@link FastPathUpdate#NO_COMPRESSION_FLAGS}
         * @param updateData exactly the update's data, borrowed for the call; need not be read to its end
         */
        void update(int updateCode, int fragmentation, int compressionFlags, WireReader updateData);
    }

    /** A frame that is not encrypted, with the shortest form of its length. */
    public static FastPathOutput of(FastPathUpdate... updates) {
        int octets = 0;
        for (FastPathUpdate update : updates) {
            octets += update.size();
        }
        return new FastPathOutput(0, 0, FastPathHeader.needsTwoOctets(octets), List.of(updates), Bytes.EMPTY);
    }

    /**
     * The frames that carry one update, in as many fragments as needed.
     *
     * @param maximum of the octets of a whole frame, 7 to 32767
     */
    public static List<FastPathOutput> split(int updateCode, Bytes updateData, int maximum) {
        int most = maximum - 3 /* frame */ - 3 /* update header and size */;
        if (updateData.size() <= most) {
            return List.of(of(FastPathUpdate.single(updateCode, updateData)));
        }
        List<FastPathOutput> frames = new ArrayList<>();
        for (int from = 0; from < updateData.size(); from += most) {
            int length = Math.min(most, updateData.size() - from);
            int fragmentation = from == 0
                    ? FastPathUpdate.FIRST
                    : from + length == updateData.size() ? FastPathUpdate.LAST : FastPathUpdate.NEXT;
            frames.add(of(new FastPathUpdate(
                    updateCode,
                    fragmentation,
                    0,
                    FastPathUpdate.NO_COMPRESSION_FLAGS,
                    updateData.slice(from, length))));
        }
        return frames;
    }

    /**
     * The frames that carry one update, in as many fragments as needed; each fragment that gets shorter is compressed.
     *
     * @param maximum of the octets of a whole frame, 8 to 32767
     */
    public static List<FastPathOutput> split(int updateCode, Bytes updateData, int maximum, BulkCompressor bulk) {
        ByteBuf packed = Unpooled.buffer();
        List<FastPathOutput> frames = new ArrayList<>();
        // cut as for frames without flags, which cost one octet more
        for (FastPathOutput plain : split(updateCode, updateData, Math.min(maximum - 1, bulk.longest()))) {
            FastPathUpdate update = plain.fpOutputUpdates().get(0);
            int flags = bulk.compress(Unpooled.wrappedBuffer(update.updateData().toArray()), packed.clear());
            frames.add(
                    flags == 0
                            ? plain
                            : of(new FastPathUpdate(
                                    updateCode,
                                    update.fragmentation(),
                                    FastPathUpdate.COMPRESSION_USED,
                                    flags,
                                    Bytes.copyOf(packed, 0, packed.writerIndex()))));
        }
        return frames;
    }

    /** Shows every update of a whole frame to {@code visitor} without copying any; the frame must not be encrypted. */
    public static void forEachUpdate(WireReader in, Visitor visitor) {
        int header = header(in);
        in.check((header >> 6 & ENCRYPTED) == 0, "flags", "an encrypted frame", "a frame that was decrypted before");
        FastPathHeader.bodyLength(in);
        while (in.hasRemaining()) {
            int updateHeader = in.u8("updateHeader");
            int compressionFlags = FastPathUpdate.flags(updateHeader, in);
            int size = in.u16le("size");
            visitor.update(
                    updateHeader & 0xF,
                    updateHeader >> 4 & 0x3,
                    compressionFlags,
                    in.sub(size, "updateData", FastPathUpdate.SECTION));
        }
    }

    public static FastPathOutput decode(WireReader in) {
        int header = header(in);
        boolean twoOctets = FastPathHeader.isTwoOctets(in);
        FastPathHeader.bodyLength(in);
        List<FastPathUpdate> updates = new ArrayList<>();
        Bytes encrypted = Bytes.EMPTY;
        if ((header >> 6 & ENCRYPTED) != 0) {
            encrypted = in.rest("encryptedData");
        }
        while (in.hasRemaining()) {
            updates.add(in.within(
                    "fpOutputUpdates[" + updates.size() + "]", FastPathUpdate.SECTION, FastPathUpdate::decode));
        }
        return new FastPathOutput(header >> 2 & 0xF, header >> 6, twoOctets, updates, encrypted);
    }

    private static int header(WireReader in) {
        int header = in.u8("fpOutputHeader");
        in.check((header & ACTION_MASK) == ACTION_FASTPATH, "fpOutputHeader", header, "action 0 (fast-path)");
        return header;
    }

    @Override
    public void encode(WireWriter out) {
        out.u8(ACTION_FASTPATH | reserved << 2 | flags << 6);
        int length = FastPathHeader.begin(out, twoOctetLength);
        fpOutputUpdates.forEach(out::pdu);
        out.bytes(encryptedData);
        FastPathHeader.end(out, length, twoOctetLength);
    }
}
