package porthole.protocol.ntlm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import porthole.protocol.failure.WireException;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

/** The worked examples of MS-NLMP 4.2.4, and the test values of RFC 1320. */
class NtlmTest {
    private static final Bytes SERVER_CHALLENGE = Bytes.hex("0123456789abcdef");
    private static final Bytes CLIENT_CHALLENGE = Bytes.hex("aaaaaaaaaaaaaaaa");
    private static final Bytes SESSION_KEY = Bytes.hex("55555555555555555555555555555555");
    private static final Bytes RESPONSE_KEY = Bytes.hex("0c868a403bfd7a93a3001ef22ef02e3f");
    private static final AvPairs TARGET = new AvPairs(
            List.of(
                    new AvPair(AvPair.MSV_AV_NB_DOMAIN_NAME, Bytes.utf16le("Domain")),
                    new AvPair(AvPair.MSV_AV_NB_COMPUTER_NAME, Bytes.utf16le("Server"))),
            Bytes.of(new byte[4]));

    @ParameterizedTest
    @CsvSource({
        "'', 31d6cfe0d16ae931b73c59d7e0c089c0",
        "a, bde52cb31de33e46245e05fbdbd6fb24",
        "abc, a448017aaf21d8525fc10ae87aa6729d",
        "message digest, d9130a8164549fe818874806e1c7014b",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789, 043f8582f241db351ce627e153e7f0e4",
        "12345678901234567890123456789012345678901234567890123456789012345678901234567890, "
                + "e33b4ddc9c38f2199c3e7b164fcc0536"
    })
    void digestsAsInRfc1320(String text, String digest) {
        assertThat(HexFormat.of().formatHex(Md4.digest(text.getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo(digest);
    }

    @Test
    void computesTheResponseOfTheWorkedExample() {
        Bytes key = Ntlm.ntowfV2(Ntlm.ntHash("Password"), "User", "Domain");
        assertThat(key).isEqualTo(RESPONSE_KEY);

        Bytes temp =
                Bytes.of(NtlmV2ClientChallenge.of(0, CLIENT_CHALLENGE, TARGET).toByteArray());
        assertThat(temp.toHex())
                .isEqualTo("01010000000000000000000000000000aaaaaaaaaaaaaaaa00000000"
                        + "02000c0044006f006d00610069006e0001000c005300650072007600650072000000000000000000");
        Bytes proof = Ntlm.ntProofStr(key, SERVER_CHALLENGE, temp);
        assertThat(proof.toHex()).isEqualTo("68cd0ab851e51c96aabc927bebef6a1c");
        assertThat(Ntlm.lmV2Response(key, SERVER_CHALLENGE, CLIENT_CHALLENGE).toHex())
                .isEqualTo("86c35097ac9cec102554764a57cccc19aaaaaaaaaaaaaaaa");
        Bytes base = Ntlm.sessionBaseKey(key, proof);
        assertThat(base.toHex()).isEqualTo("8de40ccadbc14a82f15cb0ad0de95ca3");
        assertThat(Ntlm.rc4k(base, SESSION_KEY).toHex()).isEqualTo("c5dad2544fc9799094ce1ce90bc9d03e");
    }

    @Test
    void sealsTheWorkedExample() {
        assertThat(Ntlm.sealKey(SESSION_KEY, true).toHex()).isEqualTo("59f600973cc4960a25480a7c196e4c58");
        assertThat(Ntlm.signKey(SESSION_KEY, true).toHex()).isEqualTo("4788dc861b4782f35d43fd98fe1a2d39");
        Bytes sealed = new NtlmSealing(SESSION_KEY, true, true).seal(Bytes.utf16le("Plaintext"));
        assertThat(sealed.toHex())
                .isEqualTo("010000007fb38ec5c55d497600000000" + "54e50165bf1936dc996020c1811b0f06fb5f");
    }

    @Test
    void opensWhatTheOtherSideSealedInTurnAndNothingElse() {
        for (boolean exchanged : new boolean[] {true, false}) {
            NtlmSealing sealing = new NtlmSealing(SESSION_KEY, false, exchanged);
            NtlmSealing opening = new NtlmSealing(SESSION_KEY, false, exchanged);
            for (int i = 0; i < 3; i++) {
                Bytes message = Bytes.utf16le("message " + i);
                assertThat(opening.open(reader(sealing.seal(message)))).isEqualTo(message);
            }
            Bytes replayed = new NtlmSealing(SESSION_KEY, false, exchanged).seal(Bytes.ascii("x"));
            assertThatThrownBy(() -> opening.open(reader(replayed))).isInstanceOf(WireException.class);
            byte[] changed = sealing.seal(Bytes.ascii("secret")).toArray();
            changed[changed.length - 1] ^= 1;
            NtlmSealing fresh = new NtlmSealing(SESSION_KEY, false, exchanged);
            assertThatThrownBy(() -> fresh.open(reader(Bytes.of(changed)))).isInstanceOf(WireException.class);
            assertThatThrownBy(() -> fresh.open(reader(Bytes.hex("0102")))).isInstanceOf(WireException.class);
        }
    }

    @Test
    void aSignatureLeavesNoTraceAfterAReset() {
        NtlmSealing sealing = new NtlmSealing(SESSION_KEY, true, true);
        sealing.sign(Bytes.ascii("list"));
        sealing.reset();
        assertThat(sealing.seal(Bytes.utf16le("Plaintext")).toHex()).startsWith("010000007fb38ec5c55d4976");
    }

    @Test
    void upperCasesUserNamesUnitByUnit() {
        Bytes hash = Ntlm.ntHash("x");
        assertThat(Ntlm.ntowfV2(hash, "straße", "D")).isEqualTo(Ntlm.ntowfV2(hash, "STRAßE", "D"));
        assertThat(Ntlm.ntowfV2(hash, "straße", "D")).isNotEqualTo(Ntlm.ntowfV2(hash, "STRASSE", "D"));
        assertThat(Ntlm.ntowfV2(hash, "u", "d")).isNotEqualTo(Ntlm.ntowfV2(hash, "u", "D"));
    }

    @Test
    void countsTimeFrom1601() {
        assertThat(Ntlm.fileTime(0, 0)).isEqualTo(116_444_736_000_000_000L);
        assertThat(Ntlm.fileTime(1, 900)).isEqualTo(116_444_736_010_000_009L);
    }

    @Test
    void hashesChannelBindings() {
        // the struct: four empty address fields, then "tls-server-end-point:" and 32 octets, as one counted field
        Bytes struct = Bytes.hex("00".repeat(16) + "35000000"
                + Bytes.ascii("tls-server-end-point:").toHex() + "11".repeat(32));
        assertThat(struct.size()).isEqualTo(20 + 53);
        byte[] expected;
        try {
            expected = java.security.MessageDigest.getInstance("MD5").digest(struct.toArray());
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
        assertThat(Ntlm.channelBindings(Bytes.hex("11".repeat(32)))).isEqualTo(Bytes.of(expected));
    }

    private static WireReader reader(Bytes octets) {
        return WireReader.of(octets, "TsRequest.pubKeyAuth", "MS-NLMP 3.4.4.2");
    }
}
