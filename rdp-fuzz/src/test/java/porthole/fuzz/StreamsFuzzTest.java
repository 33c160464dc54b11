package porthole.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import porthole.protocol.bulk.BulkDecompressor;
import porthole.protocol.channel.ChannelReassembler;
import porthole.protocol.fastpath.FastPathUpdates;
import porthole.protocol.wire.Framing;
import porthole.protocol.wire.WireReader;

/** What keeps state from message to message: fragments, bulk compression, channel chunks. */
class StreamsFuzzTest {
    private static final int MAXIMUM = 64 * 1024;

    /** Fast-path frames, one behind the other. */
    @FuzzTest(maxDuration = "30s")
    void fastPath(byte[] input) {
        Oracle.refusesOrEnds(input.length, () -> {
            FastPathUpdates updates = new FastPathUpdates(new BulkDecompressor(), MAXIMUM);
            ByteBuf stream = Unpooled.wrappedBuffer(input);
            while (stream.isReadable()) {
                int length = Framing.tpktOrFastPath(stream);
                if (length == Framing.MORE || length > stream.readableBytes()) {
                    return;
                }
                ByteBuf frame = stream.readSlice(length);
                updates.read(WireReader.of(frame, "Fuzzed", "any"), (code, data) -> {
                    Oracle.require(code >= 0 && code <= 15, () -> "update code " + code);
                    withinMaximum(data.remaining());
                    data.rest("all");
                });
            }
        });
    }

    /** Packets of flags, a length of one octet and data. */
    @FuzzTest(maxDuration = "30s")
    void bulk(byte[] input) {
        Oracle.refusesOrEnds(input.length, () -> {
            BulkDecompressor bulk = new BulkDecompressor();
            Cursor cursor = new Cursor(input);
            while (cursor.hasMore()) {
                int flags = cursor.u8();
                byte[] packet = cursor.part(cursor.u8());
                ByteBuf plain = bulk.decompress(flags, WireReader.of(packet, "Fuzzed", "any"));
                withinMaximum(plain.readableBytes());
                plain.forEachByte(octet -> true);
            }
        });
    }

    /** Chunks, each behind a length of one octet. */
    @FuzzTest(maxDuration = "30s")
    void channel(byte[] input) {
        Oracle.refusesOrEnds(input.length, () -> {
            ChannelReassembler channel = new ChannelReassembler(MAXIMUM, new BulkDecompressor());
            Cursor cursor = new Cursor(input);
            while (cursor.hasMore()) {
                byte[] chunk = cursor.part(cursor.u8());
                channel.accept(WireReader.of(chunk, "Fuzzed", "any"))
                        .ifPresent(message -> withinMaximum(message.rest("all").size()));
            }
        });
    }

    private static void withinMaximum(int octets) {
        Oracle.require(octets <= MAXIMUM, () -> octets + " octets");
    }
}
