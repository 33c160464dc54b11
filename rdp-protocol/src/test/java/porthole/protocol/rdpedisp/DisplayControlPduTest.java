package porthole.protocol.rdpedisp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import porthole.protocol.DecoderLaws;
import porthole.protocol.failure.WireException;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

class DisplayControlPduTest {
    private static final DecoderLaws LAWS = new DecoderLaws("DisplayControlPdu", body -> {
        WireReader in = WireReader.of(body, "DisplayControlPdu", DisplayControlPdu.SECTION);
        DisplayControlPdu pdu = DisplayControlPdu.decode(in);
        in.end();
        return pdu;
    });

    /** Octets and what they mean. */
    record Example(String hex, DisplayControlPdu pdu) {
        byte[] octets() {
            return Bytes.hex(hex).toArray();
        }
    }

    static Stream<Example> examples() {
        return Stream.of(
                new Example("05000000 14000000 03000000 00080000 00060000", new DisplayControlPdu.Caps(3, 2048, 1536)),
                new Example(
                        "02000000 60000000 28000000 02000000"
                                + "01000000 00000000 00000000 80070000 38040000 FC010000 1D010000 00000000 64000000 64000000"
                                + "00000000 00FBFFFF 00000000 00050000 00040000 00000000 00000000 5A000000 C8000000 B4000000",
                        new DisplayControlPdu.MonitorLayout(List.of(
                                new DisplayControlPdu.MonitorLayout.Monitor(1, 0, 0, 1920, 1080, 508, 285, 0, 100, 100),
                                new DisplayControlPdu.MonitorLayout.Monitor(
                                        0, -1280, 0, 1280, 1024, 0, 0, 90, 200, 180)))),
                new Example("07000000 0A000000 0102", new DisplayControlPdu.Unknown(7, Bytes.hex("0102"))));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void readsAndWrites(Example example) {
        assertThat(LAWS.keeps(example.octets())).isEqualTo(example.pdu);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void truncationsAndMutationsAreRefusedOrKept(Example example) {
        LAWS.refusesEveryTruncation(example.octets());
        LAWS.survivesEveryTruncation(example.octets(), DisplayControlPduTest::withLength);
        LAWS.survivesMutations(example.octets(), 2_000, 3, DisplayControlPduTest::withLength);
    }

    private static byte[] withLength(byte[] octets) {
        if (octets.length >= DisplayControlPdu.HEADER) {
            for (int i = 0; i < 4; i++) {
                octets[4 + i] = (byte) (octets.length >> 8 * i);
            }
        }
        return octets;
    }

    @Test
    void countsAtExtremesAreRefused() {
        for (String count : List.of("01000000", "FFFFFFFF", "FFFFFF7F", "67666606")) {
            assertThatThrownBy(() -> LAWS.keeps(
                            Bytes.hex("02000000 10000000 28000000 " + count).toArray()))
                    .isInstanceOf(WireException.class)
                    .hasMessageContaining("NumMonitors");
        }
        assertThatThrownBy(() -> LAWS.keeps(
                        Bytes.hex("02000000 10000000 27000000 00000000").toArray()))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("MonitorLayoutSize");
    }

    @Test
    void capsSayWhatALayoutMayHave() {
        DisplayControlPdu.Caps caps = new DisplayControlPdu.Caps(2, 1920, 1080);
        assertThat(caps.allows(2, 2 * 1920 * 1080)).isTrue();
        assertThat(caps.allows(1, 2 * 1920 * 1080 + 1)).isFalse();
        assertThat(caps.allows(3, 1)).isFalse();
        long most = 0xFFFFFFFFL;
        assertThat(new DisplayControlPdu.Caps(most, most, most).allows(16, Long.MAX_VALUE))
                .isTrue();
        assertThat(new DisplayControlPdu.Caps(16, 0, most).allows(1, 1)).isFalse();
    }
}
