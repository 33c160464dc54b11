package porthole.protocol.wire;

/**
 * One structure of a specification as an immutable value that can write itself.
 *
 * <p>Its counterpart is a static {@code decode(WireReader)} on each record. Decoding and encoding again gives the same
 * octets, unknown ones included.
 */
public interface Pdu {
    /** Appends the structure's octets. */
    void encode(WireWriter out);

    /** The structure's octets in an array of their own. */
    default byte[] toByteArray() {
        return WireWriter.toByteArray(this::encode);
    }
}
