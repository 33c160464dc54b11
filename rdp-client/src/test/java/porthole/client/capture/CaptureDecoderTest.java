package porthole.client.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import porthole.protocol.failure.WireException;
import porthole.protocol.wire.Bytes;

class CaptureDecoderTest {
    static final Path FIXTURES = Path.of(System.getProperty("porthole.fixtures"));

    static List<Path> recordings() throws IOException {
        try (Stream<Path> files = Files.walk(FIXTURES)) {
            return files.filter(f -> f.getFileName().toString().equals("timing.json"))
                    .map(Path::getParent)
                    .filter(f -> Files.exists(f.resolve("index.json")))
                    .sorted()
                    .toList();
        }
    }

    static List<Path> wellBehaved() throws IOException {
        return recordings().stream()
                .filter(f -> !f.toString().contains("aad-faults"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("wellBehaved")
    void cutsEveryRecordingWhereItsIndexDoesAndReadsAllOfIt(Path folder) throws IOException {
        List<DecodedPdu> pdus = CaptureDecoder.decode(Capture.open(folder));
        for (Direction direction : Direction.values()) {
            List<String> expected = new ArrayList<>();
            JsonNode rows =
                    new ObjectMapper().readTree(folder.resolve("index.json").toFile());
            for (JsonNode row : rows.path("pdus")) {
                if (row.path("dir").asText().equals(direction.label())) {
                    expected.add(
                            row.path("off").asLong() + "+" + row.path("len").asInt());
                }
            }
            assertThat(pdus.stream()
                            .filter(pdu -> pdu.direction() == direction)
                            .map(pdu -> pdu.streamOffset() + "+" + pdu.length()))
                    .containsExactlyElementsOf(expected);
        }
        assertThat(pdus.stream()
                        .map(pdu -> pdu.problem().map(WireException::getMessage))
                        .flatMap(Optional::stream))
                .isEmpty();
        assertThat(pdus)
                .noneMatch(pdu -> pdu.name().equals("Unframed") || pdu.name().equals("X224Data"));
        assertThat(pdus).allMatch(CaptureDecoderTest::fieldsLieInTheMessage);
    }

    private static boolean fieldsLieInTheMessage(DecodedPdu pdu) {
        return pdu.fields().stream()
                .allMatch(field -> field.offset() == DecodedPdu.Field.DERIVED
                        || field.offset() >= 0 && field.offset() + field.length() <= pdu.length());
    }

    @Test
    void saysWhatIsWrongWithTheHostsThatMisbehave() throws IOException {
        Map<String, String> problems = new TreeMap<>();
        for (Path folder : recordings()) {
            if (folder.toString().contains("aad-faults")) {
                List<DecodedPdu> pdus = CaptureDecoder.decode(Capture.open(folder));
                pdus.stream()
                        .filter(pdu -> pdu.problem().isPresent())
                        .findFirst()
                        .ifPresent(pdu -> problems.put(
                                folder.getFileName().toString(),
                                pdu.name() + " at " + pdu.problem().get().offset()));
                for (Direction direction : Direction.values()) {
                    long octets = pdus.stream()
                            .filter(pdu -> pdu.direction() == direction)
                            .mapToLong(DecodedPdu::length)
                            .sum();
                    assertThat(octets).isEqualTo(Files.size(folder.resolve(direction.label() + ".bin")));
                }
            }
        }
        assertThat(problems)
                .containsExactly(
                        entry("close-mid-nonce", "Incomplete at 0"),
                        entry("no-nul", "Incomplete at 0"),
                        entry("nonce-not-json", "Unframed at 0"),
                        entry("nonce-truncated", "ServerNonce at 29"),
                        entry("nonce-utf16", "RdsAadPdu at 1"),
                        entry("result-glued", "Unframed at 0"),
                        entry("result-no-nul", "Incomplete at 0"),
                        entry("result-not-json", "Unframed at 0"));
    }

    @Test
    void namesAWholeSessionWithItsChannelsAndFields() throws IOException {
        List<DecodedPdu> pdus = CaptureDecoder.decode(Capture.open(FIXTURES.resolve("freerdp-aad/xrdp-login-screen")));
        assertThat(pdus.stream().limit(8).map(DecodedPdu::name))
                .containsExactly(
                        "ConnectionRequest",
                        "ConnectionConfirm",
                        "ServerNonce",
                        "AuthenticationRequest",
                        "AuthenticationResult",
                        "ConnectInitial",
                        "ConnectResponse",
                        "ErectDomainRequest");
        assertThat(pdus.stream().map(DecodedPdu::name))
                .contains(
                        "ClientInfoPdu",
                        "LicenseErrorMessage",
                        "DemandActivePdu",
                        "ConfirmActivePdu",
                        "SynchronizePdu",
                        "ControlPdu",
                        "FontListPdu",
                        "FontMapPdu");
        DecodedPdu info = named(pdus, "ClientInfoPdu");
        assertThat(info.field("ClientInfoPdu.infoPacket.userName").orElseThrow().value())
                .isEqualTo("alice@lab.test");
        DecodedPdu initial = named(pdus, "ConnectInitial");
        DecodedPdu.Field width = initial.fields().stream()
                .filter(field -> field.path().endsWith("clientCoreData.desktopWidth"))
                .findFirst()
                .orElseThrow();
        assertThat(width.value()).isEqualTo(800L);
        byte[] octets = Capture.open(FIXTURES.resolve("freerdp-aad/xrdp-login-screen")).stream(
                        Direction.CLIENT_TO_SERVER)
                .slice((int) initial.streamOffset() + width.offset(), 2)
                .toArray();
        assertThat(octets).containsExactly(0x20, 0x03);
    }

    private static DecodedPdu named(List<DecodedPdu> pdus, String name) {
        return pdus.stream().filter(pdu -> pdu.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void namesWhatIsEncryptedAsEncrypted() throws IOException {
        Capture known = Capture.open(FIXTURES.resolve("freerdp-rdp-xrdp/high"));
        List<DecodedPdu> pdus = CaptureDecoder.decode(known.withoutSecrets());
        assertThat(pdus.stream().map(DecodedPdu::name))
                .contains(
                        "SecurityExchangePdu",
                        "ClientInfoPdu (encrypted)",
                        "SharePdu (encrypted)",
                        "FastPathInput (encrypted)",
                        "FastPathOutput (encrypted)");
    }

    @Test
    void decodesALoneMessageFromItsOctets() throws IOException {
        Capture capture = Capture.open(FIXTURES.resolve("freerdp-tls-xrdp/bpp16-plain"));
        int same = 0;
        for (DecodedPdu pdu : CaptureDecoder.decode(capture)) {
            Bytes octets = capture.stream(pdu.direction()).slice((int) pdu.streamOffset(), pdu.length());
            DecodedPdu lone = CaptureDecoder.decodeLone(octets, Optional.of(pdu.direction()));
            assertThat(lone.problem()).as("%s", pdu.name()).isEmpty();
            if (!pdu.name().startsWith("ChannelChunk")) {
                assertThat(lone.name()).isEqualTo(pdu.name());
                same++;
            }
        }
        assertThat(same).isGreaterThan(200);
        DecodedPdu request = CaptureDecoder.decodeLone(
                Bytes.hex("0300 0013 0ee0 0000 0000 0001 0008 0003 0000 00"), Optional.empty());
        assertThat(request.name()).isEqualTo("ConnectionRequest");
        assertThat(request.direction()).isEqualTo(Direction.CLIENT_TO_SERVER);
        assertThat(request.problem()).isEmpty();
    }

    @Test
    void readsWhateverItIsFedWithoutThrowing() throws IOException {
        Capture capture = Capture.open(FIXTURES.resolve("freerdp-tls-xrdp/bpp16-compressed"));
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 40; round++) {
            List<DecodedPdu> pdus = new ArrayList<>();
            CaptureDecoder decoder = new CaptureDecoder(capture.origin(), pdus::add);
            long fed = 0;
            for (Capture.Chunk chunk : capture.chunks()) {
                byte[] octets = chunk.octets().toArray();
                for (int i = 0; i < octets.length / 200 + 1; i++) {
                    if (octets.length > 0 && random.nextInt(4) == 0) {
                        octets[random.nextInt(octets.length)] = (byte) random.nextInt();
                    }
                }
                fed += octets.length;
                decoder.octets(Duration.ZERO, chunk.direction(), Bytes.of(octets));
            }
            decoder.end();
            assertThat(pdus.stream().mapToLong(DecodedPdu::length).sum()).isEqualTo(fed);
        }
    }

    @Test
    void namesWhatDynamicChannelsCarry() throws IOException {
        Capture capture = Capture.open(FIXTURES.resolve("freerdp-gfx-shadow/gfx-progressive"));
        List<DecodedPdu> pdus = CaptureDecoder.decode(capture);
        assertThat(pdus)
                .allSatisfy(pdu -> assertThat(pdu.problem()).as(pdu.name()).isEmpty());
        String graphics = "(Microsoft::Windows::RDS::Graphics)";
        assertThat(pdus.stream().map(DecodedPdu::name))
                .contains(
                        "ChannelChunk(drdynvc)+DynamicCapabilitiesRequest",
                        "ChannelChunk(drdynvc)+DynamicCapabilitiesResponse",
                        "ChannelChunk(drdynvc)+DynamicCreateRequest",
                        "ChannelChunk(drdynvc)+DynamicCreateResponse",
                        "ChannelChunk(drdynvc)+DynamicData" + graphics + "+CapsAdvertise",
                        "ChannelChunk(drdynvc)+DynamicDataFirst" + graphics,
                        "ChannelChunk(drdynvc)+DynamicData" + graphics + "+FrameAcknowledge")
                .anyMatch(name -> name.contains("+StartFrame+WireToSurface2+EndFrame"));
        DecodedPdu confirm = pdus.stream()
                .filter(pdu -> pdu.name().endsWith("+CapsConfirm"))
                .findFirst()
                .orElseThrow();
        DecodedPdu.Field version = confirm.field("CapsConfirm.capsSet.version").orElseThrow();
        assertThat(version.offset()).isEqualTo(DecodedPdu.Field.DERIVED);
        assertThat((Long) version.value()).isGreaterThanOrEqualTo(0x80004L);
        assertThat(pdus.stream().flatMap(pdu -> pdu.fields().stream()))
                .filteredOn(field -> field.path().equals("WireToSurface2.bitmapData"))
                .isNotEmpty()
                .allSatisfy(field -> assertThat(((Bytes) field.value()).size()).isLessThanOrEqualTo(256))
                .anySatisfy(field -> assertThat(field.length()).isGreaterThan(10_000));
    }
}
