package porthole.protocol.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import porthole.fixtures.ChannelData;
import porthole.fixtures.Direction;
import porthole.fixtures.Fixtures;
import porthole.fixtures.Recording;
import porthole.fixtures.Row;
import porthole.protocol.DecoderLaws;
import porthole.protocol.bulk.BulkCompressor;
import porthole.protocol.bulk.BulkDecompressor;
import porthole.protocol.failure.WireException;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

class ChannelChunkTest {
    private static final DecoderLaws LAWS = new DecoderLaws(
            "ChannelChunk", body -> ChannelChunk.decode(WireReader.of(body, "ChannelChunk", ChannelChunk.SECTION)));

    private static ChannelReassembler reassembler(int maximum) {
        return new ChannelReassembler(maximum, new BulkDecompressor());
    }

    private static WireReader reader(byte[] chunk) {
        return WireReader.of(chunk, "ChannelChunk", ChannelChunk.SECTION);
    }

    private static boolean isChunk(Row row) {
        return row.frame().equals("tpkt")
                && (row.kind().startsWith("vc-") || row.kind().startsWith("dvc-"));
    }

    @Test
    void everyRecordedChunkKeepsItsOctetsAndEveryMessageIsWhole() {
        int chunks = 0;
        int messages = 0;
        List<Recording> recordings = new ArrayList<>(Fixtures.recordings("freerdp-tls-xrdp"));
        recordings.addAll(Fixtures.recordings("freerdp-gfx-shadow"));
        recordings.addAll(Fixtures.recordings("freerdp-aad"));
        for (Recording recording : recordings) {
            Map<String, ChannelReassembler> channels = new HashMap<>();
            for (Row row : recording.rows()) {
                if (!isChunk(row)) {
                    continue;
                }
                ChannelData data = ChannelData.of(recording.pdu(row));
                ChannelChunk chunk = (ChannelChunk) LAWS.keeps(data.data());
                chunks++;
                Optional<WireReader> message = channels.computeIfAbsent(
                                row.dir() + " " + data.channelId(), key -> reassembler(1 << 22))
                        .accept(reader(data.data()));
                assertThat(message.isPresent()).isEqualTo((chunk.flags() & ChannelChunk.FLAG_LAST) != 0);
                if (message.isPresent()) {
                    messages++;
                    assertThat(message.get().remaining()).isEqualTo((int) chunk.length());
                }
            }
        }
        assertThat(chunks).isGreaterThan(4000);
        assertThat(messages).isGreaterThan(3000);
    }

    @Test
    void theFirstClipboardMessageOfXrdp() {
        byte[] tpkt = Fixtures.recording("freerdp-tls-xrdp/channels").firstPdu(Direction.S2C, "vc-cliprdr");
        ChannelData data = ChannelData.of(tpkt);
        assertThat(data.channelId()).isEqualTo(1006);
        assertThat(LAWS.keeps(data.data()))
                .isEqualTo(new ChannelChunk(
                        28,
                        ChannelChunk.FLAG_FIRST | ChannelChunk.FLAG_LAST,
                        Bytes.hex("0700 0000 10000000 01000000 0100 0c00 02000000 0e000000 00000000")));
    }

    @Test
    void aSplitMessageComesTogetherAgain() {
        byte[] octets = new byte[5_000];
        new SplittableRandom(5).nextBytes(octets);
        List<ChannelChunk> chunks = ChannelChunk.split(
                Bytes.of(octets), ChannelChunk.CHANNEL_CHUNK_LENGTH, ChannelChunk.FLAG_SHOW_PROTOCOL);
        assertThat(chunks).extracting(ChannelChunk::flags).containsExactly(0x11, 0x10, 0x10, 0x12);
        ChannelReassembler reassembler = reassembler(5_000);
        List<Bytes> whole = new ArrayList<>();
        for (ChannelChunk chunk : chunks) {
            reassembler.accept(reader(chunk.toByteArray())).ifPresent(m -> whole.add(m.rest("all")));
        }
        assertThat(whole).containsExactly(Bytes.of(octets));
        assertThat(ChannelChunk.split(Bytes.EMPTY, 1600, 0)).containsExactly(new ChannelChunk(0, 3, Bytes.EMPTY));
    }

    @Test
    void chunksThatDoNotFitTogetherAreRefused() {
        ChannelChunk first = new ChannelChunk(4, ChannelChunk.FLAG_FIRST, Bytes.hex("0102"));
        refused("at most 3", 3, first);
        refused("a first chunk first", 9, new ChannelChunk(4, ChannelChunk.FLAG_LAST, Bytes.hex("0102")));
        refused("no second first chunk", 9, first, first);
        refused("of the first chunk", 9, first, new ChannelChunk(5, 0, Bytes.hex("01")));
        refused("no more than the length", 9, first, new ChannelChunk(4, 0, Bytes.hex("010203")));
        refused("the whole length", 9, first, new ChannelChunk(4, ChannelChunk.FLAG_LAST, Bytes.hex("01")));
        refused("the whole length", 9, new ChannelChunk(4, 3, Bytes.hex("01")));
        refused("at most", 9, new ChannelChunk(0xFFFFFFFFL, 3, Bytes.hex("01")));
    }

    private static void refused(String why, int maximum, ChannelChunk... chunks) {
        ChannelReassembler reassembler = reassembler(maximum);
        for (int i = 0; i < chunks.length - 1; i++) {
            assertThat(reassembler.accept(reader(chunks[i].toByteArray()))).isEmpty();
        }
        byte[] last = chunks[chunks.length - 1].toByteArray();
        assertThatThrownBy(() -> reassembler.accept(reader(last)))
                .isInstanceOf(WireException.class)
                .hasMessageContaining(why);
    }

    @Test
    void aCompressedChunkIsDecompressed() {
        // "aaaa" as RDP 4.0 has it: the literal, then a copy of 3 from distance 1
        byte[] chunk = new ChannelChunk(
                        4,
                        ChannelChunk.FLAG_FIRST | ChannelChunk.FLAG_LAST | ChannelChunk.PACKET_COMPRESSED,
                        Bytes.hex("61 F0 40"))
                .toByteArray();
        assertThat(reassembler(10).accept(reader(chunk)).orElseThrow().rest("all"))
                .isEqualTo(Bytes.ascii("aaaa"));
    }

    @Test
    void truncationsAndMutationsAreRefusedOrKept() {
        byte[] wire = new ChannelChunk(3, 3, Bytes.hex("010203")).toByteArray();
        LAWS.survivesEveryTruncation(wire, UnaryOperator.identity());
        LAWS.survivesMutations(wire, 5_000, 6, UnaryOperator.identity());
    }

    /** What one side compresses chunk by chunk comes out whole on the other, what does not shrink included. */
    @Test
    void compressedChunksAreOneMessageAgain() {
        byte[] octets = new byte[9_000];
        SplittableRandom random = new SplittableRandom(8);
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) (i < 4_000 || i > 7_000 ? i / 40 : random.nextInt(256));
        }
        for (int type = 0; type <= BulkDecompressor.BEST_TYPE; type++) {
            BulkCompressor bulk = new BulkCompressor(type);
            ChannelReassembler other = reassembler(1 << 20);
            for (int round = 0; round < 3; round++) {
                int sent = 0;
                Optional<Bytes> whole = Optional.empty();
                for (ChannelChunk chunk :
                        ChannelChunk.split(Bytes.of(octets), 1_600, ChannelChunk.FLAG_SHOW_PROTOCOL)) {
                    ChannelChunk packed = chunk.compressed(bulk);
                    assertThat(packed.length()).isEqualTo(octets.length);
                    assertThat(packed.flags() & 0xFFFF).isEqualTo(chunk.flags());
                    sent += packed.virtualChannelData().size();
                    whole = other.accept(reader(packed.toByteArray())).map(message -> message.rest("message"));
                }
                assertThat(whole).contains(Bytes.of(octets));
                assertThat(sent).isLessThan(octets.length * 2 / 3);
            }
        }
    }
}
