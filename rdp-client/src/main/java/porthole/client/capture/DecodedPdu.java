package porthole.client.capture;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import porthole.protocol.failure.WireException;
import porthole.protocol.wire.Bytes;

/**
 * One message of a capture, taken apart.
 *
 * @param n 0 for the first message of the capture
 * @param time of the message's last octet, since the recording began
 * @param direction which way it went
 * @param streamOffset octets of its direction before it
 * @param length octets of the message, headers included
 * @param name the specification's name, with the channel or the update kinds in brackets; several, joined by {@code +},
 *     where one message carries several PDUs
 * @param fields in the order in which they were read
 * @param problem why the message could not be read to its end, if so
 * @param plain the octets that were read, where the message had to be decrypted first
 */
public record DecodedPdu(
        int n,
        Duration time,
        Direction direction,
        long streamOffset,
        int length,
        String name,
        List<Field> fields,
        Optional<WireException> problem,
        Optional<Bytes> plain) {
    public DecodedPdu {
        fields = List.copyOf(fields);
    }

    /**
     * One field.
     *
     * @param path from the PDU on, for example {@code ConnectionConfirm.negotiationResponse.flags}
     * @param offset octets from the first octet of the message; {@link #DERIVED} for a field of data that had to be
     *     decrypted, decompressed or put together from several messages first
     * @param length octets that the field takes
     * @param value a {@link Long}, a {@link String} or {@link Bytes}
     */
    public record Field(String path, int offset, int length, Object value) {
        public static final int DERIVED = -1;

        /** The path without the PDU. */
        public String name() {
            return path.substring(path.indexOf('.') + 1);
        }
    }

    /** Whether the message, or a part of it, is encrypted and could not be decrypted. */
    public boolean isSealed() {
        return name.contains("(encrypted)");
    }

    /** The field with that path. */
    public Optional<Field> field(String path) {
        return fields.stream().filter(field -> field.path().equals(path)).findFirst();
    }
}
