package porthole.aad.credential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import porthole.aad.json.Base64Url;
import porthole.aad.json.StrictJson;

/**
 * One field of a client assertion with what it is for.
 *
 * @param part {@code header} or {@code payload}
 * @param value shortened where it is long
 */
public record AssertionField(String part, String name, String value, String meaning) {
    private static final int SHOWN = 80;
    private static final Map<String, String> MEANINGS = Map.ofEntries(
            Map.entry("header.typ", "says that this is a JWT"),
            Map.entry("header.alg", "how it is signed; PS256 today, RS256 in older documentation (RFC 7518 3.1)"),
            Map.entry("header.x5t", "base64url of the 20 octets of the certificate's SHA-1 (RFC 7515 4.1.7)"),
            Map.entry("header.x5t#S256", "base64url of the 32 octets of the certificate's SHA-256 (RFC 7515 4.1.8)"),
            Map.entry("header.kid", "another name of the key, which must be the one registered (RFC 7515 4.1.4)"),
            Map.entry("header.x5c", "the certificates themselves, for subject name and issuer authentication"),
            Map.entry("payload.aud", "whom it is for: the token endpoint of the tenant (RFC 7523 3)"),
            Map.entry("payload.iss", "who says it: the client id (RFC 7523 3)"),
            Map.entry("payload.sub", "about whom: the client id again (RFC 7523 3)"),
            Map.entry("payload.jti", "unique for each assertion, so that none counts twice (RFC 7519 4.1.7)"),
            Map.entry("payload.nbf", "from when it counts, whole seconds since 1970 as a number"),
            Map.entry("payload.iat", "when it was made, whole seconds since 1970 as a number"),
            Map.entry("payload.exp", "until when it counts; 5 to 10 minutes after nbf are advised"));

    /** The fields in their order; empty where {@code compact} is no JWT. */
    public static List<AssertionField> of(String compact) {
        List<AssertionField> fields = new ArrayList<>();
        String[] parts = compact.split("\\.", -1);
        for (int i = 0; i < 2 && i < parts.length; i++) {
            String part = i == 0 ? "header" : "payload";
            Optional<ObjectNode> object = Base64Url.decodeText(parts[i]).flatMap(StrictJson::object);
            object.ifPresent(o ->
                    o.properties().forEach(member -> fields.add(of(part, member.getKey(), member.getValue()))));
        }
        return List.copyOf(fields);
    }

    private static AssertionField of(String part, String name, JsonNode node) {
        String text = node.isTextual() ? node.textValue() : node.toString();
        String value = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
        if (node.isIntegralNumber() && List.of("nbf", "iat", "exp").contains(name)) {
            try {
                value += " (" + Instant.ofEpochSecond(node.longValue()) + ")";
            } catch (DateTimeException e) {
                value += " (no time)";
            }
        }
        return new AssertionField(
                part, name, value, MEANINGS.getOrDefault(part + "." + name, "not asked for by the authority"));
    }
}
