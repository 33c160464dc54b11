package porthole.cli.session;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Option;
import porthole.cli.base.UsageException;
import porthole.cli.option.Values;

/** Which pictures of a session are written besides a screenshot. */
public final class FrameOptions {
    @Option(
            names = "--frames",
            paramLabel = "DIR",
            description = "Write a picture for each frame that changes something there, as NUMBER-MILLISECONDS.png.")
    Path frames;

    @Option(
            names = "--video",
            paramLabel = "FILE",
            description = "Write a video there: an animated PNG (.png or .apng), or .mp4 with the native module.")
    Path video;

    @Option(
            names = "--frame-rate",
            paramLabel = "N",
            description =
                    "Pictures a second of --frames and --video at most, 1 to 60 (default: 10); what comes faster is"
                            + " one change.")
    String rate;

    /** What writes the pictures, where they are asked for. */
    public Optional<FrameRecorder> recorder(Consumer<String> notes) throws IOException {
        if (frames == null && video == null) {
            if (rate != null) {
                throw new UsageException("--frame-rate is of --frames and --video");
            }
            return Optional.empty();
        }
        long perSecond = rate == null ? 10 : Values.number("--frame-rate", rate, 1, 60);
        return Optional.of(new FrameRecorder(
                Optional.ofNullable(frames),
                Optional.ofNullable(video).map(VideoFile::new),
                Duration.ofNanos(1_000_000_000 / perSecond),
                notes));
    }
}
