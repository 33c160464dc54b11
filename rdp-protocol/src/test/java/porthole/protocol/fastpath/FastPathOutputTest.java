package porthole.protocol.fastpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import porthole.fixtures.Direction;
import porthole.fixtures.Fixtures;
import porthole.protocol.DecoderLaws;
import porthole.protocol.Recorded;
import porthole.protocol.failure.WireException;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

class FastPathOutputTest {
    private static final DecoderLaws LAWS = new DecoderLaws(
            "FastPathOutput",
            frame -> FastPathOutput.decode(WireReader.of(frame, "FastPathOutput", FastPathOutput.SECTION)));

    /** Makes the length say what there is, so that changes get past it. */
    private static final UnaryOperator<byte[]> REPAIR = frame -> {
        if (frame.length > 2 && (frame[1] & 0x80) != 0) {
            frame[1] = (byte) (0x80 | frame.length >> 8);
            frame[2] = (byte) frame.length;
        } else if (frame.length > 1 && frame.length < 0x80) {
            frame[1] = (byte) frame.length;
        }
        return frame;
    };

    private static List<Recorded> recorded() {
        return Recorded.all(row -> row.dir() == Direction.S2C && row.frame().equals("fastpath"));
    }

    @Test
    void everyRecordedFrameKeepsItsOctets() {
        int encrypted = 0;
        int plain = 0;
        for (Recorded frame : recorded()) {
            FastPathOutput pdu = (FastPathOutput) LAWS.keeps(frame.octets());
            if ((pdu.flags() & FastPathOutput.ENCRYPTED) != 0) {
                encrypted++;
                assertThat(pdu.encryptedData().size()).isGreaterThan(8);
                assertThat(pdu.fpOutputUpdates()).isEmpty();
            } else {
                plain++;
                assertThat(pdu.fpOutputUpdates()).isNotEmpty();
                assertThat(pdu.encryptedData()).isEqualTo(Bytes.EMPTY);
            }
        }
        assertThat(encrypted).isEqualTo(25);
        assertThat(plain).isGreaterThan(1000);
    }

    @Test
    void aSynchronizeUpdateOfXrdp() {
        byte[] wire = Fixtures.recording("freerdp-tls-xrdp/login-screen").firstPdu(Direction.S2C, "fp-synchronize");
        assertThat(Bytes.of(wire)).isEqualTo(Bytes.hex("00 8006 03 0000"));
        assertThat(LAWS.keeps(wire))
                .isEqualTo(new FastPathOutput(
                        0,
                        0,
                        true,
                        List.of(FastPathUpdate.single(FastPathUpdate.SYNCHRONIZE, Bytes.EMPTY)),
                        Bytes.EMPTY));
    }

    @Test
    void aFragmentWithCompressionFlags() {
        byte[] wire = Fixtures.recording("freerdp-gfx-shadow/bulk-level-0").firstPdu(Direction.S2C, "fp-bitmap-first");
        FastPathUpdate update =
                ((FastPathOutput) LAWS.keeps(wire)).fpOutputUpdates().get(0);
        assertThat(update.updateCode()).isEqualTo(FastPathUpdate.BITMAP);
        assertThat(update.fragmentation()).isEqualTo(FastPathUpdate.FIRST);
        assertThat(update.compression()).isEqualTo(FastPathUpdate.COMPRESSION_USED);
        assertThat(update.compressionFlags() & 0x0F).isZero();
        assertThat(update.updateData().size()).isEqualTo(wire.length - 3 - 4);
    }

    @Test
    void oneLengthOctetIsEnoughForShortFrames() {
        FastPathUpdate small = FastPathUpdate.single(FastPathUpdate.PTR_NULL, Bytes.EMPTY);
        FastPathOutput two = FastPathOutput.of(small, small);
        assertThat(two.toByteArray())
                .isEqualTo(Bytes.hex("00 08 05 0000 05 0000").toArray());
        FastPathOutput most = FastPathOutput.of(FastPathUpdate.single(15, Bytes.of(new byte[122])));
        assertThat(most.toByteArray()).hasSize(0x7F).startsWith(0x00, 0x7F);
        FastPathOutput more = FastPathOutput.of(FastPathUpdate.single(15, Bytes.of(new byte[123])));
        assertThat(more.toByteArray()).hasSize(0x81).startsWith(0x00, 0x80, 0x81);
        LAWS.keeps(more.toByteArray());
    }

    @Test
    void aFrameOfAnotherLengthOrActionIsRefused() {
        byte[] wire = {0, 5, 5, 0, 0};
        LAWS.keeps(wire);
        LAWS.refusesEveryTruncation(wire);
        assertThatThrownBy(() -> LAWS.keeps(new byte[] {0, 6, 5, 0, 0}))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("length1");
        assertThatThrownBy(() -> LAWS.keeps(new byte[] {3, 5, 5, 0, 0}))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("fpOutputHeader");
    }

    @Test
    void updatesOfAnEncryptedFrameAreNotVisited() {
        WireReader in = WireReader.of(new byte[] {(byte) 0x80, 5, 5, 0, 0}, "FastPathOutput", FastPathOutput.SECTION);
        assertThatThrownBy(() -> FastPathOutput.forEachUpdate(in, (code, fragmentation, flags, data) -> {}))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("decrypted");
    }

    @Test
    void everyTruncationAndManyMutationsAreRefusedOrKept() {
        List<Recorded> frames = recorded();
        for (int i = 0; i < frames.size(); i += 40) {
            byte[] wire = frames.get(i).octets();
            LAWS.survivesMutations(wire, 20, i, REPAIR);
            if (wire.length < 600) {
                LAWS.refusesEveryTruncation(wire);
                LAWS.survivesEveryTruncation(wire, REPAIR);
            }
        }
    }

    @Test
    void aSplitUpdateComesTogetherAgain() {
        byte[] data = new byte[10_000];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) (i * 7);
        }
        for (int maximum : new int[] {7, 100, 135, 4_096, 9_999, 10_006, 20_000}) {
            List<FastPathOutput> frames = FastPathOutput.split(FastPathUpdate.BITMAP, Bytes.of(data), maximum);
            assertThat(frames).hasSize((10_000 + maximum - 7) / (maximum - 6));
            FragmentAssembler assembler = new FragmentAssembler(data.length);
            List<Bytes> whole = new ArrayList<>();
            for (FastPathOutput frame : frames) {
                byte[] octets = frame.toByteArray();
                assertThat(octets.length).isLessThanOrEqualTo(maximum);
                FastPathOutput.forEachUpdate(
                        WireReader.of(octets, "FastPathOutput", FastPathOutput.SECTION),
                        (code, fragmentation, flags, part) -> assembler
                                .accept(code, fragmentation, part)
                                .ifPresent(all -> whole.add(all.rest("all"))));
            }
            assertThat(whole).containsExactly(Bytes.of(data));
        }
    }
}
