package porthole.client;

import java.time.Duration;

/**
 * How a lost session is restored.
 *
 * @param attempts the most connections that are tried for one loss; 0 for none
 * @param within the time after the loss in which the last of them may begin
 * @param first the mean wait before the first attempt; each further one waits twice as long
 * @param longest the mean wait that is not doubled any more
 */
public record ReconnectPolicy(int attempts, Duration within, Duration first, Duration longest) {
    /** A lost session is over. */
    public static final ReconnectPolicy NONE = new ReconnectPolicy(0, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    public ReconnectPolicy {
        if (attempts < 0 || within.isNegative() || first.isNegative() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("no number of attempts and times: " + attempts + ", " + within);
        }
    }

    /** With waits from half a second to half a minute. */
    public static ReconnectPolicy of(int attempts, Duration within) {
        return new ReconnectPolicy(attempts, within, FIRST, LONGEST);
    }

    /**
     * The wait before an attempt.
     *
     * @param attempt from 1
     * @param chance 0 to 1, so that the clients of a host that went away do not all come back at once
     */
    public Duration before(int attempt, double chance) {
        long mean = first.toNanos();
        for (int i = 1; i < attempt && mean < longest.toNanos(); i++) {
            mean = Math.min(2 * mean, longest.toNanos());
        }
        return Duration.ofNanos((long) (mean * (0.5 + chance)));
    }
}
