package porthole.protocol.planted;

/** A failure outside the family. */
final class OwnException extends RuntimeException {
    OwnException() {
        super("own");
    }
}
