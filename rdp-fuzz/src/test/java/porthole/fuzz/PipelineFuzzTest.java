package porthole.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import porthole.graphics.h264.software.SoftwareProvider;
import porthole.graphics.pipeline.GraphicsDecoder;
import porthole.graphics.pipeline.GraphicsLimits;
import porthole.graphics.screen.Framebuffer;
import porthole.graphics.screen.FramebufferLimits;
import porthole.protocol.bulk.BulkDecompressor;
import porthole.protocol.rdpgfx.RdpgfxCommand;
import porthole.protocol.rdpgfx.SessionCommand;
import porthole.protocol.wire.WireReader;

/** The whole graphics channel, and each algorithm of bulk compression with the state that it keeps. */
class PipelineFuzzTest {
    private static final GraphicsLimits LIMITS = new GraphicsLimits(1 << 18, 1 << 16, 100, 16);
    private static final FramebufferLimits SCREEN = new FramebufferLimits(512, 1 << 18);
    private static final int UNCOMPRESSED = 0xE0;
    private static final int BULK_UNCOMPRESSED = 0x04;
    private static final int LONGEST_PACKET = 64 * 1024;

    static Stream<byte[]> pipelineSeeds() {
        return Stream.of("gfx-progressive", "gfx-planar", "gfx-rfx", "gfx-avc420", "gfx-avc444")
                .map(name -> "freerdp-gfx-shadow/" + name)
                .flatMap(name -> Stream.of(
                        RecordedBitmaps.behindLengths(RecordedBitmaps.graphicsPdus(name), 0),
                        RecordedBitmaps.behindLengths(RecordedBitmaps.graphicsMessages(name), 1)));
    }

    /** Messages of one channel, each behind its length in two octets; compressed ones where the first octet is odd. */
    @MethodSource("pipelineSeeds")
    @FuzzTest(maxDuration = "30s")
    void pipeline(byte[] input) {
        Oracle.refusesOrEnds(input.length, () -> {
            Cursor cursor = new Cursor(input);
            boolean asSent = (cursor.u8() & 1) != 0;
            Framebuffer screen = new Framebuffer(64, 64, SCREEN);
            try (GraphicsDecoder decoder =
                    new GraphicsDecoder(screen, LIMITS, Optional.of(new SoftwareProvider()), new Listening())) {
                while (cursor.hasMore()) {
                    byte[] message = cursor.part(cursor.u16());
                    byte[] segmented =
                            asSent ? message : RecordedBitmaps.behind(message, UNCOMPRESSED, BULK_UNCOMPRESSED);
                    decoder.message(WireReader.of(segmented, "Fuzzed", "any"));
                }
            }
        });
    }

    static final class Listening implements GraphicsDecoder.Listener {
        @Override
        public void confirmed(SessionCommand.CapsConfirm confirm) {
            Oracle.require(!confirm.toString().isEmpty(), () -> "no text");
        }

        @Override
        public void frameEnded(long frameId) {
            Oracle.require(frameId >= 0, () -> "frame " + frameId);
        }

        @Override
        public void reset(int width, int height) {
            Oracle.require(width > 0 && height > 0, () -> width + " x " + height);
        }

        @Override
        public void skipped(RdpgfxCommand command) {
            Oracle.require(!command.toString().isEmpty(), () -> "no text");
        }
    }

    static Stream<byte[]> mppc8kSeeds() {
        return packets("bulk-level-0");
    }

    static Stream<byte[]> mppc64kSeeds() {
        return packets("bulk-level-1");
    }

    static Stream<byte[]> ncrushSeeds() {
        return packets("bulk-level-2");
    }

    static Stream<byte[]> xcrushSeeds() {
        return packets("bulk-level-3");
    }

    /** What a host sent, and a short text. */
    private static Stream<byte[]> packets(String recording) {
        int first = BulkDecompressor.COMPRESSED | BulkDecompressor.AT_FRONT | BulkDecompressor.FLUSHED;
        byte[] text = {0x54, 0x68, 0x65, 0x20, 0x71, 0x75, 0x69, 0x63, 0x6B, (byte) 0x88, 0x12, 0x0F, 0x33};
        return Stream.of(
                RecordedBitmaps.bulkPackets("freerdp-gfx-shadow/" + recording),
                RecordedBitmaps.behind(RecordedBitmaps.behindLengths(List.of(text)), first));
    }

    /** RDP 4.0: packets behind their flags in an octet and their length in two. */
    @MethodSource("mppc8kSeeds")
    @FuzzTest(maxDuration = "30s")
    void mppc8k(byte[] input) {
        bulk(input, BulkDecompressor.TYPE_8K);
    }

    /** RDP 5.0, in the same form. */
    @MethodSource("mppc64kSeeds")
    @FuzzTest(maxDuration = "30s")
    void mppc64k(byte[] input) {
        bulk(input, BulkDecompressor.TYPE_64K);
    }

    /** RDP 6.0, in the same form. */
    @MethodSource("ncrushSeeds")
    @FuzzTest(maxDuration = "30s")
    void ncrush(byte[] input) {
        bulk(input, BulkDecompressor.TYPE_RDP6);
    }

    /** RDP 6.1, in the same form. */
    @MethodSource("xcrushSeeds")
    @FuzzTest(maxDuration = "30s")
    void xcrush(byte[] input) {
        bulk(input, BulkDecompressor.TYPE_RDP61);
    }

    private static void bulk(byte[] input, int type) {
        Oracle.refusesOrEnds(input.length, () -> {
            BulkDecompressor bulk = new BulkDecompressor();
            Cursor cursor = new Cursor(input);
            while (cursor.hasMore()) {
                int flags = cursor.u8() & ~BulkDecompressor.TYPE_MASK | type;
                WireReader packet = WireReader.of(cursor.part(cursor.u16()), "Fuzzed", "any");
                int plain = bulk.decompress(flags, packet).readableBytes();
                Oracle.require(plain <= LONGEST_PACKET, () -> plain + " octets");
            }
        });
    }
}
