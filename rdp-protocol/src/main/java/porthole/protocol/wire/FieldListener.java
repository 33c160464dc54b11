package porthole.protocol.wire;

/** Is told each field as a {@link WireReader} reads it; this is how a capture is taken apart without a second decoder. */
@FunctionalInterface
public interface FieldListener {
    /**
     * @param path the field's path from the PDU on, for example {@code ConnectionConfirm.negotiationResponse.flags}
     * @param offset octets from the start of the frame
     * @param length octets that the field takes
     * @param value a {@link Long}, a {@link String} or {@link Bytes}
     */
    void field(String path, int offset, int length, Object value);
}
