package porthole.benchmarks;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import porthole.protocol.bulk.BulkDecompressor;
import porthole.protocol.bulk.Rdp8Decompressor;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

/** Bulk compression, each type with the octets that it is measured on. */
final class Bulk {
    private static final String SHADOW = "freerdp-gfx-shadow/";

    private static final Map<String, Supplier<Workload>> ALL = new TreeMap<>(Map.of(
            "mppc-8k", () -> recorded("bulk-level-0"),
            "mppc-64k", () -> recorded("bulk-level-1"),
            "ncrush", () -> recorded("bulk-level-2"),
            "xcrush", () -> recorded("bulk-level-3"),
            "zgfx", Bulk::zgfx,
            "zgfx-stored", Bulk::stored));

    private Bulk() {}

    static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    static Workload of(String name) {
        return ALL.get(name).get();
    }

    /** Messages whose order counts. */
    private abstract static class OnMessages implements Workload {
        private final List<ByteBuf> messages;
        private final WireReader message = WireReader.of(new byte[0], "Benchmark", "bulk");
        private final long octets;

        OnMessages(List<byte[]> messages) {
            this.messages = messages.stream().map(Unpooled::wrappedBuffer).toList();
            octets = messages.stream().mapToLong(m -> m.length).sum();
        }

        @Override
        public void run() {
            for (int i = 0; i < messages.size(); i++) {
                decompress(i, message.over(messages.get(i)));
            }
        }

        abstract void decompress(int index, WireReader message);

        @Override
        public int frames() {
            return messages.size();
        }

        @Override
        public long pixels() {
            return 0;
        }

        @Override
        public long octets() {
            return octets;
        }
    }

    /** The packets of a recording; the first one flushes the history, so that they can come again. */
    private static Workload recorded(String recording) {
        List<RecordedBitmaps.Packet> packets = new RecordedBitmaps(SHADOW + recording).packets();
        int[] flags = packets.stream().mapToInt(RecordedBitmaps.Packet::flags).toArray();
        flags[0] |= BulkDecompressor.FLUSHED;
        BulkDecompressor bulk = new BulkDecompressor();
        return new OnMessages(
                packets.stream().map(RecordedBitmaps.Packet::octets).toList()) {
            @Override
            void decompress(int index, WireReader message) {
                bulk.decompress(flags[index], message);
            }
        };
    }

    /** Uncompressed bitmaps of a recorded graphics channel, compressed by our own encoder. */
    private static Workload zgfx() {
        Rdp8Encoder encoder = new Rdp8Encoder();
        List<byte[]> messages = new ArrayList<>();
        for (byte[] message : new RecordedBitmaps(SHADOW + "gfx-uncompressed").graphicsMessages()) {
            messages.add(encoder.encode(message));
        }
        return rdp8(messages);
    }

    /** A recorded graphics channel as it came: its segments are not compressed. */
    private static Workload stored() {
        return rdp8(new RecordedBitmaps(SHADOW + "gfx-progressive")
                .graphicsSegments().stream().map(Bytes::toArray).toList());
    }

    private static Workload rdp8(List<byte[]> messages) {
        Rdp8Decompressor decompressor = Rdp8Decompressor.rdp8(1 << 26);
        return new OnMessages(messages) {
            @Override
            void decompress(int index, WireReader message) {
                decompressor.decompress(message);
            }
        };
    }
}
