package porthole.protocol.rdsaad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.fixtures.Direction;
import porthole.fixtures.Fixtures;
import porthole.fixtures.Recording;
import porthole.protocol.failure.WireException;
import porthole.protocol.share.RecordedUserData;
import porthole.protocol.share.RecordedUserData.Sample;
import porthole.protocol.wire.WireReader;

class RdsAadPdusTest {
    private static final int CONFIRM = 19;

    /** Recorded messages without those of the faulty hosts. */
    private static Stream<Sample> recorded(Direction direction, String kind) {
        return Fixtures.recordings().stream()
                .filter(recording -> !recording.name().startsWith("freerdp-aad-faults/")
                        || recording.name().endsWith("/none"))
                .flatMap(recording ->
                        recording.pdus(direction, kind).stream().map(octets -> new Sample(recording.name(), octets)));
    }

    static Stream<Sample> nonces() {
        return recorded(Direction.S2C, "aad-ts-nonce");
    }

    @ParameterizedTest
    @MethodSource("nonces")
    void recordedNonce(Sample sample) throws IOException {
        RecordedUserData.holds(sample.octets(), ServerNoncePdu::decode);
        assertThat(RecordedUserData.decode(sample.octets(), ServerNoncePdu::decode)
                        .tsNonce())
                .isEqualTo(oracle(sample.octets()).path("ts_nonce").asText())
                .hasSizeGreaterThan(20);
    }

    static Stream<Sample> assertions() {
        return recorded(Direction.C2S, "aad-rdp-assertion");
    }

    @ParameterizedTest
    @MethodSource("assertions")
    void recordedAssertion(Sample sample) throws IOException {
        RecordedUserData.holds(sample.octets(), AuthenticationRequestPdu::decode);
        AuthenticationRequestPdu pdu = RecordedUserData.decode(sample.octets(), AuthenticationRequestPdu::decode);
        assertThat(pdu.rdpAssertion())
                .isEqualTo(oracle(sample.octets()).path("rdp_assertion").asText())
                .startsWith("eyJ");
        assertThat(pdu.toString()).doesNotContain(pdu.rdpAssertion().substring(0, 12));
        assertThat(AuthenticationRequestPdu.of(pdu.rdpAssertion())).isEqualTo(pdu);
    }

    static Stream<Sample> results() {
        return recorded(Direction.S2C, "aad-authentication-result");
    }

    @ParameterizedTest
    @MethodSource("results")
    void recordedResult(Sample sample) throws IOException {
        RecordedUserData.holds(sample.octets(), AuthenticationResultPdu::decode);
        assertThat(RecordedUserData.decode(sample.octets(), AuthenticationResultPdu::decode)
                        .result())
                .isEqualTo(oracle(sample.octets()).path("authentication_result").asLong() & 0xFFFFFFFFL);
    }

    @ParameterizedTest
    @CsvSource({
        "e-accessdenied, 80070005",
        "sec-e-invalid-token, 80090308",
        "sec-e-invalid-token-unsigned, 80090308",
        "status-logon-failure, C000006D",
        "status-password-expired, C0000071",
        "unknown-positive, 00000001"
    })
    void rejectedResult(String recording, String expected) {
        byte[] octets = Fixtures.recording("freerdp-aad-rejected/" + recording)
                .firstPdu(Direction.S2C, "aad-authentication-result");
        AuthenticationResultPdu pdu = RecordedUserData.decode(octets, AuthenticationResultPdu::decode);
        // the lab's host sends the NTSTATUS as HRESULT_FROM_NT does, with bit 28 set
        assertThat(String.format("%08X", pdu.result() & ~0x10000000L)).isEqualTo(expected);
        assertThat(pdu.isSuccess()).isFalse();
    }

    /** First message of a faulty host, as the framing gives it: up to and including a zero octet. */
    private static byte[] message(String fault, int number) {
        Recording recording = Fixtures.recording("freerdp-aad-faults/" + fault);
        byte[] stream = recording.s2c();
        int from = CONFIRM;
        for (int i = 0; ; i++) {
            int end = from;
            while (end < stream.length && stream[end] != 0) {
                end++;
            }
            end = Math.min(end + 1, stream.length);
            if (i == number) {
                return Arrays.copyOfRange(stream, from, end);
            }
            from = end;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "none",
                "no-nul",
                "nonce-bom",
                "nonce-escapes",
                "nonce-pretty",
                "nonce-extra",
                "nonce-oversize",
                "two-messages",
                "split-records"
            })
    void oddNonceThatIsTaken(String fault) throws IOException {
        byte[] octets = message(fault, 0);
        ServerNoncePdu pdu = RecordedUserData.decode(octets, ServerNoncePdu::decode);
        assertThat(pdu.tsNonce())
                .isEqualTo(oracle(octets).path("ts_nonce").asText())
                .matches("[A-Za-z0-9_-]{43,}");
        assertThat(pdu.toByteArray()).isEqualTo(octets);
    }

    @Test
    void emptyAndSpecialNonces() {
        assertThat(RecordedUserData.decode(message("nonce-empty", 0), ServerNoncePdu::decode)
                        .tsNonce())
                .isEmpty();
        assertThat(RecordedUserData.decode(message("nonce-special", 0), ServerNoncePdu::decode)
                        .tsNonce())
                .isEqualTo("q\"b\\s/\u00fc\u20ac\tjeEeipc18zA");
    }

    @ParameterizedTest
    @CsvSource({
        "nonce-array, json",
        "nonce-duplicate, ts_nonce",
        "nonce-missing, ts_nonce",
        "nonce-not-json, json",
        "nonce-null, ts_nonce",
        "nonce-number, ts_nonce",
        "nonce-truncated, json",
        "nonce-utf16, json",
        "close-mid-nonce, json",
        "leading-nul, json"
    })
    void nonceThatIsRefused(String fault, String field) {
        refused(() -> RecordedUserData.decode(message(fault, 0), ServerNoncePdu::decode), "ServerNonce", field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "result-string",
                "result-float",
                "result-exponent",
                "result-no-nul",
                "result-oversize",
                "result-extra-nul",
                "result-glued"
            })
    void oddResultThatIsTaken(String fault) {
        AuthenticationResultPdu pdu = RecordedUserData.decode(message(fault, 1), AuthenticationResultPdu::decode);
        assertThat(pdu.isSuccess()).isTrue();
        assertThat(pdu.toByteArray()).isEqualTo(message(fault, 1));
    }

    @ParameterizedTest
    @CsvSource({
        "result-missing, authentication_result",
        "result-bool, authentication_result",
        "result-null, authentication_result",
        "result-not-json, json",
        "extra-nul, json",
        "two-messages, authentication_result"
    })
    void resultThatIsRefused(String fault, String field) {
        refused(
                () -> RecordedUserData.decode(message(fault, 1), AuthenticationResultPdu::decode),
                "AuthenticationResult",
                field);
    }

    @ParameterizedTest
    @CsvSource({
        "-2146893048, 80090308",
        "2148074248, 80090308",
        "'\"-2146893048\"', 80090308",
        "'\"0x80090308\"', 80090308",
        "'\"0X8009030a\"', 8009030A",
        "'\"2147942405\"', 80070005",
        "0, 00000000",
        "-0, 00000000",
        "0.0, 00000000",
        "-0.000, 00000000",
        "0e0, 00000000",
        "0E+99, 00000000",
        "1e3, 000003E8",
        "-2146893048.0, 80090308",
        "-2.146893048e9, 80090308",
        "-21468930480E-1, 80090308",
        "4294967295, FFFFFFFF"
    })
    void formsOfAResult(String literal, String expected) {
        AuthenticationResultPdu pdu = result("{\"authentication_result\":" + literal + "}\0");
        assertThat(String.format("%08X", pdu.result())).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4294967296",
                "-2147483649",
                "99999999999999999999",
                "1.5",
                "0.1e0",
                "1e-3",
                "1e10",
                "1e2147483647",
                "1e-2147483647",
                "1e99999999999",
                "0.00000000000000000000000000000000000000000000000000000000000000000",
                "-2146893048.5",
                "\"\"",
                "\"1.0\"",
                "\"0x\"",
                "\"0x123456789\"",
                "\"80090308h\"",
                "[0]",
                "{}",
                "true"
            })
    void resultsThatAreNoNumberOf32Bits(String literal) {
        refused(
                () -> result("{\"authentication_result\":" + literal + "}\0"),
                "AuthenticationResult",
                "authentication_result");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\0",
                "{",
                "{}x",
                "{\"ts_nonce\":\"a\"}}",
                "{\"ts_nonce\":\"a\"}\0\0",
                "{\"ts_nonce\":\"a\",}",
                "{,\"ts_nonce\":\"a\"}",
                "{\"ts_nonce\" \"a\"}",
                "{\"ts_nonce\":\"a\n\"}",
                "{\"ts_nonce\":\"\\x\"}",
                "{\"ts_nonce\":\"\\u12g4\"}",
                "{\"ts_nonce\":\"\\ud800\"}",
                "{ts_nonce:\"a\"}",
                "{\"a\":01,\"ts_nonce\":\"a\"}",
                "{\"a\":+1,\"ts_nonce\":\"a\"}",
                "{\"a\":.5,\"ts_nonce\":\"a\"}",
                "{\"a\":tru,\"ts_nonce\":\"a\"}",
                "{\"a\":[1,],\"ts_nonce\":\"a\"}",
                "{\"a\":{\"b\"},\"ts_nonce\":\"a\"}",
                "// note\n{\"ts_nonce\":\"a\"}"
            })
    void textThatIsNotOneObject(String json) {
        assertThatThrownBy(() -> nonce(json)).isInstanceOf(WireException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "7b00, UTF-16LE",
        "7b0022007400, UTF-16LE",
        "fffe7b00, UTF-16LE",
        "007b00220074, UTF-16BE",
        "feff007b, UTF-16BE"
    })
    void textOfAnotherEncodingIsSaidToBeThat(String hex, String encoding) {
        byte[] octets = HexFormat.of().parseHex(hex);
        assertThatThrownBy(() -> RecordedUserData.decode(octets, ServerNoncePdu::decode))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("text that looks like " + encoding);
        assertThatThrownBy(() -> RecordedUserData.decode(message("nonce-utf16", 0), ServerNoncePdu::decode))
                .hasMessageContaining("looks like UTF-16");
    }

    @Test
    void errorsHaveTheOffsetInOctets() {
        assertThatThrownBy(() -> nonce("{\"\u20ac\":1,\"ts_nonce\":nil}"))
                .isInstanceOfSatisfying(
                        WireException.class, e -> assertThat(e.offset()).isEqualTo(20));
        byte[] broken = "{\"ts_nonce\":\"a?b\"}".getBytes(StandardCharsets.US_ASCII);
        broken[14] = (byte) 0xFF;
        assertThatThrownBy(() -> RecordedUserData.decode(broken, ServerNoncePdu::decode))
                .isInstanceOfSatisfying(
                        WireException.class, e -> assertThat(e.offset()).isEqualTo(14));
    }

    @Test
    void depthAndSizeAreLimited() {
        String deep = "[".repeat(31) + "]".repeat(31);
        assertThat(nonce("{\"a\":" + deep + ",\"ts_nonce\":\"n\"}").tsNonce()).isEqualTo("n");
        String deeper = "[".repeat(100_000);
        assertThatThrownBy(() -> nonce("{\"a\":" + deeper)).isInstanceOf(WireException.class);
        String long1 = "{\"ts_nonce\":\"" + "n".repeat(600_000) + "\"}";
        assertThatThrownBy(() -> nonce(long1)).isInstanceOf(WireException.class).hasMessageContaining("at most 524288");
    }

    @Test
    void factoriesWriteWhatHostsAndClientsWrite() {
        assertThat(ServerNoncePdu.of("AwABAAEAAAACAOz_BQD0_w").toByteArray())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"ts_nonce\":\"AwABAAEAAAACAOz_BQD0_w\"}\0");
        assertThat(AuthenticationRequestPdu.of("h.p.s").toByteArray())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"rdp_assertion\":\"h.p.s\"}\0");
        assertThat(AuthenticationResultPdu.of(0x80070005L).toByteArray())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"authentication_result\":-2147024891}\0");
        assertThat(AuthenticationResultPdu.of(-2147024891L)).isEqualTo(AuthenticationResultPdu.of(0x80070005L));
        String odd = "q\"\\\u0001\u00fc\ud83d\ude00";
        assertThat(RecordedUserData.decode(ServerNoncePdu.of(odd).toByteArray(), ServerNoncePdu::decode)
                        .tsNonce())
                .isEqualTo(odd);
    }

    private static ServerNoncePdu nonce(String json) {
        return RecordedUserData.decode(json.getBytes(StandardCharsets.UTF_8), ServerNoncePdu::decode);
    }

    private static AuthenticationResultPdu result(String json) {
        return AuthenticationResultPdu.decode(
                WireReader.of(json.getBytes(StandardCharsets.UTF_8), "Result", "MS-RDPBCGR 2.2.18.3"));
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String pdu, String field) {
        assertThatThrownBy(call).isInstanceOfSatisfying(WireException.class, e -> {
            assertThat(e.pdu()).isEqualTo(pdu);
            assertThat(e.field()).isEqualTo(field);
            assertThat(e.section()).startsWith("MS-RDPBCGR 2.2.18.");
        });
    }

    /** What another JSON parser makes of the message. */
    private static JsonNode oracle(byte[] octets) throws IOException {
        String text =
                new String(octets, StandardCharsets.UTF_8).replace("\0", "").replace("\uFEFF", "");
        return new ObjectMapper().readTree(text);
    }
}
