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
 */
public record ReplayOptions(ConnectionObserver observer, Frames frames, OptionalLong cutSeed) {
    public static final ReplayOptions DEFAULT =
            new ReplayOptions(ConnectionObserver.NONE, (frame, at, session) -> {}, OptionalLong.empty());

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
        return new ReplayOptions(value, frames, cutSeed);
    }

    public ReplayOptions withFrames(Frames value) {
        return new ReplayOptions(observer, value, cutSeed);
    }

    public ReplayOptions withCutSeed(long value) {
        return new ReplayOptions(observer, frames, OptionalLong.of(value));
    }
}
