package porthole.client;

import java.time.Duration;
import java.util.List;
import porthole.graphics.picture.PixelRect;
import porthole.protocol.share.ShareDataBody;
import porthole.transport.SessionEnd;

/**
 * Sees what happens in a session; must neither block nor throw.
 *
 * <p>{@link #painted} and {@link #resized} come from the thread that paints, one at a time; {@link #ended} from whichever thread comes last; all others
 * from the connection's event loop.
 */
public interface SessionListener {
    SessionListener NONE = new SessionListener() {};

    /** The session is active, for the first time or again after a deactivation. */
    default void active() {}

    /**
     * Pixels changed.
     *
     * @param frame number of updates painted so far
     * @param dirty rectangles that cover the change; they may overlap
     */
    default void painted(long frame, List<PixelRect> dirty) {}

    /** The desktop has this size from now on; it is black where nothing was kept. */
    default void resized(int width, int height, int bitsPerPixel) {}

    /** A message of the host that is neither picture nor pointer: session info, error info, status, keyboard state. */
    default void message(ShareDataBody body) {}

    /**
     * The line was cut, and another connection is to restore the session; there is no input until it is active again.
     *
     * @param attempt from 1
     * @param wait before it begins
     * @param why the last connection ended
     */
    default void reconnecting(int attempt, Duration wait, SessionEnd why) {}

    /** The session is restored. */
    default void reconnected(int attempts) {}

    /** Something worth a line in a log, by name. */
    default void note(String name, String detail) {}

    /** The session is over, however it ended. */
    default void ended(SessionEnd end) {}
}
