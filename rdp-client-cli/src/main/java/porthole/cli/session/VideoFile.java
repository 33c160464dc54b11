package porthole.cli.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import porthole.cli.base.UsageException;
import porthole.cli.output.WholeFile;
import porthole.client.video.ApngFile;
import porthole.client.video.VideoWriter;
import porthole.graphics.picture.Picture;

/**
 * A video that is written while it happens: under another name, and moved into place once it is complete. Its size is that of
 * the first picture.
 */
public final class VideoFile implements AutoCloseable {
    private static final List<String> ANIMATED_PNG = List.of("png", "apng");

    private final Path file;
    private final Path unfinished;
    private final Supplier<Optional<VideoWriter.Provider>> other;
    private VideoWriter writer;
    private long begin;
    private long last;

    /** Refuses a name whose ending no writer on this machine knows. */
    public VideoFile(Path file) {
        this.file = file;
        this.unfinished = WholeFile.beside(file);
        String ending = ending(file);
        if (ANIMATED_PNG.contains(ending)) {
            other = Optional::empty;
            return;
        }
        Optional<VideoWriter.Provider> provider = ServiceLoader.load(VideoWriter.Provider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(each -> each.ending().equals(ending) && each.isAvailable())
                .findFirst();
        if (provider.isEmpty()) {
            throw new UsageException("--video: " + file + ": "
                    + (ending.equals("mp4")
                            ? "MP4 needs the native module rdp-h264-ffmpeg, which is not there or does not work here"
                                    + " (README: H.264); write an animated PNG, ending in .png or .apng"
                            : "the ending says what is written: .png or .apng for an animated PNG, .mp4 with the native"
                                    + " module"));
        }
        other = () -> provider;
    }

    private static String ending(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /** @param millis from any origin, never less than for the last picture */
    public void frame(Picture picture, long millis) throws IOException {
        if (writer == null) {
            Optional<VideoWriter.Provider> provider = other.get();
            writer = provider.isPresent()
                    ? provider.get().create(unfinished, picture.width(), picture.height())
                    : new ApngFile(unfinished, picture.width(), picture.height());
            begin = millis;
        }
        last = millis;
        writer.frame(picture, millis - begin);
    }

    /** Completes the file; the last picture is shown until then. Without any picture there is no file. */
    public void finish(long millis) throws IOException {
        if (writer != null) {
            writer.finish(Math.max(last, millis) - begin);
            writer.close();
            writer = null;
            WholeFile.moveInto(unfinished, file);
        }
    }

    /** What was not finished is taken away. */
    @Override
    public void close() throws IOException {
        if (writer != null) {
            writer.close();
            writer = null;
        }
        Files.deleteIfExists(unfinished);
    }
}
