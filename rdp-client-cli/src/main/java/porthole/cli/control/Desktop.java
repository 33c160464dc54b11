package porthole.cli.control;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** What the control protocol drives: one session that may end and begin again. Called from one thread. */
public interface Desktop {
    /** Whether a session is up; the other methods need one, except for {@link #reconnect} and {@link #disconnect}. */
    boolean isConnected();

    /**
     * Writes the picture as PNG.
     *
     * @return facts about it for the answer
     */
    Map<String, Object> screenshot(Path file, boolean pointer) throws IOException;

    void type(String text) throws InterruptedException;

    void key(int scancode, boolean extended, boolean down) throws InterruptedException;

    void movePointer(int x, int y) throws InterruptedException;

    /** @param button 1 left, 2 right, 3 middle, 4 and 5 extra */
    void button(int button, boolean down, int x, int y) throws InterruptedException;

    /** @param x -1, as {@code y}, for where the pointer is */
    void wheel(int delta, boolean horizontal, int x, int y) throws InterruptedException;

    void sync(boolean scroll, boolean num, boolean caps, boolean kana) throws InterruptedException;

    void suppressOutput(boolean suppress) throws InterruptedException;

    /** Asks for a rectangle again; a width of zero is the whole desktop. */
    void refresh(int x, int y, int width, int height) throws InterruptedException;

    /** Asks for another size; false where this session has no way to. */
    boolean resize(int width, int height) throws InterruptedException;

    /** Waits for the first frame; false where it did not come in time. */
    boolean awaitFrame(Duration timeout) throws InterruptedException;

    /** Waits until nothing changed for {@code quiet}. */
    boolean awaitQuiet(Duration quiet, Duration timeout) throws InterruptedException;

    /** Waits for the next change. */
    boolean awaitChange(Duration timeout) throws InterruptedException;

    /** Ends the session and begins it again; throws the failure where it cannot. */
    void reconnect() throws InterruptedException;

    /** Asks the host to end the session, and disconnects where it does not; tells whether it did. */
    boolean logoff() throws InterruptedException;

    void disconnect();
}
