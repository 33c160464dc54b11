package porthole.aad.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import porthole.aad.PopKey;
import porthole.aad.RdpAssertion;
import porthole.aad.json.Base64Url;
import porthole.aad.json.StrictJson;
import porthole.aad.token.AccessTokenText;
import porthole.protocol.failure.WireException;

/**
 * Checks an assertion as a host would, and goes on after a failed check so that the report is complete
 * (MS-RDPBCGR 2.2.18.2.1). Thread-safe; takes about a millisecond; throws for no input whatever.
 */
public final class AssertionVerifier {
    private static final Set<String> MEMBERS = Set.of("ts", "at", "u", "nonce", "cnf", "client_claims");
    private static final int MIN_BITS = 2048;
    private static final int MAX_BITS = 4096;
    private static final int MAX_EXPONENT_BITS = 32;

    private final Expectations expectations;

    public AssertionVerifier(Expectations expectations) {
        this.expectations = expectations;
    }

    /**
     * Checks one assertion, and marks the authority's nonce in it as presented.
     *
     * @param compact the value of {@code rdp_assertion}
     * @param serverNonce the host's own nonce of this connection
     * @param now by the host's clock
     */
    public VerificationReport verify(String compact, String serverNonce, Instant now) {
        Findings findings = new Findings(expectations);
        RdpAssertion assertion;
        try {
            assertion = RdpAssertion.parse(compact);
        } catch (WireException e) {
            findings.failed(Check.COMPACT_JWS, e.seen() + " (" + e.field() + ")");
            return findings.report();
        }
        Optional<ObjectNode> header = StrictJson.object(assertion.header());
        Optional<ObjectNode> payload = StrictJson.object(assertion.payload());
        if (header.isEmpty() || payload.isEmpty()) {
            findings.failed(
                    Check.COMPACT_JWS, "a " + (header.isEmpty() ? "header" : "payload") + " that is no JSON object");
            return findings.report();
        }
        findings.ok(Check.COMPACT_JWS, "");
        members(findings, payload.get());
        Optional<String> thumbprint = key(findings, assertion, payload.get());
        thumbprint.ifPresent(findings::thumbprint);
        header(findings, header.get(), thumbprint);
        time(findings, payload.get().get("ts"), now);
        nonce(findings, payload.get(), serverNonce);
        boolean rightResource = resource(findings, payload.get());
        token(findings, payload.get(), rightResource, thumbprint, now);
        clientClaims(findings, payload.get());
        return findings.report();
    }

    private static void members(Findings findings, ObjectNode payload) {
        List<String> others = payload.properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> !MEMBERS.contains(name))
                .toList();
        findings.verdict(Check.MEMBERS, others.isEmpty(), others.isEmpty() ? "" : others.size() + " others");
    }

    private static void header(Findings findings, ObjectNode header, Optional<String> thumbprint) {
        String alg = StrictJson.text(header, "alg").orElse("");
        findings.verdict(Check.ALG, alg.equals("RS256"), Findings.shown(alg));
        String kid = StrictJson.text(header, "kid").orElse("");
        String kind = thumbprint.filter(kid::equals).isPresent()
                ? "the thumbprint"
                : thumbprint.map(PopKey::reqCnf).filter(kid::equals).isPresent()
                        ? "the wrapped thumbprint"
                        : kid.isEmpty() ? "none" : "another text";
        findings.verdict(Check.KID, !kid.isEmpty(), kind);
    }

    /** The thumbprint of the key, where there is one that can be used; also checks the signature with it. */
    private static Optional<String> key(Findings findings, RdpAssertion assertion, ObjectNode payload) {
        JsonNode jwk = payload.path("cnf").path("jwk");
        Optional<byte[]> e = StrictJson.text(jwk, "e").flatMap(Base64Url::decode);
        Optional<byte[]> n = StrictJson.text(jwk, "n").flatMap(Base64Url::decode);
        boolean rsa = StrictJson.text(jwk, "kty").filter("RSA"::equals).isPresent();
        if (!rsa || e.isEmpty() || n.isEmpty() || e.get().length == 0 || n.get().length == 0) {
            findings.failed(Check.CNF_JWK, "no RSA key with e and n");
            return Optional.empty();
        }
        if (e.get()[0] == 0 || n.get()[0] == 0) {
            findings.failed(Check.CNF_JWK, "a number with leading zero octets, " + n.get().length + " octets of n");
            return Optional.empty();
        }
        findings.ok(Check.CNF_JWK, "");
        String thumbprint =
                PopKey.thumbprint(jwk.get("e").textValue(), jwk.get("n").textValue());
        BigInteger modulus = new BigInteger(1, n.get());
        BigInteger exponent = new BigInteger(1, e.get());
        // looked at before any arithmetic: huge numbers would buy much processor time
        boolean usable = modulus.bitLength() >= MIN_BITS
                && modulus.bitLength() <= MAX_BITS
                && exponent.bitLength() <= MAX_EXPONENT_BITS;
        findings.verdict(Check.KEY_SIZE, usable, modulus.bitLength() + " bits");
        if (usable) {
            byte[] signature = assertion.signature().toArray();
            boolean valid = publicKey(modulus, exponent)
                    .map(k -> verified(k, assertion.signingInput(), signature))
                    .orElse(false);
            findings.verdict(Check.JWS_SIGNATURE, valid, signature.length + " octets");
        }
        return Optional.of(thumbprint);
    }

    private void time(Findings findings, JsonNode ts, Instant now) {
        boolean text = ts != null && ts.isTextual() && ts.textValue().matches("[0-9]{1,18}");
        findings.verdict(
                Check.TS_TYPE,
                text,
                ts == null ? "no ts" : ts.getNodeType().name().toLowerCase(Locale.ROOT));
        boolean number = ts != null && ts.isIntegralNumber() && ts.canConvertToLong();
        if (!text && !number) {
            return;
        }
        long seconds = text ? Long.parseLong(ts.textValue()) : ts.longValue();
        long skew = now.getEpochSecond() - seconds;
        boolean fresh = within(skew);
        boolean millis = !fresh && within(now.getEpochSecond() - seconds / 1000);
        findings.verdict(Check.TS_FRESH, fresh, millis ? "milliseconds" : skew + " s before the host's clock");
    }

    private boolean within(long skew) {
        long tolerance = expectations.tolerance().toSeconds();
        return -tolerance <= skew && skew <= tolerance;
    }

    private static void nonce(Findings findings, ObjectNode payload, String serverNonce) {
        Optional<String> nonce = StrictJson.text(payload, "nonce");
        boolean same = nonce.filter(serverNonce::equals).isPresent();
        findings.verdict(
                Check.NONCE,
                same,
                same
                        ? ""
                        : nonce.map(n -> "another one of " + n.length() + " characters")
                                .orElse("none"));
    }

    private boolean resource(Findings findings, ObjectNode payload) {
        String u = StrictJson.text(payload, "u").orElse("");
        boolean right = expectations.audiences().contains(u);
        findings.verdict(Check.U, right, Findings.shown(u), expectations.audiences());
        return right;
    }

    private void clientClaims(Findings findings, ObjectNode payload) {
        Optional<String> nonce = StrictJson.text(payload, "client_claims")
                .flatMap(StrictJson::object)
                .flatMap(claims -> StrictJson.text(claims, "aad_nonce"));
        JsonNode claims = payload.get("client_claims");
        findings.verdict(
                Check.CLIENT_CLAIMS,
                nonce.isPresent(),
                nonce.isPresent() ? "" : claims == null ? "none" : claims.getNodeType() + " without aad_nonce");
        if (nonce.isEmpty() || expectations.nonces().isEmpty()) {
            return;
        }
        NonceRegister.State state = expectations.nonces().get().consume(nonce.get());
        boolean known = state == NonceRegister.State.FRESH || state == NonceRegister.State.USED;
        String seen = state.name().toLowerCase(Locale.ROOT);
        findings.verdict(Check.AAD_NONCE_KNOWN, known, seen);
        if (known) {
            findings.verdict(Check.AAD_NONCE_UNUSED, state == NonceRegister.State.FRESH, seen);
        }
    }

    private void token(
            Findings findings, ObjectNode payload, boolean rightResource, Optional<String> thumbprint, Instant now) {
        AccessTokenText text = AccessTokenText.of(StrictJson.text(payload, "at").orElse(""));
        if (text instanceof AccessTokenText.Damaged damaged) {
            findings.failed(Check.AT_JWT, damaged.why());
        } else if (text instanceof AccessTokenText.Readable token) {
            findings.ok(Check.AT_JWT, "");
            findings.user(token.text("upn").or(() -> token.text("preferred_username")));
            signature(findings, token);
            lifetime(findings, token, now);
            String aud = token.text("aud").orElse("");
            boolean same =
                    !rightResource || aud.equals(StrictJson.text(payload, "u").orElse(""));
            findings.verdict(
                    Check.AT_AUD,
                    same && expectations.audiences().contains(aud),
                    Findings.shown(aud),
                    expectations.audiences());
            String scp = token.text("scp").orElse("");
            findings.verdict(
                    Check.AT_SCP, Arrays.asList(scp.split(" ")).contains("user_impersonation"), Findings.shown(scp));
            thumbprint.ifPresent(t -> findings.verdict(
                    Check.AT_CNF_KID,
                    token.keyId().filter(t::equals).isPresent(),
                    token.keyId().map(Findings::shown).orElse("a token that is bound to no key"),
                    Set.of(t)));
            only(findings, Check.AT_ISS, expectations.issuer(), token.text("iss"));
            only(findings, Check.AT_TID, expectations.tenant(), token.text("tid"));
        } else {
            findings.unknown(Check.AT_JWT, "an encrypted token, which only its resource can read");
        }
    }

    private void signature(Findings findings, AccessTokenText.Readable token) {
        boolean rs256 =
                StrictJson.text(token.header(), "alg").filter("RS256"::equals).isPresent();
        findings.verdict(
                Check.AT_ALG,
                rs256,
                Findings.shown(StrictJson.text(token.header(), "alg").orElse("none")));
        if (expectations.keys().isEmpty()) {
            return;
        }
        Optional<RSAPublicKey> key = StrictJson.text(token.header(), "kid")
                .flatMap(kid -> expectations.keys().get().find(kid));
        findings.verdict(Check.AT_KID_IN_JWKS, key.isPresent(), key.isPresent() ? "" : "another key");
        if (key.isPresent() && rs256) {
            byte[] input = token.signingInput().getBytes(StandardCharsets.US_ASCII);
            findings.verdict(Check.AT_SIGNATURE, verified(key.get(), input, token.signature()), "");
        }
    }

    private void lifetime(Findings findings, AccessTokenText.Readable token, Instant now) {
        Optional<Long> exp = token.seconds("exp");
        Optional<Long> nbf = token.seconds("nbf");
        long seconds = now.getEpochSecond();
        long latestStart = seconds + expectations.tolerance().toSeconds();
        boolean valid = exp.filter(e -> seconds < e).isPresent()
                && nbf.filter(n -> n > latestStart).isEmpty();
        findings.verdict(
                Check.AT_NOT_EXPIRED,
                valid,
                nbf.map(n -> "nbf " + n).orElse("no nbf") + " to "
                        + exp.map(e -> "exp " + e).orElse("no exp"),
                Set.of("around " + seconds));
    }

    private static void only(Findings findings, Check check, Optional<String> wanted, Optional<String> claim) {
        wanted.ifPresent(w -> findings.verdict(
                check,
                claim.filter(w::equals).isPresent(),
                claim.map(Findings::shown).orElse("none"),
                Set.of(w)));
    }

    private static Optional<RSAPublicKey> publicKey(BigInteger modulus, BigInteger exponent) {
        try {
            return Optional.of((RSAPublicKey)
                    KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent)));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static boolean verified(PublicKey key, byte[] input, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance("SHA256withRSA");
            verifier.initVerify(key);
            verifier.update(input);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false; // a signature of the wrong length, for example
        }
    }
}
