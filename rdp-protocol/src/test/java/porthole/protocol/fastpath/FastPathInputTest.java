package porthole.protocol.fastpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import porthole.fixtures.Direction;
import porthole.fixtures.Fixtures;
import porthole.protocol.DecoderLaws;
import porthole.protocol.Recorded;
import porthole.protocol.failure.WireException;
import porthole.protocol.input.InputEvent;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

class FastPathInputTest {
    private static final DecoderLaws LAWS = new DecoderLaws(
            "FastPathInput",
            frame -> FastPathInput.decode(WireReader.of(frame, "FastPathInput", FastPathInput.SECTION)));

    private static final UnaryOperator<byte[]> REPAIR = frame -> {
        if (frame.length > 2 && (frame[1] & 0x80) != 0) {
            frame[2] = (byte) frame.length;
        } else if (frame.length > 1) {
            frame[1] = (byte) frame.length;
        }
        return frame;
    };

    private static FastPathInput keeps(String hex) {
        return (FastPathInput) LAWS.keeps(Bytes.hex(hex).toArray());
    }

    @Test
    void everyRecordedFrameKeepsItsOctets() {
        List<Recorded> frames =
                Recorded.all(row -> row.dir() == Direction.C2S && row.frame().equals("fastpath"));
        int encrypted = 0;
        for (Recorded frame : frames) {
            FastPathInput pdu = (FastPathInput) LAWS.keeps(frame.octets());
            if ((pdu.flags() & FastPathInput.ENCRYPTED) != 0) {
                encrypted++;
            } else {
                assertThat(pdu.fpInputEvents()).hasSize(pdu.numEvents());
                assertThat(pdu.events()).noneMatch(InputEvent.Unknown.class::isInstance);
                LAWS.refusesEveryTruncation(frame.octets());
            }
        }
        assertThat(encrypted).isEqualTo(162);
        assertThat(frames.size()).isGreaterThan(600);
    }

    @Test
    void theFirstFrameOfFreeRdp() {
        byte[] wire = Fixtures.recording("freerdp-tls-xrdp/login-screen").firstPdu(Direction.C2S, "fp-input-scancode");
        assertThat(Bytes.of(wire)).isEqualTo(Bytes.hex("0c8008010f60010f"));
        FastPathInput pdu = (FastPathInput) LAWS.keeps(wire);
        assertThat(pdu.events())
                .containsExactly(
                        InputEvent.Scancode.key(0x0F, false, false),
                        new InputEvent.Synchronize(0),
                        InputEvent.Scancode.key(0x0F, false, false));
        assertThat(pdu.twoOctetLength()).isTrue();
        assertThat(pdu.numEventsOctet()).isFalse();
    }

    @Test
    void aPointerMovementOfFreeRdp() {
        byte[] wire = Fixtures.recording("freerdp-tls-xrdp/login-screen").firstPdu(Direction.C2S, "fp-input-mouse");
        assertThat(((FastPathInput) LAWS.keeps(wire)).events()).containsExactly(InputEvent.Mouse.move(0x190, 0x12C));
    }

    @Test
    void everyKindOfEvent() {
        assertThat(keeps("04 04 03 1D").events()).containsExactly(new InputEvent.Scancode(0x8100, 0x1D));
        assertThat(keeps("04 04 04 1D").events())
                .containsExactly(new InputEvent.Scancode(InputEvent.KBDFLAGS_EXTENDED1, 0x1D));
        assertThat(keeps("04 05 80 2620").events()).containsExactly(new InputEvent.Unicode(0, 0x2026));
        assertThat(keeps("04 05 81 2620").events()).containsExactly(new InputEvent.Unicode(0x8000, 0x2026));
        assertThat(keeps("04 09 40 0180 3200 3C00").events())
                .containsExactly(
                        new InputEvent.ExtendedMouse(InputEvent.PTRXFLAGS_DOWN | InputEvent.PTRXFLAGS_BUTTON1, 50, 60));
        assertThat(keeps("04 09 A0 0008 FFFF 0200").events())
                .containsExactly(new InputEvent.RelativeMouse(InputEvent.PTRFLAGS_MOVE, -1, 2));
        assertThat(keeps("04 07 C0 78563412").events()).containsExactly(new InputEvent.QoeTimestamp(0x12345678));
        assertThat(keeps("04 03 62").events()).containsExactly(new InputEvent.Synchronize(InputEvent.SYNC_NUM_LOCK));
        assertThat(keeps("04 09 20 8803 0A00 1400").events())
                .containsExactly(InputEvent.Mouse.wheel(-120, false, 10, 20));
        assertThat(keeps("08 06 E5 010203").events()).containsExactly(new InputEvent.Unknown(7, Bytes.hex("010203")));
    }

    @Test
    void manyEventsGetAnOctetForTheirNumber() {
        List<InputEvent> events = Collections.nCopies(16, InputEvent.Scancode.key(0x1E, false, true));
        FastPathInput sixteen = FastPathInput.of(events);
        assertThat(sixteen.toByteArray()).startsWith(0x00, 3 + 32, 16).hasSize(35);
        assertThat(LAWS.keeps(sixteen.toByteArray())).isEqualTo(sixteen);
        FastPathInput fifteen = FastPathInput.of(events.subList(0, 15));
        assertThat(fifteen.toByteArray()).startsWith(15 << 2, 32).hasSize(32);
        FastPathInput most = FastPathInput.of(Collections.nCopies(255, InputEvent.Mouse.move(1, 2)));
        assertThat(((FastPathInput) LAWS.keeps(most.toByteArray())).events()).hasSize(255);
        assertThatThrownBy(() -> FastPathInput.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anEventTooManyOrTooFewIsRefused() {
        assertThatThrownBy(() -> keeps("08 04 00 1D"))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("fpInputEvents[1].eventHeader");
        assertThatThrownBy(() -> keeps("04 06 00 1D 00 1D")).isInstanceOf(WireException.class);
    }

    @Test
    void mutationsAreRefusedOrKept() {
        byte[] wire = FastPathInput.of(
                        InputEvent.Scancode.key(0x1D, true, true),
                        new InputEvent.Unicode(0, 0x41),
                        InputEvent.Mouse.move(5, 6),
                        new InputEvent.QoeTimestamp(7))
                .toByteArray();
        LAWS.refusesEveryTruncation(wire);
        LAWS.survivesEveryTruncation(wire, REPAIR);
        LAWS.survivesMutations(wire, 20_000, 1, REPAIR);
    }
}
