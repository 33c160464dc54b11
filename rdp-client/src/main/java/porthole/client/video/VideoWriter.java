package porthole.client.video;

import java.io.IOException;
import java.nio.file.Path;
import porthole.graphics.picture.Picture;

/** Writes pictures one after the other into a file that plays them. Used by one thread at a time. */
public interface VideoWriter extends AutoCloseable {
    /**
     * Adds a picture; one of another size than the first is cut, or stands on black.
     *
     * @param millis since the first picture, never less than for the last one
     */
    void frame(Picture picture, long millis) throws IOException;

    /**
     * Completes the file.
     *
     * @param millis since the first picture, until when the last one is shown
     */
    void finish(long millis) throws IOException;

    /** Frees what is held; a file that was not finished is not whole. */
    @Override
    void close() throws IOException;

    /** A format, found by {@link java.util.ServiceLoader}. */
    interface Provider {
        /** The ending of its files, for example {@code mp4}. */
        String ending();

        /** Whether it works on this machine. */
        boolean isAvailable();

        /**
         * Begins a file, which is replaced where it exists.
         *
         * @param width and height of all pictures, in pixels
         */
        VideoWriter create(Path file, int width, int height) throws IOException;
    }
}
