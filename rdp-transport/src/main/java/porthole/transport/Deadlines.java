package porthole.transport;

import java.time.Duration;

/**
 * How long to wait.
 *
 * @param connect for one TCP connection attempt
 * @param phase for each single phase of the sequence
 * @param total from the first step to the active session
 */
public record Deadlines(Duration connect, Duration phase, Duration total) {
    public static final Deadlines DEFAULT =
            new Deadlines(Duration.ofSeconds(10), Duration.ofSeconds(15), Duration.ofSeconds(60));

    /** All three limits, none longer than {@code total}. */
    public static Deadlines within(Duration total) {
        return new Deadlines(min(DEFAULT.connect, total), min(DEFAULT.phase, total), total);
    }

    /** With that much more in total, for what happened before the connection began. */
    public Deadlines later(Duration by) {
        return new Deadlines(connect, phase, total.plus(by));
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
