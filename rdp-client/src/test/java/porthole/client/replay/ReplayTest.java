package porthole.client.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.client.capture.Capture;
import porthole.client.capture.Direction;
import porthole.client.capture.RecordingWriter;
import porthole.graphics.picture.Picture;
import porthole.protocol.failure.Refused;
import porthole.protocol.failure.Stage;
import porthole.protocol.failure.WireException;
import porthole.transport.ConnectionEvent;

class ReplayTest {
    private static final Path FIXTURES = Path.of(System.getProperty("porthole.fixtures"));

    @TempDir
    Path folder;

    private static Capture capture(String name) throws IOException {
        return Capture.open(FIXTURES.resolve(name));
    }

    private static Picture clientView(String name) throws IOException {
        var image =
                ImageIO.read(FIXTURES.resolve(name).resolve("client-view.png").toFile());
        int width = image.getWidth();
        int height = image.getHeight();
        return Picture.copyOf(width, height, image.getRGB(0, 0, width, height, null, 0, width));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "freerdp-aad/xrdp-login-screen",
                "freerdp-tls-xrdp/bpp15-plain",
                "freerdp-tls-xrdp/bpp16-plain",
                "freerdp-tls-xrdp/bpp16-photo",
                "freerdp-tls-xrdp/bpp16-compressed",
                "freerdp-tls-xrdp/bpp24-plain",
                "freerdp-tls-xrdp/bpp32-plain",
                "freerdp-tls-xrdp/bpp32-photo",
                "freerdp-tls-xrdp/bpp32-compressed",
                "freerdp-tls-xrdp/channels",
                "freerdp-tls-xrdp/login-screen",
                "freerdp-tls-xrdp/login-screen-16",
                "freerdp-gfx-shadow/bulk-level-0",
                "freerdp-gfx-shadow/bulk-level-1",
                "freerdp-gfx-shadow/bulk-level-2",
                "freerdp-gfx-shadow/bulk-level-3",
                "freerdp-gfx-shadow/bulk-off",
                "freerdp-gfx-shadow/nsc",
                "freerdp-gfx-shadow/rfx-image",
                "freerdp-gfx-shadow/rfx-video",
                "freerdp-tls-xrdp/rfx",
                "weston-rdp/tls-bpp32",
                "weston-rdp/tls-nsc",
                "weston-rdp/tls-rfx",
                "freerdp-gfx-shadow/gfx-avc420",
                "freerdp-gfx-shadow/gfx-avc444",
                "freerdp-gfx-shadow/gfx-planar",
                "freerdp-gfx-shadow/gfx-progressive",
                "freerdp-gfx-shadow/gfx-progressive-cap8",
                "freerdp-gfx-shadow/gfx-rfx",
                "freerdp-gfx-shadow/gfx-uncompressed"
            })
    void reachesTheRecordedPictureAndSaysWhatTheRecordedClientSaid(String name) throws IOException {
        ReplayResult result = Replay.run(capture(name), ReplayOptions.DEFAULT);
        assertThat(result.active()).isTrue();
        assertThat(result.failure()).isEmpty();
        assertThat(result.picture().differingPixels(clientView(name))).isZero();
        assertThat(result.frames()).isPositive();
        Verification verification = result.verify();
        assertThat(verification.first()).isEmpty();
        assertThat(verification.compared()).isGreaterThanOrEqualTo(12);
        assertThat(verification.differences())
                .allMatch(each -> each.path().matches("NewLicenseRequest\\..*encryptedPremasterSecret\\.blobData"));
    }

    @Test
    void aNewLicenceRequestDiffersInItsSecretOnly() throws IOException {
        Verification verification = Replay.run(capture("freerdp-tls-xrdp/bpp16-plain"), ReplayOptions.DEFAULT)
                .verify();
        assertThat(verification.differences()).hasSize(1);
        assertThat(verification.differences().get(0).reason()).isEqualTo("random octets of the licence request");
    }

    @Test
    void aRecordingThatBreaksOffHasItsPictureToo() throws IOException {
        String name = "freerdp-gfx-shadow/default";
        ReplayResult result = Replay.run(capture(name), ReplayOptions.DEFAULT);
        assertThat(result.active()).isTrue();
        assertThat(result.picture().differingPixels(clientView(name))).isZero();
        assertThat(result.failure().orElseThrow().getMessage()).contains("the other side closed the connection");
    }

    /** RemoteFX, of which no picture was taken; the last two recordings break off. */
    @ParameterizedTest
    @ValueSource(strings = {"freerdp-aad/default-authority", "freerdp-aad/tenant-id", "gateway-arm/rdsaad/rdp/conn-00"})
    void framesWithoutARecordedPictureAreDrawn(String name) throws IOException {
        ReplayResult result = Replay.run(capture(name), ReplayOptions.DEFAULT);
        assertThat(result.active()).isTrue();
        assertThat(result.verify().passed()).isTrue();
        assertThat(result.failure().filter(WireException.class::isInstance)).isEmpty();
        assertThat(result.frames()).isPositive();
        assertThat(Arrays.stream(result.picture().toArray()).distinct().count()).isGreaterThan(1);
    }

    @ParameterizedTest
    @CsvSource({
        "e-accessdenied, E_ACCESSDENIED",
        "sec-e-invalid-token, SEC_E_INVALID_TOKEN",
        "sec-e-invalid-token-unsigned, SEC_E_INVALID_TOKEN",
        "status-account-disabled, STATUS_ACCOUNT_DISABLED",
        "status-invalid-logon-hours, STATUS_INVALID_LOGON_HOURS",
        "status-invalid-workstation, STATUS_INVALID_WORKSTATION",
        "status-logon-failure, STATUS_LOGON_FAILURE",
        "status-no-logon-servers, STATUS_NO_LOGON_SERVERS",
        "status-password-expired, STATUS_PASSWORD_EXPIRED",
        "unknown-positive, unknown",
        "entra-expired-token, E_ACCESSDENIED",
        "entra-wrong-cnf, E_ACCESSDENIED",
        "entra-wrong-signature, E_ACCESSDENIED"
    })
    void aRefusedSignInEndsWithItsNamedResult(String name, String code) throws IOException {
        ReplayResult result = Replay.run(capture("freerdp-aad-rejected/" + name), ReplayOptions.DEFAULT);
        assertThat(result.active()).isFalse();
        assertThat(result.verify().first()).isEmpty();
        assertThat(result.failure().orElseThrow()).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.codeName()).isEqualTo(code);
            assertThat(refused.stage()).contains(Stage.AUTHENTICATION);
        });
    }

    @Test
    void freerdpsOwnDumpReplaysFromMcsOn() throws IOException {
        ReplayResult result = Replay.run(capture("freerdp-aad/freerdp-client.dump"), ReplayOptions.DEFAULT);
        assertThat(result.active()).isTrue();
        assertThat(result.verify().first()).isEmpty();
        assertThat(result.verify().compared()).isGreaterThanOrEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"freerdp-nla-shadow/ntlm-ok", "freerdp-rdstls/redirect-rdstls-1024/conn-01"})
    void aSignInThatNeedsSecretsIsRepeatedOctetForOctet(String name) throws IOException {
        ReplayResult result = Replay.run(capture(name), ReplayOptions.DEFAULT);
        assertThat(result.active()).isTrue();
        assertThat(result.events())
                .anyMatch(event ->
                        event instanceof ConnectionEvent.StageFinished stage && stage.stage() == Stage.AUTHENTICATION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"freerdp-aad/xrdp-login-screen", "freerdp-tls-xrdp/bpp16-compressed"})
    void howTheHostsOctetsAreCutChangesNothing(String name) throws IOException {
        Capture capture = capture(name);
        ReplayResult whole = Replay.run(capture, ReplayOptions.DEFAULT);
        for (long seed = 1; seed <= 8; seed++) {
            ReplayResult cut = Replay.run(capture, ReplayOptions.DEFAULT.withCutSeed(seed));
            assertThat(cut.clientOctets()).isEqualTo(whole.clientOctets());
            assertThat(cut.picture()).isEqualTo(whole.picture());
            assertThat(cut.frames()).isEqualTo(whole.frames());
            assertThat(cut.end().kind()).isEqualTo(whole.end().kind());
        }
    }

    @Test
    void tellsStagesWithTheRecordingsOwnTimesAndEveryFrame() throws IOException {
        List<Long> frames = new ArrayList<>();
        ReplayResult result = Replay.run(
                capture("freerdp-aad/xrdp-login-screen"),
                ReplayOptions.DEFAULT.withFrames((frame, at, session) -> frames.add(frame)));
        assertThat(frames).isNotEmpty().isSorted();
        assertThat(result.events().stream()
                        .filter(ConnectionEvent.StageFinished.class::isInstance)
                        .map(event -> ((ConnectionEvent.StageFinished) event).stage()))
                .containsExactly(
                        Stage.CONNECTION_INITIATION,
                        Stage.TLS,
                        Stage.AUTHENTICATION,
                        Stage.BASIC_SETTINGS_EXCHANGE,
                        Stage.CHANNEL_CONNECTION,
                        Stage.SECURE_SETTINGS_EXCHANGE,
                        Stage.AUTO_DETECTION,
                        Stage.LICENSING,
                        Stage.MULTITRANSPORT_BOOTSTRAPPING,
                        Stage.CAPABILITIES_EXCHANGE,
                        Stage.CONNECTION_FINALIZATION,
                        Stage.FIRST_FRAME);
        ConnectionEvent last = result.events().get(result.events().size() - 1);
        assertThat(last.at()).isBetween(Duration.ofMillis(100), Duration.ofMinutes(1));
        assertThat(result.pictureWithPointer()).isNotEqualTo(result.picture());
    }

    @Test
    void aRecordingWithoutSecretsReplaysJustAsWell() throws IOException {
        Capture capture = capture("freerdp-aad/xrdp-login-screen");
        Path file = folder.resolve("again.ndjson");
        RecordingWriter writer = RecordingWriter.create(file, "", "", false);
        long serverOctets = 0;
        for (Capture.Chunk chunk : capture.chunks()) {
            if (chunk.direction() == Direction.SERVER_TO_CLIENT) {
                if (serverOctets == capture.tls().orElseThrow().serverOffset()) {
                    writer.tls(chunk.at(), "TLSv1.3", "TLS_AES_256_GCM_SHA384", Optional.empty());
                }
                serverOctets += chunk.octets().size();
            }
            writer.octets(
                    chunk.at(),
                    chunk.direction(),
                    io.netty.buffer.Unpooled.wrappedBuffer(chunk.octets().toArray()));
        }
        writer.end(Duration.ofHours(1), "tested");
        ReplayResult result = Replay.run(Capture.open(file), ReplayOptions.DEFAULT);
        assertThat(result.verify().first()).isEmpty();
        assertThat(result.picture().differingPixels(clientView("freerdp-aad/xrdp-login-screen")))
                .isZero();
    }

    @Test
    void aChangedRecordingIsCaughtByPduAndField() throws IOException {
        Path copy = Files.createDirectories(folder.resolve("copy"));
        Path original = FIXTURES.resolve("freerdp-tls-xrdp/login-screen");
        for (String name : List.of("c2s.bin", "s2c.bin", "timing.json")) {
            Files.copy(original.resolve(name), copy.resolve(name));
        }
        ReplayResult whole = Replay.run(Capture.open(copy), ReplayOptions.DEFAULT);
        var sas = whole.recorded().stream()
                .filter(pdu -> pdu.name().equals("ConnectInitial"))
                .findFirst()
                .orElseThrow();
        int offset = (int) sas.streamOffset()
                + sas.fields().stream()
                        .filter(field -> field.path().endsWith("SASSequence"))
                        .findFirst()
                        .orElseThrow()
                        .offset();
        byte[] client = Files.readAllBytes(copy.resolve("c2s.bin"));
        client[offset] ^= 1;
        Files.write(copy.resolve("c2s.bin"), client);
        Verification verification =
                Replay.run(Capture.open(copy), ReplayOptions.DEFAULT).verify();
        assertThat(verification.passed()).isFalse();
        assertThat(verification.first().orElseThrow().line())
                .isEqualTo("PDU 1 ConnectInitial, ConferenceCreateRequest.clientCoreData.SASSequence:"
                        + " recorded 43522, sent 43523");
    }
}
