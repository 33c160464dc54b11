package porthole.protocol.rdpeclip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.protocol.DecoderLaws;
import porthole.protocol.failure.WireException;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

class ClipboardPduTest {
    /** What weston 14 says first. */
    private static final String CAPABILITIES = "07000000 10000000 01000000 01000c00 02000000 10000000";

    private static final DecoderLaws LAWS = new DecoderLaws(
            "ClipboardPdu", body -> ClipboardPdu.decode(WireReader.of(body, "ClipboardPdu", ClipboardPdu.SECTION)));

    @Test
    void readsAndWrites() {
        assertThat(LAWS.keeps(Bytes.hex(CAPABILITIES).toArray())).isEqualTo(ClipboardPdu.capabilities(0x10));
        assertThat(LAWS.keeps(Bytes.hex("02000000 00000000").toArray())).isEqualTo(ClipboardPdu.emptyFormatList());
        assertThat(LAWS.keeps(Bytes.hex("63000100 01000000 AA BBBBBBBB").toArray()))
                .isEqualTo(new ClipboardPdu(0x63, 1, Bytes.hex("AA"), Bytes.hex("BBBBBBBB")));
    }

    @Test
    void truncationsAndMutationsAreRefusedOrKept() {
        byte[] octets = Bytes.hex(CAPABILITIES).toArray();
        LAWS.refusesEveryTruncation(octets);
        LAWS.survivesMutations(octets, 2_000, 3, mutated -> mutated);
    }

    @ParameterizedTest
    @ValueSource(strings = {"01000000", "FFFFFF7F", "FFFFFFFF", "00000080"})
    void lengthsAtExtremesAreRefused(String dataLen) {
        assertThatThrownBy(() -> LAWS.keeps(Bytes.hex("02000000" + dataLen).toArray()))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("dataLen");
    }

    @Test
    void whatIsOnTheClipboardIsNotInTheText() {
        assertThat(ClipboardPdu.of(ClipboardPdu.CB_FORMAT_DATA_RESPONSE, 1, Bytes.ascii("secret"))
                        .toString())
                .doesNotContain("secret")
                .doesNotContain(Bytes.ascii("secret").toHex());
    }
}
