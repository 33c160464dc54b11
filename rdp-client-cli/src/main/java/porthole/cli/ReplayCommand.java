package porthole.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import porthole.cli.option.DecodeOptions;
import porthole.cli.output.StageTable;
import porthole.cli.output.WholeFile;
import porthole.cli.session.VideoFile;
import porthole.client.RdpSession;
import porthole.client.capture.Capture;
import porthole.client.capture.CaptureException;
import porthole.client.capture.SessionSecrets;
import porthole.client.replay.Replay;
import porthole.client.replay.ReplayOptions;
import porthole.client.replay.ReplayResult;
import porthole.client.replay.Verification;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Stage;

/** Lets a recorded session drive the client again. */
@Command(
        name = "replay",
        description = "Let a recorded session drive the client: its stages, its picture, and what it would send.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  porthole replay session.porthole --screenshot last.png",
            "  porthole replay session.porthole --frames frames/",
            "  porthole replay test-fixtures/recordings/freerdp-aad/xrdp-login-screen --verify",
            "",
            "Exit codes: 0 the session came up and ended as recorded; the code of a stage where it failed there;",
            "30 --verify found a difference that nothing explains; 31 the capture could not be read."
        })
final class ReplayCommand extends PortholeCommand {
    private static final long MOST_FRAMES = 100_000;

    @Parameters(
            paramLabel = "CAPTURE",
            description =
                    "A recording of --record, a support bundle, a dump of FreeRDP's /dump:record, or a folder of a recording.")
    private Path path;

    @Option(names = "--screenshot", paramLabel = "FILE.png", description = "Write the last picture there.")
    private Path screenshot;

    @Option(names = "--pointer", description = "Draw the pointer into the pictures.")
    private boolean pointer;

    @Option(
            names = "--keys",
            paramLabel = "FILE",
            description = "JSON with the hexadecimal clientRandom of a capture of standard RDP security (default: "
                    + "keys.json in the folder of the capture).")
    private Path keys;

    @Option(names = "--frames", paramLabel = "DIR", description = "Write a picture for each frame there.")
    private Path frames;

    @Option(
            names = "--video",
            paramLabel = "FILE",
            description =
                    "Write a video there with the recording's own times: an animated PNG (.png or .apng), or .mp4 with"
                            + " the native module.")
    private Path video;

    @Option(
            names = "--verify",
            description = "Compare what this client sends with what the recorded client sent, PDU by PDU.")
    private boolean verify;

    @Mixin
    private DecodeOptions decodeOptions;

    @Override
    ExitCode run() throws IOException {
        ReplayResult result;
        try {
            result = replayed();
        } catch (CaptureException e) {
            complain(output(), "capture", e.getMessage());
            return ExitCode.UNREADABLE;
        } catch (RdpFailure e) {
            output().failure(e);
            return ExitCode.UNREADABLE;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        if (screenshot != null) {
            WholeFile.write(screenshot, (pointer ? result.pictureWithPointer() : result.picture())::writePng);
        }
        ended(result);
        ExitCode verified = verify ? verified(result.verify()) : ExitCode.OK;
        if (result.failure().isPresent()) {
            RdpFailure failure =
                    result.failure().get().in(result.active() ? Stage.ACTIVE : Stage.CONNECTION_INITIATION);
            output().failure(failure);
            return verified == ExitCode.OK ? ExitCode.of(failure) : verified;
        }
        return verified;
    }

    private Capture opened() throws IOException {
        Capture capture = Capture.open(path);
        return keys == null ? capture : capture.withSecrets(SessionSecrets.read(keys));
    }

    private ReplayResult replayed() throws IOException {
        Capture capture = opened();
        StageTable table = new StageTable(isVerbose(), row -> output().data(row.text(), row.object()));
        ReplayOptions observed =
                ReplayOptions.DEFAULT.withObserver(table).withDecodeThreads(decodeOptions.threads(surroundings()));
        ReplayOptions options = verify ? observed : observed.withoutMessages();
        if (frames != null) {
            Files.createDirectories(frames);
        }
        if (video == null) {
            return Replay.run(capture, frames == null ? options : options.withFrames(this::write));
        }
        try (VideoFile film = new VideoFile(video)) {
            long[] last = {0};
            ReplayResult result = Replay.run(capture, options.withFrames((frame, at, session) -> {
                if (frames != null) {
                    write(frame, at, session);
                }
                last[0] = at.toMillis();
                film(film, last[0], session);
            }));
            film.finish(last[0]);
            return result;
        }
    }

    private void film(VideoFile film, long millis, RdpSession session) {
        try {
            film.frame(session.snapshot(pointer), millis);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(long frame, Duration at, RdpSession session) {
        if (frame > MOST_FRAMES) {
            return;
        }
        try {
            WholeFile.write(frames.resolve(String.format("%06d.png", frame)), session.snapshot(pointer)::writePng);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void ended(ReplayResult result) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("event", "ended");
        event.put("active", result.active());
        event.put("frames", result.frames());
        event.put("width", result.picture().width());
        event.put("height", result.picture().height());
        event.put("reason", result.end().reason());
        output().data(
                        String.format(
                                "%s, %d frames, %dx%d; %s",
                                result.active() ? "active" : "never active",
                                result.frames(),
                                result.picture().width(),
                                result.picture().height(),
                                result.end().reason()),
                        event);
    }

    private ExitCode verified(Verification verification) {
        List<Verification.Difference> differences = verification.differences();
        for (Verification.Difference difference : differences) {
            Map<String, Object> event = new LinkedHashMap<>();
            event.put("event", "difference");
            event.put("n", difference.n());
            event.put("pdu", difference.pdu());
            event.put("path", difference.path());
            event.put("recorded", difference.recorded());
            event.put("sent", difference.sent());
            event.put("reason", difference.reason().isEmpty() ? null : difference.reason());
            boolean first = verification.first().map(difference::equals).orElse(false);
            if (output().isJson() || first || isVerbose()) {
                output().data((first ? "first difference: " : "difference: ") + difference.line(), event);
            }
        }
        long explained = differences.stream().filter(d -> !d.reason().isEmpty()).count();
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("event", "verified");
        event.put("passed", verification.passed());
        event.put("compared", verification.compared());
        event.put("differences", differences.size() - explained);
        event.put("explained", explained);
        output().data(
                        String.format(
                                "verified %d PDUs: %d differences, and %d that are as they should be",
                                verification.compared(), differences.size() - explained, explained),
                        event);
        return verification.passed() ? ExitCode.OK : ExitCode.DIFFERENT;
    }
}
