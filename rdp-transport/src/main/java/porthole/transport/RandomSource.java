package porthole.transport;

/** Where random octets come from: {@code SecureRandom::nextBytes}, or a fixed sequence in a replay. */
@FunctionalInterface
public interface RandomSource {
    /** Fills the array. */
    void fill(byte[] octets);

    default byte[] octets(int count) {
        byte[] octets = new byte[count];
        fill(octets);
        return octets;
    }
}
