package porthole.aad.json;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** base64url without padding (RFC 7515 section 2), in its one canonical spelling. */
public final class Base64Url {
    private Base64Url() {}

    public static String encode(byte[] octets) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    /** The UTF-8 octets of {@code text}, encoded. */
    public static String encode(String text) {
        return encode(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The octets; empty where the text is padded, has other characters, or has stray bits behind the last octet. */
    public static Optional<byte[]> decode(String text) {
        try {
            byte[] octets = Base64.getUrlDecoder().decode(text);
            return encode(octets).equals(text) ? Optional.of(octets) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The decoded octets read as UTF-8; empty like {@link #decode}. */
    public static Optional<String> decodeText(String text) {
        return decode(text).map(octets -> new String(octets, StandardCharsets.UTF_8));
    }
}
