package porthole.protocol.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import porthole.protocol.DecoderLaws;
import porthole.protocol.failure.WireException;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

class SlowPathInputTest {
    private static final DecoderLaws LAWS = new DecoderLaws(
            "SlowPathInput", body -> SlowPathInput.decode(WireReader.of(body, "SlowPathInput", SlowPathInput.SECTION)));

    private static final String EVERY_KIND = "0800 0000"
            + "01000000 0400 0001 1D00 0000" // scancode, extended, with a time
            + "00000000 0500 0080 2620 0000" // unicode, released
            + "00000000 0180 0008 0A00 1400" // mouse
            + "00000000 0280 0280 0A00 1400" // extended mouse
            + "00000000 0480 0008 FEFF 0300" // relative mouse
            + "00000000 0000 0000 05000000" // synchronize
            + "00000000 0200 AABBCCDDEEFF" // unused
            + "00000000 7700 010203040506"; // nobody knows

    @Test
    void everyKindOfEvent() {
        byte[] wire = Bytes.hex(EVERY_KIND).toArray();
        SlowPathInput pdu = (SlowPathInput) LAWS.keeps(wire);
        assertThat(pdu.events())
                .containsExactly(
                        new InputEvent.Scancode(InputEvent.KBDFLAGS_EXTENDED, 0x1D),
                        new InputEvent.Unicode(InputEvent.KBDFLAGS_RELEASE, 0x2026),
                        InputEvent.Mouse.move(10, 20),
                        new InputEvent.ExtendedMouse(InputEvent.PTRXFLAGS_DOWN | InputEvent.PTRXFLAGS_BUTTON2, 10, 20),
                        new InputEvent.RelativeMouse(InputEvent.PTRFLAGS_MOVE, -2, 3),
                        new InputEvent.Synchronize(InputEvent.SYNC_SCROLL_LOCK | InputEvent.SYNC_CAPS_LOCK),
                        new InputEvent.Unused(Bytes.hex("AABBCCDDEEFF")),
                        new InputEvent.Unknown(0x77, Bytes.hex("010203040506")));
        assertThat(pdu.slowPathInputEvents().get(0).eventTime()).isEqualTo(1);
        LAWS.refusesEveryTruncation(wire);
        LAWS.survivesMutations(wire, 20_000, 2, UnaryOperator.identity());
    }

    @Test
    void trailingOctetsAreKept() {
        SlowPathInput pdu = (SlowPathInput) LAWS.keeps(
                Bytes.hex("0100 0000 00000000 0400 0000 1E00 0000 ABCD").toArray());
        assertThat(pdu.trailing()).isEqualTo(Bytes.hex("ABCD"));
    }

    @Test
    void aCountThatCannotBeIsRefusedAtOnce() {
        assertThatThrownBy(() -> LAWS.keeps(Bytes.hex("FFFF 0000 00").toArray()))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("numEvents");
    }

    @Test
    void builtFromEvents() {
        SlowPathInput pdu = SlowPathInput.of(InputEvent.Mouse.button(InputEvent.PTRFLAGS_BUTTON1, true, 3, 4));
        assertThat(pdu.toByteArray())
                .isEqualTo(Bytes.hex("0100 0000 00000000 0180 0090 0300 0400").toArray());
        assertThatThrownBy(
                        () -> SlowPathInput.of(new InputEvent.QoeTimestamp(1)).toByteArray())
                .isInstanceOf(IllegalStateException.class);
    }
}
