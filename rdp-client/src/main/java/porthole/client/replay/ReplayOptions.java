package porthole.client.replay;

import java.time.Duration;
import java.util.OptionalLong;
import porthole.client.RdpSession;
import porthole.transport.ConnectionObserver;

/**
 * How to replay.
 *
 * @param observer sees the stages, with the recording's own times
 * @param frames is told each frame
 * @param cutSeed cuts the host's octets at random places instead of where they were cut when they were recorded
 * @param takesApart whether the messages of both sides are taken apart for {@link ReplayResult#verify}, which takes longer than
 *     the replay itself
 * @param decodeThreads how many threads decode the tiles of one frame, as in {@link porthole.client.SessionOptions}
 */
public record ReplayOptions(
        ConnectionObserver observer, Frames frames, OptionalLong cutSeed, boolean takesApart, int decodeThreads) {
    public static final ReplayOptions DEFAULT =
            new ReplayOptions(ConnectionObserver.NONE, (frame, at, session) -> {}, OptionalLong.empty(), true, 1);

    /** Is told each frame. */
    @FunctionalInterface
    public interface Frames {
        /**
         * @param frame number of the frame, from 1 on
         * @param at since the recording began
         */
        void painted(long frame, Duration at, RdpSession session);
    }

    public ReplayOptions withObserver(ConnectionObserver value) {
        return new ReplayOptions(value, frames, cutSeed, takesApart, decodeThreads);
    }

    public ReplayOptions withFrames(Frames value) {
        return new ReplayOptions(observer, value, cutSeed, takesApart, decodeThreads);
    }

    public ReplayOptions withCutSeed(long value) {
        return new ReplayOptions(observer, frames, OptionalLong.of(value), takesApart, decodeThreads);
    }

    /** Replays without what {@link ReplayResult#verify} needs: its lists of messages stay empty. */
    public ReplayOptions withoutMessages() {
        return new ReplayOptions(observer, frames, cutSeed, false, decodeThreads);
    }

    public ReplayOptions withDecodeThreads(int value) {
        return new ReplayOptions(observer, frames, cutSeed, takesApart, value);
    }
}
