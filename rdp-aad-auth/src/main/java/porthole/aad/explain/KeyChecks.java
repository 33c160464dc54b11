package porthole.aad.explain;

import static porthole.aad.explain.Certainty.CERTAIN;
import static porthole.aad.explain.InvalidTokenCause.BEARER_TOKEN;
import static porthole.aad.explain.InvalidTokenCause.KEY_ENCODING;
import static porthole.aad.explain.InvalidTokenCause.KEY_MISMATCH;
import static porthole.aad.explain.InvalidTokenCause.REQ_CNF;
import static porthole.aad.explain.InvalidTokenCause.SIGNATURE;
import static porthole.aad.explain.InvalidTokenCause.STATE_MIX_UP;
import static porthole.aad.explain.InvalidTokenCause.THUMBPRINT_TEXT;
import static porthole.aad.explain.Text.shown;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import porthole.aad.PopKey;
import porthole.aad.credential.SigningAlgorithm;
import porthole.aad.json.Base64Url;
import porthole.aad.json.StrictJson;
import porthole.aad.token.AccessTokenText;

/** Causes 4 to 9 and 23: the key of an assertion, its signature, and the token's binding to it. */
final class KeyChecks {
    private static final int MODULUS = 256;
    private static final int MAX_MODULUS = 1024;
    private static final String EXPONENT = "AQAB";

    private final AssertionContext context;
    private final Verdicts verdicts;
    private final Map<String, Object> facts;

    KeyChecks(AssertionContext context, Verdicts verdicts, Map<String, Object> facts) {
        this.context = context;
        this.verdicts = verdicts;
        this.facts = facts;
    }

    private record Jwk(String e, String n, byte[] modulus, byte[] exponent) {}

    void check(
            ObjectNode header,
            ObjectNode payload,
            String assertion,
            String compact,
            Optional<AccessTokenText.Readable> token) {
        JsonNode node = payload.path("cnf").path("jwk");
        Optional<Jwk> jwk = jwk(node);
        if (jwk.isEmpty()) {
            verdicts.found(KEY_ENCODING, CERTAIN, "cnf.jwk is no RSA key with e and n in base64url");
            verdicts.unknown(SIGNATURE, "there is no key to verify it with");
            return;
        }
        String thumbprint = PopKey.thumbprint(jwk.get().e(), jwk.get().n());
        facts.put("keyThumbprint", thumbprint);
        String kid = StrictJson.text(header, "kid").orElse("");
        facts.put(
                "kid",
                kid.equals(thumbprint)
                        ? "the thumbprint"
                        : kid.equals(PopKey.reqCnf(thumbprint))
                                ? "the wrapped thumbprint"
                                : "another text, which is fine");
        encoding(jwk.get());
        signature(jwk.get(), assertion, compact);
        token.ifPresent(t -> binding(jwk.get(), thumbprint, t, payload));
    }

    private static Optional<Jwk> jwk(JsonNode node) {
        Optional<String> e = StrictJson.text(node, "e");
        Optional<String> n = StrictJson.text(node, "n");
        Optional<byte[]> exponent = e.flatMap(Base64Url::decode).filter(o -> o.length > 0 && o.length <= 8);
        Optional<byte[]> modulus = n.flatMap(Base64Url::decode).filter(o -> o.length > 0 && o.length <= MAX_MODULUS);
        boolean rsa = StrictJson.text(node, "kty").filter("RSA"::equals).isPresent();
        return rsa && exponent.isPresent() && modulus.isPresent()
                ? Optional.of(new Jwk(e.get(), n.get(), modulus.get(), exponent.get()))
                : Optional.empty();
    }

    private void encoding(Jwk jwk) {
        if (jwk.modulus()[0] == 0) {
            verdicts.found(
                    KEY_ENCODING, CERTAIN, "n has " + jwk.modulus().length + " octets, of which the first is zero");
        } else if (jwk.modulus().length != MODULUS) {
            verdicts.found(KEY_ENCODING, CERTAIN, "n has " + jwk.modulus().length + " octets");
        } else if (!jwk.e().equals(EXPONENT)) {
            verdicts.found(KEY_ENCODING, CERTAIN, "e is " + shown(jwk.e()));
        } else {
            verdicts.excluded(KEY_ENCODING, "256 octets, AQAB");
        }
    }

    private void signature(Jwk jwk, String assertion, String compact) {
        Optional<PublicKey> key = publicKey(jwk);
        byte[] signature = Base64Url.decode(compact.substring(compact.lastIndexOf('.') + 1))
                .orElse(new byte[0]);
        boolean takenOut = signature.length > 0 && Arrays.equals(signature, new byte[signature.length]);
        if (key.isEmpty() || takenOut) {
            verdicts.unknown(SIGNATURE, takenOut ? "it was taken out of the recording" : "the key cannot be used");
            return;
        }
        // a text that is not spelled as base64url may have been signed as it stands
        for (String text : List.of(compact, assertion)) {
            byte[] input = text.substring(0, Math.max(0, text.lastIndexOf('.'))).getBytes(StandardCharsets.US_ASCII);
            if (SigningAlgorithm.RS256.verifies(key.get(), input, signature)) {
                verdicts.excluded(SIGNATURE, "made with the key of cnf.jwk");
                return;
            }
            if (SigningAlgorithm.PS256.verifies(key.get(), input, signature)) {
                verdicts.found(SIGNATURE, CERTAIN, "the signature is RSASSA-PSS (PS256)");
                return;
            }
        }
        verdicts.found(
                SIGNATURE,
                CERTAIN,
                signature.length == 0
                        ? "no signature"
                        : signature.length + " octets that are no signature of cnf.jwk's key over header.payload");
    }

    private static Optional<PublicKey> publicKey(Jwk jwk) {
        try {
            return Optional.of(KeyFactory.getInstance("RSA")
                    .generatePublic(
                            new RSAPublicKeySpec(new BigInteger(1, jwk.modulus()), new BigInteger(1, jwk.exponent()))));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private void binding(Jwk jwk, String thumbprint, AccessTokenText.Readable token, ObjectNode payload) {
        if (!token.claims().has("cnf")) {
            verdicts.found(BEARER_TOKEN, CERTAIN, "a token without cnf");
            return;
        }
        verdicts.excluded(BEARER_TOKEN, "the token has cnf");
        String kid = token.keyId().orElse("");
        Optional<String> malformed = malformed(kid, jwk, thumbprint);
        if (malformed.isPresent()) {
            verdicts.found(REQ_CNF, CERTAIN, malformed.get());
            return;
        }
        verdicts.excluded(REQ_CNF, "cnf.kid has 43 characters");
        if (kid.equals(thumbprint) || kid.equals(PopKey.thumbprint(jwk.e(), canonical(jwk)))) {
            verdicts.excluded(THUMBPRINT_TEXT, "");
            verdicts.excluded(KEY_MISMATCH, "cnf.kid is the thumbprint of cnf.jwk");
            return;
        }
        Optional<String> otherText = otherText(jwk, kid);
        if (otherText.isPresent()) {
            verdicts.found(THUMBPRINT_TEXT, CERTAIN, "cnf.kid is the hash of " + otherText.get());
            return;
        }
        verdicts.excluded(THUMBPRINT_TEXT, "cnf.kid is no hash of another spelling of this key");
        String at = StrictJson.text(payload, "at").orElse("");
        boolean oldToken = context.earlier().stream()
                .map(EarlierAttempt::of)
                .anyMatch(e -> !at.isEmpty() && at.equals(e.token()) && !jwk.n().equals(e.modulus()));
        if (oldToken) {
            verdicts.found(
                    STATE_MIX_UP, CERTAIN, "the token of an attempt before, with another key than then", KEY_MISMATCH);
        }
        verdicts.found(KEY_MISMATCH, CERTAIN, "cnf.kid " + shown(kid) + ", thumbprint " + thumbprint, STATE_MIX_UP);
    }

    private static String canonical(Jwk jwk) {
        int from = 0;
        while (from < jwk.modulus().length - 1 && jwk.modulus()[from] == 0) {
            from++;
        }
        return Base64Url.encode(Arrays.copyOfRange(jwk.modulus(), from, jwk.modulus().length));
    }

    private static Optional<String> malformed(String kid, Jwk jwk, String thumbprint) {
        if (kid.isEmpty()) {
            return Optional.of("cnf without kid");
        }
        if (kid.equals(PopKey.reqCnf(thumbprint))) {
            return Optional.of("cnf.kid is the wrapped thumbprint: it was wrapped twice");
        }
        if (kid.replaceAll("=+$", "").equals(thumbprint) && !kid.equals(thumbprint)) {
            return Optional.of("cnf.kid is the thumbprint with padding");
        }
        if (kid.matches("[0-9A-Fa-f]{64}")) {
            return Optional.of("cnf.kid is a thumbprint in hexadecimal");
        }
        return kid.matches("[A-Za-z0-9_-]{43}")
                ? Optional.empty()
                : Optional.of("cnf.kid has " + kid.length() + " characters");
    }

    /** Which other text of the same key has this hash. */
    private static Optional<String> otherText(Jwk jwk, String kid) {
        byte[] signed = new byte[jwk.modulus().length + 1];
        System.arraycopy(jwk.modulus(), 0, signed, 1, jwk.modulus().length);
        for (String n : List.of(jwk.n(), Base64Url.encode(signed), jwk.n() + "==")) {
            String what = n.equals(jwk.n()) ? "" : n.endsWith("=") ? " with padded n" : " with a sign octet in n";
            for (String order : List.of("e,kty,n", "e,n,kty", "kty,e,n", "kty,n,e", "n,e,kty", "n,kty,e")) {
                for (String gap : List.of(":,", ": , ", ": ,", ":, ")) {
                    List<String> members = new ArrayList<>();
                    for (String name : order.split(",")) {
                        String value = name.equals("e") ? jwk.e() : name.equals("n") ? n : "RSA";
                        members.add("\"" + name + "\"" + gap.substring(0, gap.indexOf(',')) + "\"" + value + "\"");
                    }
                    String text = "{" + String.join(gap.substring(gap.indexOf(',')), members) + "}";
                    if (hash(text).equals(kid)) {
                        boolean spaced = gap.length() > 2;
                        return Optional.of("{" + order + "}" + (spaced ? " with white space" : "") + what);
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static String hash(String text) {
        try {
            return Base64Url.encode(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
