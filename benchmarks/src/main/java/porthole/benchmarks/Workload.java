package porthole.benchmarks;

/** Octets of one kind, and what decodes all of them once. Prepared when it is made; one thread at a time. */
public interface Workload extends AutoCloseable {
    /** Decodes everything once more; what was allocated the first time is used again. */
    void run();

    /** How many bitmaps, updates or messages one run decodes. */
    int frames();

    /** Pixels that one run decodes; 0 for bulk compression. */
    long pixels();

    /** Octets that one run takes in. */
    long octets();

    @Override
    default void close() {}
}
