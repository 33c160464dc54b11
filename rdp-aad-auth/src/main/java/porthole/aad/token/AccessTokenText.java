package porthole.aad.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.regex.Pattern;
import porthole.aad.json.Base64Url;
import porthole.aad.json.StrictJson;

/** What an access token looks like from outside: nothing here is verified. */
public sealed interface AccessTokenText {
    /**
     * A signed token that anybody can read.
     *
     * @param header the JOSE header
     * @param claims the payload
     * @param signingInput the octets under the signature, ASCII
     */
    record Readable(ObjectNode header, ObjectNode claims, String signingInput, byte[] signature)
            implements AccessTokenText {
        /** A claim that is a string. */
        public Optional<String> text(String claim) {
            return StrictJson.text(claims, claim);
        }

        /** A claim that is a time: whole seconds since 1970. */
        public Optional<Long> seconds(String claim) {
            return Optional.ofNullable(claims.get(claim))
                    .filter(node -> node.isIntegralNumber() && node.canConvertToLong())
                    .map(node -> node.longValue());
        }

        /** {@code cnf.kid}: the thumbprint of the key that the token is bound to. */
        public Optional<String> keyId() {
            return Optional.ofNullable(claims.get("cnf")).flatMap(cnf -> StrictJson.text(cnf, "kid"));
        }

        /** Which members there are; the values stay inside. */
        @Override
        public String toString() {
            return "Readable[header=" + header.size() + " members, claims=" + claims.size() + " members]";
        }
    }

    /** An encrypted token (JWE): only its resource can read it. */
    record Opaque() implements AccessTokenText {}

    /**
     * No token at all.
     *
     * @param why one clause that shows nothing of the text
     */
    record Damaged(String why) implements AccessTokenText {}

    /** Longest token that is looked at, in characters. */
    int MAX_LENGTH = 48 * 1024;

    /** Looks at a token as it was received. */
    static AccessTokenText of(String token) {
        if (token.isEmpty() || token.length() > MAX_LENGTH) {
            return new Damaged(token.length() + " characters");
        }
        if (Shape.SCHEME.matcher(token).lookingAt()) {
            return new Damaged("a scheme name such as Bearer in front");
        }
        if (!Shape.CHARACTERS.matcher(token).matches()) {
            return new Damaged("characters that no token has: quotes, spaces, line ends or padding");
        }
        String[] parts = token.split("\\.", -1);
        if (parts.length == 5) {
            return new Opaque();
        }
        if (parts.length != 3) {
            return new Damaged(parts.length + " segments");
        }
        Optional<ObjectNode> header = Base64Url.decodeText(parts[0]).flatMap(StrictJson::object);
        Optional<ObjectNode> claims = Base64Url.decodeText(parts[1]).flatMap(StrictJson::object);
        Optional<byte[]> signature = Base64Url.decode(parts[2]);
        if (header.isEmpty() || claims.isEmpty() || signature.isEmpty()) {
            String where = header.isEmpty() ? "header" : claims.isEmpty() ? "payload" : "signature";
            return new Damaged("a " + where + " that does not decode");
        }
        return new Readable(header.get(), claims.get(), parts[0] + "." + parts[1], signature.get());
    }

    /** The patterns of {@link #of}. */
    final class Shape {
        private static final Pattern CHARACTERS = Pattern.compile("[A-Za-z0-9_.-]+");
        private static final Pattern SCHEME = Pattern.compile("(?i)\"?(bearer|pop)\\s");

        private Shape() {}
    }
}
