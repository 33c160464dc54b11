package porthole.protocol.rdstls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import porthole.fixtures.Direction;
import porthole.fixtures.Fixtures;
import porthole.fixtures.Recording;
import porthole.protocol.DecoderLaws;
import porthole.protocol.Recorded;
import porthole.protocol.failure.WireException;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Framing;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;

class RdstlsPdusTest {
    private static final Bytes COOKIE = Bytes.hex("1c0000000100000003000000000102030405060708090a0b0c0d0e0f");

    private static <T extends Pdu> Function<ByteBuf, T> reader(Function<WireReader, T> decoder) {
        return frame -> decoder.apply(WireReader.of(frame, "RdstlsPdu", "MS-RDPBCGR 2.2.17"));
    }

    private static Function<ByteBuf, Pdu> decoderOf(byte[] wire) {
        return switch (wire[2]) {
            case 1 -> reader(RdstlsCapabilitiesPdu::decode);
            case 2 -> reader(RdstlsAuthenticationRequest::decode);
            default -> reader(RdstlsAuthenticationResponse::decode);
        };
    }

    private static <T extends Pdu> T decode(byte[] wire, Function<WireReader, T> decoder) {
        return reader(decoder).apply(Unpooled.wrappedBuffer(wire));
    }

    static List<byte[]> pdus() {
        List<byte[]> all = new ArrayList<>();
        Recorded.all(row -> row.frame().equals("rdstls")).forEach(recorded -> all.add(recorded.octets()));
        all.add(RdstlsCapabilitiesPdu.of(3).toByteArray());
        all.add(RdstlsAuthenticationRequest.AutoReconnectCookie.of(7, COOKIE).toByteArray());
        all.add(RdstlsAuthenticationRequest.FedAuthToken.of("VMID=00000000-0000-4000-8000-000000000001&x=1")
                .toByteArray());
        RdstlsResult.named()
                .forEach(result ->
                        all.add(RdstlsAuthenticationResponse.of(result).toByteArray()));
        return all;
    }

    @ParameterizedTest
    @MethodSource("pdus")
    void keepsTheOctetsAndIsCutWhereItEnds(byte[] wire) {
        DecoderLaws laws = new DecoderLaws("rdstls", decoderOf(wire));
        laws.keeps(wire);
        laws.refusesEveryTruncation(wire);
        laws.survivesMutations(wire, 300, wire.length, UnaryOperator.identity());
        for (int length = 0; length < wire.length; length++) {
            assertThat(Framing.rdstls(Unpooled.wrappedBuffer(wire, 0, length))).isIn(Framing.MORE, wire.length);
        }
        ByteBuf andMore = Unpooled.wrappedBuffer(wire, new byte[] {3, 0, 0, 7});
        assertThat(Framing.rdstls(andMore)).isEqualTo(wire.length);
        byte[] longer = Arrays.copyOf(wire, wire.length + 3);
        laws.keeps(longer);
    }

    @Test
    void recordedExchange() {
        Recording recording = Fixtures.recording("freerdp-rdstls/redirect-rdstls-1024/conn-01");
        RdstlsCapabilitiesPdu capabilities =
                decode(recording.firstPdu(Direction.S2C, "rdstls-capabilities"), RdstlsCapabilitiesPdu::decode);
        assertThat(capabilities).isEqualTo(RdstlsCapabilitiesPdu.of(RdstlsCapabilitiesPdu.VERSION_1));
        assertThat(capabilities.supports(RdstlsCapabilitiesPdu.VERSION_2)).isFalse();

        byte[] wire = recording.firstPdu(Direction.C2S, "rdstls-auth-request");
        RdstlsAuthenticationRequest.Password request =
                (RdstlsAuthenticationRequest.Password) decode(wire, RdstlsAuthenticationRequest::decode);
        assertThat(request.userNameText()).isEqualTo("alice");
        assertThat(request.domainText()).isEqualTo("LAB");
        String guid = request.redirectionGuid().toUtf16le().replace("\0", "").strip();
        assertThat(Base64.getDecoder().decode(guid)).hasSize(16);
        assertThat(request.password().size()).isEqualTo(0x166);
        assertThat(RdstlsAuthenticationRequest.Password.of(
                                request.redirectionGuid(), "alice", "LAB", request.password())
                        .toByteArray())
                .isEqualTo(wire);
        assertThat(request.toString())
                .contains("alice", "redacted")
                .doesNotContain(request.password().toHex().substring(0, 16), guid)
                .doesNotContain(request.redirectionGuid().toHex().substring(0, 16));

        assertThat(decode(
                                recording.firstPdu(Direction.S2C, "rdstls-auth-response"),
                                RdstlsAuthenticationResponse::decode)
                        .result()
                        .isSuccess())
                .isTrue();
    }

    @Test
    void recordedRefusal() {
        RdstlsAuthenticationResponse response = decode(
                Fixtures.recording("freerdp-rdstls/redirect-rdstls-rejected/conn-01")
                        .firstPdu(Direction.S2C, "rdstls-auth-response"),
                RdstlsAuthenticationResponse::decode);
        assertThat(response.result()).isEqualTo(RdstlsResult.ACCESS_DENIED);
        assertThat(response.toString()).contains("0x00000005 RDSTLS_RESULT_ACCESS_DENIED");
        assertThat(response.result().refused().report().remedy()).isNotEmpty();
    }

    @Test
    void everyNamedResultIsExplained() {
        assertThat(RdstlsResult.named())
                .extracting(RdstlsResult::code)
                .containsExactly(0x0L, 0x5L, 0x52EL, 0x530L, 0x532L, 0x533L, 0x773L, 0x775L);
        assertThat(RdstlsResult.named()).allSatisfy(result -> {
            assertThat(result.name()).startsWith("RDSTLS_RESULT_");
            assertThat(result.meaning()).isNotEmpty();
            assertThat(result.remedy().isEmpty()).isEqualTo(result.isSuccess());
        });
        RdstlsResult other = new RdstlsResult(0xC000_006DL);
        assertThat(other.name()).isEqualTo("unknown");
        assertThat(other.refused().code()).isEqualTo(0xC000_006DL);
    }

    @Test
    void theOtherFormsAreLaidOutAsWritten() {
        assertThat(Bytes.of(RdstlsAuthenticationRequest.AutoReconnectCookie.of(0x01020304, COOKIE)
                                .toByteArray())
                        .toHex())
                .isEqualTo("010002000200" + "04030201" + "1c00" + COOKIE.toHex());
        assertThat(Bytes.of(RdstlsAuthenticationRequest.FedAuthToken.of("a").toByteArray())
                        .toHex())
                .isEqualTo("020002000300" + "0400" + "61000000");
        assertThat(RdstlsAuthenticationRequest.AutoReconnectCookie.of(1, COOKIE).toString())
                .doesNotContain(COOKIE.toHex().substring(24));
        assertThat(RdstlsAuthenticationRequest.FedAuthToken.of("secret-token").toString())
                .doesNotContain("secret", "7300");
        RdstlsAuthenticationRequest unknown =
                decode(Bytes.hex("010002000900aabb").toArray(), RdstlsAuthenticationRequest::decode);
        assertThat(unknown).isEqualTo(new RdstlsAuthenticationRequest.Unknown(1, 9, Bytes.hex("aabb")));
        assertThat(unknown.toString()).doesNotContain("aabb");
        assertThat(unknown.toByteArray())
                .isEqualTo(Bytes.hex("010002000900aabb").toArray());
    }

    @ParameterizedTest
    @CsvSource({
        "0000010001000100, version",
        "0300010001000100, version",
        "0100010002000100, dataType",
        "010004000200" + "00000000, dataType",
        "010002000100" + "0200aa, redirectionGuid",
        "010002000300" + "0200aa, token",
    })
    void malformedPdusAreNamed(String hex, String field) {
        byte[] wire = Bytes.hex(hex).toArray();
        assertThatThrownBy(() -> decoderOf(wire).apply(Unpooled.wrappedBuffer(wire)))
                .isInstanceOfSatisfying(
                        WireException.class, e -> assertThat(e.field()).isEqualTo(field));
    }

    @Test
    void fieldsThatNoLengthCanSayAreRefused() {
        Bytes large = Bytes.of(new byte[0x10000]);
        assertThatThrownBy(() -> RdstlsAuthenticationRequest.Password.of(Bytes.EMPTY, "a", "b", large))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("65536");
    }
}
