package porthole.aad.verify;

/** Knows the nonces that the authority handed out. */
@FunctionalInterface
public interface NonceRegister {
    /** What is known about a nonce. */
    enum State {
        /** Handed out, in time, and never presented before. */
        FRESH,
        /** Presented before. */
        USED,
        /** Handed out too long ago. */
        EXPIRED,
        /** Never handed out here. */
        UNKNOWN
    }

    /** Looks a nonce up and marks it as presented. */
    State consume(String nonce);
}
