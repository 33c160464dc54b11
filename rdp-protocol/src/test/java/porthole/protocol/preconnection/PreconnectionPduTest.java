package porthole.protocol.preconnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.protocol.DecoderLaws;
import porthole.protocol.Recorded;
import porthole.protocol.failure.WireException;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Framing;
import porthole.protocol.wire.WireReader;

class PreconnectionPduTest {
    private static final DecoderLaws LAWS = new DecoderLaws("PreconnectionPdu", PreconnectionPduTest::decode);
    private static final String VM = "b2d4c2a0-0000-4000-8000-0000000000b1";

    private static PreconnectionPdu decode(ByteBuf frame) {
        return PreconnectionPdu.decode(WireReader.of(frame, "PreconnectionPdu", "MS-RDPEPS 2.2.1"));
    }

    static List<byte[]> pdus() {
        List<byte[]> all = new ArrayList<>();
        Recorded.all(row -> row.frame().equals("pcb")).forEach(recorded -> all.add(recorded.octets()));
        all.add(PreconnectionPdu.ofId(0xFFFFFFFFL).toByteArray());
        all.add(PreconnectionPdu.of(0, VM + ";EnhancedMode=1").toByteArray());
        all.add(new PreconnectionPdu(0, 3, 9, Optional.empty(), Bytes.hex("0102")).toByteArray());
        all.add(new PreconnectionPdu(5, 2, 0, Optional.of(Bytes.EMPTY), Bytes.hex("01")).toByteArray());
        return all;
    }

    /** cbSize says what is there, so that what it guards is reached. */
    private static byte[] withSize(byte[] octets) {
        if (octets.length >= 4) {
            Unpooled.wrappedBuffer(octets).setIntLE(0, octets.length);
        }
        return octets;
    }

    @ParameterizedTest
    @MethodSource("pdus")
    void keepsTheOctetsAndIsCutWhereItEnds(byte[] wire) {
        LAWS.keeps(wire);
        LAWS.refusesEveryTruncation(wire);
        LAWS.survivesEveryTruncation(wire, PreconnectionPduTest::withSize);
        LAWS.survivesMutations(wire, 300, wire.length, UnaryOperator.identity());
        LAWS.survivesMutations(wire, 300, wire.length, PreconnectionPduTest::withSize);
        for (int length = 0; length <= wire.length; length++) {
            ByteBuf some = Unpooled.wrappedBuffer(wire, 0, length);
            assertThat(PreconnectionPdu.frameLength(some)).isEqualTo(length < 4 ? Framing.MORE : wire.length);
            if (wire[4] == 0) {
                assertThat(PreconnectionPdu.begins(some)).isTrue();
            }
        }
    }

    @Test
    void saysWhatFreeRdpSays() {
        List<String> recorded = Recorded.all(row -> row.frame().equals("pcb")).stream()
                .map(each -> HexFormat.of().formatHex(each.octets()))
                .distinct()
                .toList();
        assertThat(recorded)
                .contains(HexFormat.of().formatHex(PreconnectionPdu.of(0, VM).toByteArray()));
        assertThat(decode(Unpooled.wrappedBuffer(PreconnectionPdu.of(7, VM).toByteArray()))
                        .text())
                .isEqualTo(VM);
    }

    @Test
    void versionOneIsSixteenOctets() {
        assertThat(HexFormat.of().formatHex(PreconnectionPdu.ofId(4711).toByteArray()))
                .isEqualTo("10000000" + "00000000" + "01000000" + "67120000");
    }

    @ParameterizedTest
    @CsvSource({"00000000, cbSize", "0f000000, cbSize", "01000100, cbSize", "ffffffff, cbSize"})
    void aSizeThatCannotBeIsRefusedBeforeAnythingIsKept(String size, String field) {
        ByteBuf octets = Unpooled.wrappedBuffer(HexFormat.of().parseHex(size + "00000000"));
        assertThatThrownBy(() -> PreconnectionPdu.frameLength(octets))
                .isInstanceOfSatisfying(
                        WireException.class, e -> assertThat(e.field()).isEqualTo(field));
        assertThat(PreconnectionPdu.begins(octets)).isFalse();
    }

    @Test
    void aTextLongerThanThePduIsRefused() {
        String wire = "12000000" + "00000000" + "02000000" + "00000000" + "ffff";
        assertThatThrownBy(() -> decode(Unpooled.wrappedBuffer(HexFormat.of().parseHex(wire))))
                .isInstanceOfSatisfying(
                        WireException.class, e -> assertThat(e.field()).isEqualTo("wszPcb"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0300002b26e0",
                "0300000b06e00000",
                "160301020001",
                "1603010000",
                "474554202f",
                "1000000001000000"
            })
    void otherBeginningsAreNotTakenForIt(String octets) {
        assertThat(PreconnectionPdu.begins(Unpooled.wrappedBuffer(HexFormat.of().parseHex(octets))))
                .isFalse();
    }
}
