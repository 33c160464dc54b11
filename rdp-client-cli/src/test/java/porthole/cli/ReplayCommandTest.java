package porthole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import porthole.host.RdpHost;

class ReplayCommandTest {
    private static final Path RECORDINGS = Path.of(System.getProperty("porthole.fixtures"));
    private final Shell shell = new Shell();

    @TempDir
    Path folder;

    @Test
    void aRecordedSessionIsPaintedAndVerified() throws Exception {
        Path png = folder.resolve("last.png");
        assertThat(shell.run(
                        "replay",
                        RECORDINGS.resolve("freerdp-aad/xrdp-login-screen").toString(),
                        "--verify",
                        "--json",
                        "--screenshot",
                        png.toString()))
                .as(shell.out() + shell.err())
                .isZero();
        assertThat(ImageIO.read(png.toFile()).getWidth()).isEqualTo(800);
        assertThat(shell.objects())
                .filteredOn(event -> event.get("event").equals("verified"))
                .singleElement()
                .satisfies(
                        event -> assertThat(event).containsEntry("passed", true).containsEntry("differences", 0L));
        assertThat(shell.objects())
                .filteredOn(event -> event.get("event").equals("stage"))
                .extracting(event -> event.get("stage"))
                .contains("authentication", "connection-finalization");
    }

    @Test
    void aRejectedSignInHasTheCodeOfItsStage() throws Exception {
        Path rejected;
        try (Stream<Path> all = Files.list(RECORDINGS.resolve("freerdp-aad-rejected"))) {
            rejected = all.filter(Files::isDirectory).sorted().findFirst().orElseThrow();
        }
        assertThat(shell.run("replay", rejected.toString(), "--json"))
                .as(rejected + shell.out() + shell.err())
                .isEqualTo(ExitCode.AUTHENTICATION.number());
        assertThat(shell.objects())
                .filteredOn(event -> event.get("event").equals("failure"))
                .singleElement()
                .satisfies(event -> assertThat(event).containsEntry("stage", "authentication"));
    }

    @Test
    void ourOwnRecordingReplaysToThePictureThatWasSeen() throws Exception {
        Path recording = folder.resolve("a.porthole");
        Path seen = folder.resolve("seen.png");
        Path replayed = folder.resolve("replayed.png");
        Path frames = folder.resolve("frames");
        try (RdpHost host = RdpHost.builder().start()) {
            assertThat(shell.run(
                            "connect",
                            "127.0.0.1:" + host.port(),
                            "--certificate",
                            "pin:" + host.certificateSha256(),
                            "--size",
                            "640x480",
                            "--record",
                            recording.toString(),
                            "--screenshot",
                            seen.toString()))
                    .as(shell.err())
                    .isZero();
        }
        assertThat(shell.run(
                        "replay",
                        recording.toString(),
                        "--verify",
                        "--frames",
                        frames.toString(),
                        "--screenshot",
                        replayed.toString()))
                .as(shell.out() + shell.err())
                .isZero();
        assertThat(Files.readAllBytes(replayed)).isEqualTo(Files.readAllBytes(seen));
        try (Stream<Path> pictures = Files.list(frames)) {
            assertThat(pictures.sorted().findFirst().orElseThrow().getFileName().toString())
                    .isEqualTo("000001.png");
        }
    }

    @Test
    void severalThreadsMayDecode() throws Exception {
        String recording = RECORDINGS.resolve("freerdp-gfx-shadow/gfx-rfx").toString();
        Path one = folder.resolve("one.png");
        Path two = folder.resolve("two.png");
        assertThat(shell.run("replay", recording, "--screenshot", one.toString()))
                .as(shell.err())
                .isZero();
        assertThat(shell.run("replay", recording, "--screenshot", two.toString(), "--decode-threads", "2"))
                .as(shell.err())
                .isZero();
        assertThat(Files.readAllBytes(two)).isEqualTo(Files.readAllBytes(one));
        assertThat(shell.run("replay", recording, "--decode-threads", "17")).isEqualTo(ExitCode.USAGE.number());
        assertThat(shell.err()).contains("--decode-threads: 17 is not within 1 to 16");
    }

    @Test
    void whatIsNoCaptureIsUnreadable() throws Exception {
        Path file = Files.writeString(folder.resolve("x"), "nothing");
        assertThat(shell.run("replay", file.toString(), "--json")).isEqualTo(ExitCode.UNREADABLE.number());
        Map<String, Object> event = shell.objects().get(0);
        assertThat(event).containsEntry("event", "failure").containsEntry("kind", "capture");
        assertThat(shell.run("replay", folder.resolve("missing").toString())).isEqualTo(ExitCode.UNREADABLE.number());
    }
}
