package porthole.aad.avd;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import porthole.protocol.wire.Bytes;

/** The broker's binary members: octets as base64, its text as UTF-16LE, and that as base64 again. */
public final class DoublyEncoded {
    private DoublyEncoded() {}

    /** The octets inside; empty where either layer is no base64. */
    public static Optional<Bytes> decode(String text) {
        try {
            byte[] inner = Base64.getMimeDecoder().decode(text);
            if (inner.length % 2 != 0) {
                return Optional.empty();
            }
            String letters = new String(inner, StandardCharsets.UTF_16LE)
                    .replace("\0", "")
                    .strip();
            return Optional.of(Bytes.of(Base64.getDecoder().decode(letters.replaceAll("[\r\n]", ""))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The text for these octets. */
    public static String encode(Bytes octets) {
        String letters = Base64.getEncoder().encodeToString(octets.toArray());
        return Base64.getEncoder().encodeToString(letters.getBytes(StandardCharsets.UTF_16LE));
    }
}
