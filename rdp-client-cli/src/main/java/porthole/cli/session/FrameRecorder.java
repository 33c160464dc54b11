package porthole.cli.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import porthole.cli.output.WholeFile;
import porthole.client.RdpSession;
import porthole.graphics.picture.Picture;
import porthole.graphics.screen.FramebufferView;

/**
 * Writes the pictures of a live session, on a thread of its own that looks at the screen no more often than it is told to: what
 * is painted while a picture is written, or too soon after it, is in the next one, and the session never waits.
 *
 * <p>Pictures are files {@code NUMBER-MILLISECONDS.png} of a folder, or frames of a video, or both.
 */
public final class FrameRecorder implements AutoCloseable {
    private static final int MOST_FILES = 100_000;

    private final Optional<Path> folder;
    private final Optional<VideoFile> video;
    private final long interval;
    private final Consumer<String> notes;
    private final long begin = System.nanoTime();
    private final Object signal = new Object();
    private final Thread thread = new Thread(this::run, "porthole-frames");
    private RdpSession session;
    private boolean painted;
    private boolean over;
    private IOException failure;
    private RdpSession viewed;
    private FramebufferView view;
    private Picture last;
    private long lastAt = begin;
    private int files;

    /**
     * Begins.
     *
     * @param interval between two pictures, at least
     * @param notes is told what is wrong
     */
    public FrameRecorder(Optional<Path> folder, Optional<VideoFile> video, Duration interval, Consumer<String> notes)
            throws IOException {
        this.folder = folder;
        this.video = video;
        this.interval = interval.toNanos();
        this.notes = notes;
        if (folder.isPresent()) {
            Files.createDirectories(folder.get());
        }
        thread.setDaemon(true);
        thread.start();
    }

    /** The session whose pictures these are from now on. */
    public void watch(RdpSession now) {
        synchronized (signal) {
            session = now;
            painted = true;
            signal.notifyAll();
        }
    }

    /** Something was painted; returns at once. */
    public void painted() {
        synchronized (signal) {
            painted = true;
            signal.notifyAll();
        }
    }

    private void run() {
        try {
            while (await()) {
                look();
            }
            look();
            if (video.isPresent()) {
                video.get().finish(millis());
            }
        } catch (IOException e) {
            failure = e; // read by whoever joined this thread
            notes.accept("frames are not written any more: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (view != null) {
                view.close();
            }
        }
    }

    /** Waits for the next paint and until it is time; false at the end. */
    private boolean await() throws InterruptedException {
        synchronized (signal) {
            while (!painted && !over) {
                signal.wait();
            }
            painted = false;
            long due = lastAt + (last == null ? 0 : interval);
            for (long left = due - System.nanoTime(); left > 0 && !over; left = due - System.nanoTime()) {
                signal.wait(left / 1_000_000, (int) (left % 1_000_000));
            }
            return !over;
        }
    }

    private long millis() {
        return (System.nanoTime() - begin) / 1_000_000;
    }

    private void look() throws IOException {
        RdpSession now;
        synchronized (signal) {
            now = session;
        }
        if (now == null || now.frames() == 0) {
            return; // no picture yet, only the black that comes before it
        }
        if (now != viewed) {
            if (view != null) {
                view.close();
            }
            view = now.view();
            viewed = now;
        }
        if (view.update().isEmpty()) {
            return;
        }
        Picture picture = view.picture();
        if (last != null && last.differingPixels(picture) == 0) {
            return;
        }
        last = picture;
        lastAt = System.nanoTime();
        long millis = millis();
        if (folder.isPresent() && files < MOST_FILES) {
            files++;
            WholeFile.write(folder.get().resolve(String.format("%06d-%09d.png", files, millis)), picture::writePng);
        }
        if (video.isPresent()) {
            video.get().frame(picture, millis);
        }
    }

    /** Writes what is left and completes the video; throws what went wrong on the way. */
    @Override
    public void close() throws IOException {
        synchronized (signal) {
            over = true;
            signal.notifyAll();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
        if (video.isPresent()) {
            video.get().close();
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Files written so far; after {@link #close} all of them. */
    public int files() {
        return files;
    }
}
