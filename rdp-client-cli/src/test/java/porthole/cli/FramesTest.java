package porthole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import porthole.fixtures.Fixtures;
import porthole.host.RdpHost;

/** The pictures of a session as files and as a video, live and from a recording. */
class FramesTest {
    private static final List<String> SCRIPT = List.of(
            "{\"command\":\"wait\",\"for\":\"quiet\",\"quiet\":\"200ms\"}",
            "{\"command\":\"pointer\",\"x\":20,\"y\":20,\"button\":\"left\"}",
            "{\"command\":\"type\",\"text\":\"moving\"}",
            "{\"command\":\"wait\",\"for\":\"quiet\",\"quiet\":\"200ms\"}");

    @TempDir
    private Path folder;

    private final Shell shell = new Shell();

    private static List<Path> list(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    /** The number of frames that an animated PNG says it has, and that it has. */
    private static int frames(Path file) throws Exception {
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file));
        in.getLong();
        int said = -1;
        int counted = 0;
        List<String> types = new ArrayList<>();
        while (in.hasRemaining()) {
            int length = in.getInt();
            byte[] type = new byte[4];
            in.get(type);
            types.add(new String(type, StandardCharsets.US_ASCII));
            if (types.get(types.size() - 1).equals("acTL")) {
                said = in.getInt(in.position());
            }
            counted += types.get(types.size() - 1).equals("fcTL") ? 1 : 0;
            in.position(in.position() + length + 4);
        }
        assertThat(types).endsWith("IEND");
        assertThat(said).isEqualTo(counted);
        return said;
    }

    @Test
    void aLiveSessionIsWrittenFrameByFrameAndAsAVideo() throws Exception {
        Path frames = folder.resolve("frames");
        Path video = folder.resolve("session.apng");
        try (RdpHost host = RdpHost.builder().start()) {
            int status = shell.in(String.join("\n", SCRIPT) + "\n")
                    .run(
                            "connect",
                            "127.0.0.1:" + host.port(),
                            "--certificate",
                            "pin:" + host.certificateSha256(),
                            "--size",
                            "320x240",
                            "--frames",
                            frames.toString(),
                            "--video",
                            video.toString(),
                            "--frame-rate",
                            "60",
                            "--control",
                            "-");
            assertThat(status).as(shell.out() + shell.err()).isZero();
        }
        List<Path> files = list(frames);
        assertThat(files).hasSizeGreaterThan(1);
        for (int i = 0; i < files.size(); i++) {
            assertThat(files.get(i).getFileName().toString()).matches(String.format("%06d-[0-9]{9}\\.png", i + 1));
            assertThat(ImageIO.read(files.get(i).toFile()).getWidth()).isEqualTo(320);
        }
        assertThat(frames(video)).isEqualTo(files.size());
        assertThat(ImageIO.read(video.toFile()).getRGB(5, 5))
                .isEqualTo(ImageIO.read(files.get(0).toFile()).getRGB(5, 5));
        assertThat(list(folder)).as("nothing unfinished is left").containsExactly(frames, video);
    }

    @Test
    void aRecordingIsPlayedIntoAVideo() throws Exception {
        Path video = folder.resolve("replay.png");
        int status = shell.run(
                "replay",
                Fixtures.root().resolve("freerdp-gfx-shadow/gfx-planar").toString(),
                "--video",
                video.toString());
        assertThat(status).as(shell.err()).isZero();
        assertThat(frames(video)).isGreaterThan(1);
        assertThat(list(folder)).containsExactly(video);
    }

    @Test
    void anMp4WithoutTheNativeModuleIsRefusedWithItsName() {
        assertThat(shell.run(
                        "connect",
                        "127.0.0.1:1",
                        "--video",
                        folder.resolve("a.mp4").toString()))
                .isEqualTo(2);
        assertThat(shell.err()).contains("MP4 needs the native module rdp-h264-ffmpeg");
        assertThat(shell.run(
                        "connect",
                        "127.0.0.1:1",
                        "--video",
                        folder.resolve("a.gif").toString()))
                .isEqualTo(2);
        assertThat(shell.err()).contains(".png or .apng");
        assertThat(shell.run("connect", "127.0.0.1:1", "--frame-rate", "5")).isEqualTo(2);
    }
}
