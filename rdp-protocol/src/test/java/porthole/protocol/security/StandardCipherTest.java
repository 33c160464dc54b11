package porthole.protocol.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.fixtures.Direction;
import porthole.fixtures.Fixtures;
import porthole.fixtures.Recording;
import porthole.fixtures.Row;
import porthole.protocol.failure.WireException;
import porthole.protocol.gcc.EncryptionMethod;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

class StandardCipherTest {
    private static final Bytes CLIENT = counting(0);
    private static final Bytes SERVER = counting(100);

    private static Bytes counting(int from) {
        byte[] octets = new byte[32];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) (from + i);
        }
        return Bytes.of(octets);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fips",
                "high",
                "high-methods-40",
                "high-salted-mac-refused",
                "low",
                "medium",
                "medium-methods-56"
            })
    void recordedKeysAndMessages(String name) throws IOException {
        Recording recording = Fixtures.recording("freerdp-rdp-xrdp/" + name);
        Path folder = Fixtures.root().resolve("freerdp-rdp-xrdp").resolve(name);
        JsonNode recorded =
                new ObjectMapper().readTree(folder.resolve("keys.json").toFile());
        SessionKeys keys = SessionKeys.derive(
                recorded.get("encryptionMethod").asInt(),
                Bytes.hex(recorded.get("clientRandom").asText()),
                Bytes.hex(recorded.get("serverRandom").asText()));
        assertThat(keys.macKey().toHex()).isEqualTo(recorded.get("macKey").asText());
        assertThat(keys.clientToServer().toHex())
                .isEqualTo(recorded.get("clientToServerKey").asText());
        assertThat(keys.serverToClient().toHex())
                .isEqualTo(recorded.get("serverToClientKey").asText());
        assertThat(keys.toString()).doesNotContain(keys.macKey().toHex());

        Map<Direction, StandardCipher> opening = new TreeMap<>(Map.of(
                Direction.C2S, StandardCipher.clientToServer(keys),
                Direction.S2C, StandardCipher.serverToClient(keys)));
        Map<Direction, StandardCipher> sealing = new TreeMap<>(Map.of(
                Direction.C2S, StandardCipher.clientToServer(keys),
                Direction.S2C, StandardCipher.serverToClient(keys)));
        JsonNode rows =
                new ObjectMapper().readTree(folder.resolve("decrypted.json").toFile());
        assertThat(rows).isNotEmpty();
        for (JsonNode each : rows) {
            Row row = recording.rows().get(each.get("n").asInt());
            byte[] octets = recording.pdu(row);
            int header = behindHeader(octets);
            boolean salted = each.get("salted_mac").asBoolean();
            WireReader in = WireReader.of(octets.clone(), "message", "");
            in.skip(header, "header");
            Optional<ByteBuf> plain = opening.get(row.dir()).open(in, salted);
            byte[] expected = Files.readAllBytes(folder.resolve(each.get("file").asText()));
            assertThat(plain).as(row.toString()).isPresent();
            assertThat(ByteBufUtil.getBytes(plain.get())).as(row.toString()).isEqualTo(expected);

            StandardCipher cipher = sealing.get(row.dir());
            ByteBuf out = Unpooled.buffer();
            out.writeBytes(octets, 0, header).writeZero(cipher.headerSize()).writeBytes(expected);
            cipher.seal(out, header, salted);
            assertThat(ByteBufUtil.getBytes(out)).as(row.toString()).isEqualTo(octets);
        }
    }

    /** Where the signature, or the FIPS information before it, begins. */
    private static int behindHeader(byte[] frame) {
        if ((frame[0] & 3) == 0) {
            return frame[1] < 0 ? 3 : 2;
        }
        return 13 + (frame[13] < 0 ? 2 : 1) + BasicSecurityHeader.SIZE;
    }

    /** Computed with another implementation; the keys change behind messages 4095 and 8191. */
    @ParameterizedTest
    @CsvSource({
        "1, d1269efe445bf79c, 8850, 2154, 5b9d, c180, 1870",
        "8, d1a25bfe445bf79c, 4374, 34f3, e296, b36e, a9c1",
        "2, 45a25bfe445bf79ca30d377a0e382862, 2133, 7d11, e96f, d232, 14fd"
    })
    void keysAreUpdatedEvery4096Messages(
            int method, String macKey, String first, String last, String second, String end, String third) {
        SessionKeys keys = SessionKeys.derive(method, CLIENT, SERVER);
        assertThat(keys.macKey().toHex()).isEqualTo(macKey);
        StandardCipher cipher = StandardCipher.clientToServer(keys);
        Map<Integer, String> expected = Map.of(0, first, 4095, last, 4096, second, 8191, end, 8192, third);
        for (int n = 0; n <= 8192; n++) {
            ByteBuf out = Unpooled.buffer(16).writeZero(8).writeByte(n & 0xFF).writeByte(n >> 8);
            cipher.seal(out, 0, false);
            if (expected.containsKey(n)) {
                assertThat(ByteBufUtil.hexDump(out, 8, 2)).as("message " + n).isEqualTo(expected.get(n));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            ints = {EncryptionMethod.BITS_40, EncryptionMethod.BITS_56, EncryptionMethod.BITS_128, EncryptionMethod.FIPS
            })
    void changedOctetsAreNoticedAndHostileHeadersRefused(int method) {
        SessionKeys keys = SessionKeys.derive(method, CLIENT, SERVER);
        byte[] message = HexFormat.of().parseHex("00112233445566778899aabbcc");
        for (boolean salted : new boolean[] {false, true}) {
            byte[] sealed = sealed(keys, message, salted);
            assertThat(open(keys, sealed, salted)).contains(Bytes.of(message));
            SplittableRandom random = new SplittableRandom(5);
            for (int n = 0; n < 500; n++) {
                byte[] changed = sealed.clone();
                int at = random.nextInt(changed.length);
                changed[at] ^= (byte) (1 << random.nextInt(8));
                try {
                    assertThat(open(keys, changed, salted)).as("octet " + at).isEmpty();
                } catch (WireException refused) {
                    assertThat(refused.offset()).isBetween(0, 4);
                }
            }
            for (int length = 0; length < sealed.length; length++) {
                byte[] cut = Arrays.copyOf(sealed, length);
                try {
                    assertThat(open(keys, cut, salted)).as(length + " octets").isEmpty();
                } catch (WireException refused) {
                    assertThat(refused.field()).isNotEmpty();
                }
            }
        }
    }

    @Test
    void paddingBeyondTheMessageIsRefused() {
        SessionKeys keys = SessionKeys.derive(EncryptionMethod.FIPS, CLIENT, SERVER);
        byte[] empty = HexFormat.of().parseHex("10000107" + "00".repeat(8));
        assertThatThrownBy(() -> open(keys, empty, false))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("padding");
    }

    private static byte[] sealed(SessionKeys keys, byte[] message, boolean salted) {
        StandardCipher cipher = StandardCipher.serverToClient(keys);
        ByteBuf out = Unpooled.buffer().writeZero(cipher.headerSize()).writeBytes(message);
        cipher.seal(out, 0, salted);
        return ByteBufUtil.getBytes(out);
    }

    private static Optional<Bytes> open(SessionKeys keys, byte[] sealed, boolean salted) {
        return StandardCipher.serverToClient(keys)
                .open(WireReader.of(sealed.clone(), "message", ""), salted)
                .map(plain -> Bytes.of(ByteBufUtil.getBytes(plain)));
    }
}
