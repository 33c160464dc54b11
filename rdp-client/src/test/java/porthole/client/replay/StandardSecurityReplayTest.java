package porthole.client.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.client.capture.Capture;
import porthole.client.capture.CaptureDecoder;
import porthole.client.capture.DecodedPdu;
import porthole.client.capture.Direction;
import porthole.graphics.picture.Picture;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.Stage;
import porthole.protocol.wire.Bytes;
import porthole.transport.ConnectionEvent;

/** Recorded sessions of standard RDP security, at every level and with their keys. */
class StandardSecurityReplayTest {
    private static final Path SET =
            Path.of(System.getProperty("porthole.fixtures")).resolve("freerdp-rdp-xrdp");

    private static Picture clientView(String name) throws IOException {
        var image = ImageIO.read(SET.resolve(name).resolve("client-view.png").toFile());
        int width = image.getWidth();
        int height = image.getHeight();
        return Picture.copyOf(width, height, image.getRGB(0, 0, width, height, null, 0, width));
    }

    @ParameterizedTest
    @CsvSource({
        "fips, FIPS, 4",
        "high, 128BIT, 3",
        "high-methods-40, 128BIT, 3",
        "low, 40BIT, 1",
        "medium, 40BIT, 2",
        "medium-methods-56, 40BIT, 2",
        "none, NONE, 0",
        "shadow-unencrypted, NONE, 0"
    })
    void reachesTheRecordedPictureAndSaysWhatTheRecordedClientSaid(String name, String method, int level)
            throws IOException {
        ReplayResult result = Replay.run(Capture.open(SET.resolve(name)), ReplayOptions.DEFAULT);
        assertThat(result.failure()).isEmpty();
        assertThat(result.active()).isTrue();
        assertThat(result.picture().differingPixels(clientView(name))).isZero();
        Verification verification = result.verify();
        assertThat(verification.first()).isEmpty();
        assertThat(verification.compared()).isGreaterThanOrEqualTo(12);
        assertThat(verification.differences())
                .allMatch(each -> each.path().matches("NewLicenseRequest\\..*encryptedPremasterSecret\\.blobData"));
        assertThat(result.events())
                .anyMatch(event -> event instanceof ConnectionEvent.StageFinished stage
                        && stage.stage() == Stage.BASIC_SETTINGS_EXCHANGE
                        && stage.evidence().get("encryptionMethod").equals(method)
                        && stage.evidence().get("encryptionLevel").equals(level));
        assertThat(result.recorded())
                .noneMatch(DecodedPdu::isSealed)
                .allMatch(pdu -> pdu.problem().isEmpty());
    }

    /** Until the licence request, which has random octets, the very same octets; with RC4 behind it, too. */
    @ParameterizedTest
    @CsvSource({"fips, false", "high, true", "low, true", "medium, true"})
    void theOctetsOfTheClientAreTheRecordedOnes(String name, boolean streamCipher) throws IOException {
        Capture capture = Capture.open(SET.resolve(name));
        ReplayResult result = Replay.run(capture, ReplayOptions.DEFAULT);
        Bytes recorded = capture.stream(Direction.CLIENT_TO_SERVER);
        for (String pdu : streamCipher
                ? List.of(
                        "SecurityExchangePdu",
                        "ClientInfoPdu",
                        "ConfirmActivePdu",
                        "SynchronizePdu",
                        "ControlPdu",
                        "FontListPdu")
                : List.of("SecurityExchangePdu", "ClientInfoPdu")) {
            assertThat(octets(pdu, result.sent(), result.clientOctets()))
                    .as(pdu)
                    .isEqualTo(octets(pdu, result.recorded(), recorded));
        }
    }

    private static Bytes octets(String name, List<DecodedPdu> pdus, Bytes stream) {
        DecodedPdu pdu = pdus.stream()
                .filter(each -> each.direction() == Direction.CLIENT_TO_SERVER
                        && each.name().equals(name))
                .findFirst()
                .orElseThrow();
        return stream.slice((int) pdu.streamOffset(), pdu.length());
    }

    /** xrdp computes salted MACs otherwise and hangs up; the client says what it said then. */
    @Test
    void aHostThatHangsUpOnSaltedMacs() throws IOException {
        ReplayResult result = Replay.run(Capture.open(SET.resolve("high-salted-mac-refused")), ReplayOptions.DEFAULT);
        assertThat(result.active()).isFalse();
        assertThat(result.verify().first()).isEmpty();
        assertThat(result.failure().orElseThrow().stage()).isPresent();
        assertThat(result.sent().get(result.sent().size() - 1).name()).isEqualTo("ClientInfoPdu");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fips", "medium"})
    void howTheHostsOctetsAreCutChangesNothing(String name) throws IOException {
        Capture capture = Capture.open(SET.resolve(name));
        ReplayResult whole = Replay.run(capture, ReplayOptions.DEFAULT);
        for (long seed = 1; seed <= 3; seed++) {
            ReplayResult cut = Replay.run(capture, ReplayOptions.DEFAULT.withCutSeed(seed));
            assertThat(cut.clientOctets()).isEqualTo(whole.clientOctets());
            assertThat(cut.picture()).isEqualTo(whole.picture());
        }
    }

    @Test
    void withoutItsKeysASessionIsNotReplayedAndItsMessagesStayClosed() throws IOException {
        Capture known = Capture.open(SET.resolve("high"));
        Capture capture = known.withoutSecrets();
        List<DecodedPdu> pdus = CaptureDecoder.decode(capture);
        assertThat(pdus).filteredOn(DecodedPdu::isSealed).hasSizeGreaterThan(100);
        ReplayResult result = Replay.run(capture, ReplayOptions.DEFAULT);
        assertThat(result.failure().orElseThrow())
                .isInstanceOfSatisfying(
                        LocalFailure.class,
                        failure -> assertThat(failure.causeName()).isEqualTo("nothing-recorded"));
        assertThat(known.secrets().orElseThrow().toString()).isEqualTo("SessionSecrets[]");
    }
}
