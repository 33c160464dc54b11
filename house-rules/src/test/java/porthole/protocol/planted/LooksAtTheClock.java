package porthole.protocol.planted;

/** Breaks the purity of the protocol. */
final class LooksAtTheClock {
    private LooksAtTheClock() {}

    static long now() {
        return System.nanoTime();
    }
}
