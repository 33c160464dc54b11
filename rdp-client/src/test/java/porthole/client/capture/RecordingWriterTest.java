package porthole.client.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.protocol.wire.Bytes;

class RecordingWriterTest {
    private static final Path FIXTURES = CaptureDecoderTest.FIXTURES;
    private static final String PASSWORD = "Lab-Passw0rd";

    @TempDir
    Path folder;

    private Capture recordAgain(Capture capture, boolean secrets) throws IOException {
        Path file = folder.resolve("session.ndjson");
        try (RecordingWriter writer = RecordingWriter.create(file, "2026-01-31T12:00:00Z", "host:3389", secrets)) {
            for (Capture.Chunk chunk : capture.chunks()) {
                writer.octets(
                        chunk.at(),
                        chunk.direction(),
                        Unpooled.wrappedBuffer(chunk.octets().toArray()));
            }
            writer.end(Duration.ofMinutes(1), "tested");
            assertThat(writer.failure()).isEmpty();
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        return Capture.open(file);
    }

    @Test
    void withSecretsTheSameOctetsComeBackAtTheSameTimes() throws IOException {
        Capture capture = Capture.open(FIXTURES.resolve("freerdp-tls-xrdp/bpp16-plain"));
        Capture again = recordAgain(capture, true);
        assertThat(again.chunks()).isEqualTo(capture.chunks());
        assertThat(again.complete()).isTrue();
        assertThat(again.mark(Capture.END).orElseThrow().facts()).containsEntry("reason", "tested");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "freerdp-tls-xrdp/bpp16-plain",
                "freerdp-tls-xrdp/channels",
                "freerdp-aad/xrdp-login-screen",
                "freerdp-nla-shadow/ntlm-ok",
                "freerdp-rdp-xrdp/high",
                "freerdp-rdp-xrdp/none"
            })
    void withoutSecretsEveryLengthAndEveryOtherFieldStays(String recording) throws IOException {
        Capture capture = Capture.open(FIXTURES.resolve(recording)).withoutSecrets();
        Capture redacted = recordAgain(capture, false);
        List<DecodedPdu> before = outside(capture);
        List<DecodedPdu> after = outside(redacted);
        assertThat(after.stream().map(pdu -> pdu.direction() + " " + pdu.name() + " " + pdu.length()))
                .containsExactlyElementsOf(before.stream()
                        .map(pdu -> pdu.direction() + " " + pdu.name() + " " + pdu.length())
                        .toList());
        List<String> changed = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            List<DecodedPdu.Field> fields = before.get(i).fields();
            assertThat(after.get(i).fields()).hasSameSizeAs(fields);
            for (int j = 0; j < fields.size(); j++) {
                if (!after.get(i).fields().get(j).equals(fields.get(j))) {
                    changed.add(fields.get(j).path());
                }
            }
        }
        assertThat(changed)
                .isNotEmpty()
                .allMatch(path -> path.matches(".*(password|keyCode|unicodeCode|virtualChannelData|encryptedData"
                        + "|rdp_assertion|negoTokens|authInfo|pubKeyAuth|arcRandomBits|securityCookie)"));
        byte[] client = redacted.stream(Direction.CLIENT_TO_SERVER).toArray();
        assertThat(new String(client, StandardCharsets.ISO_8859_1)).doesNotContain(PASSWORD);
        assertThat(new String(client, StandardCharsets.UTF_16LE)).doesNotContain(PASSWORD);
    }

    /** Without what stands inside dynamic channels, as their octets from the client go. */
    private static List<DecodedPdu> outside(Capture capture) {
        List<DecodedPdu> pdus = new ArrayList<>();
        CaptureDecoder decoder = new CaptureDecoder(capture.origin(), capture.secrets(), pdus::add);
        capture.chunks().forEach(chunk -> decoder.octets(chunk.at(), chunk.direction(), chunk.octets()));
        decoder.end();
        return pdus;
    }

    @Test
    void theAccessTokenGoesAndTheRestOfTheAssertionStays() throws IOException {
        Capture capture = Capture.open(FIXTURES.resolve("freerdp-aad/xrdp-login-screen"));
        String[] before = assertion(capture);
        String[] after = assertion(recordAgain(capture, false));
        assertThat(after[0]).isEqualTo(before[0]);
        assertThat(after[1]).hasSameSizeAs(before[1]).isNotEqualTo(before[1]);
        assertThat(after[2]).hasSameSizeAs(before[2]).matches("A+");
        String claims = new String(Base64.getUrlDecoder().decode(after[1]), StandardCharsets.UTF_8);
        String plain = new String(Base64.getUrlDecoder().decode(before[1]), StandardCharsets.UTF_8);
        String token = plain.replaceAll(".*\"at\"\\s*:\\s*\"([^\"]*)\".*", "$1");
        assertThat(token).startsWith("eyJ");
        assertThat(claims).isEqualTo(plain.replace(token, "*".repeat(token.length())));
    }

    private static String[] assertion(Capture capture) {
        return CaptureDecoder.decode(capture).stream()
                .flatMap(pdu -> pdu.field("AuthenticationRequest.rdp_assertion").stream())
                .findFirst()
                .orElseThrow()
                .value()
                .toString()
                .split("\\.");
    }

    @Test
    void whatTheClientSaysInAnUnreadableFormIsOverwritten() throws IOException {
        Path file = folder.resolve("odd.ndjson");
        try (RecordingWriter writer = RecordingWriter.create(file, "", "", false)) {
            ByteBuf odd = Unpooled.copiedBuffer("XXXX my password is " + PASSWORD, StandardCharsets.US_ASCII);
            writer.octets(Duration.ZERO, Direction.CLIENT_TO_SERVER, odd);
            ByteBuf host = Unpooled.copiedBuffer("HTTP/1.0 400 Bad Request", StandardCharsets.US_ASCII);
            writer.octets(Duration.ZERO, Direction.SERVER_TO_CLIENT, host);
            ByteBuf half = Unpooled.copiedBuffer(PASSWORD, StandardCharsets.US_ASCII);
            writer.octets(Duration.ZERO, Direction.CLIENT_TO_SERVER, half);
            writer.end(Duration.ZERO, "");
        }
        Capture capture = Capture.open(file);
        assertThat(capture.stream(Direction.CLIENT_TO_SERVER).toAscii()).doesNotContain("password", "Lab", "rd");
        assertThat(capture.stream(Direction.CLIENT_TO_SERVER).size()).isEqualTo(20 + 2 * PASSWORD.length());
        assertThat(capture.stream(Direction.SERVER_TO_CLIENT).toAscii()).isEqualTo("HTTP/1.0 400 Bad Request");
    }

    @Test
    void theTapSeesBothDirectionsAndPassesThemOn() throws IOException {
        Path file = folder.resolve("tap.ndjson");
        RecordingWriter writer = RecordingWriter.create(file, "", "", true);
        long[] now = {5_000_000_000L};
        EmbeddedChannel channel = new EmbeddedChannel(new RecordingTap(writer, () -> now[0]));
        now[0] += 1_000_000;
        channel.writeOutbound(Unpooled.copiedBuffer(new byte[] {1, 2}));
        now[0] += 1_000_000;
        channel.writeInbound(Unpooled.copiedBuffer(new byte[] {3}));
        assertThat(read(channel.readOutbound())).isEqualTo("0102");
        assertThat(read(channel.readInbound())).isEqualTo("03");
        writer.tls(Duration.ofMillis(3), "TLSv1.3", "X", Optional.of(new byte[] {0x30, 0}));
        writer.mark(Duration.ofMillis(4), "stage", Map.of("stage", "tls"));
        writer.end(Duration.ofMillis(5), "done");
        channel.finishAndReleaseAll();
        Capture capture = Capture.open(file);
        assertThat(capture.chunks())
                .containsExactly(
                        new Capture.Chunk(
                                Duration.ofMillis(1), Direction.CLIENT_TO_SERVER, Bytes.of((byte) 1, (byte) 2)),
                        new Capture.Chunk(Duration.ofMillis(2), Direction.SERVER_TO_CLIENT, Bytes.of((byte) 3)));
        Capture.Mark tls = capture.tls().orElseThrow();
        assertThat(tls.clientOffset()).isEqualTo(2);
        assertThat(tls.serverOffset()).isEqualTo(1);
        assertThat(capture.serverCertificate().orElseThrow().toHex()).isEqualTo("3000");
        assertThat(capture.mark("stage").orElseThrow().facts()).containsEntry("stage", "tls");
    }

    private static String read(ByteBuf octets) {
        try {
            return io.netty.buffer.ByteBufUtil.hexDump(octets);
        } finally {
            octets.release();
        }
    }
}
