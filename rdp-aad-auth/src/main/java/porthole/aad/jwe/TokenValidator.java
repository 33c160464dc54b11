package porthole.aad.jwe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import porthole.aad.credential.SigningAlgorithm;
import porthole.aad.explain.Certainty;
import porthole.aad.explain.Explanation;
import porthole.aad.explain.Finding;
import porthole.aad.json.StrictJson;
import porthole.aad.token.AccessTokenText;
import porthole.aad.verify.TokenKeys;
import porthole.protocol.failure.LocalFailure;

/**
 * Judges access tokens as their resource does: decrypts where they are encrypted, verifies the signature against the
 * authority's keys, enforces a policy. Thread-safe.
 */
public final class TokenValidator {
    private static final String CLAIMS = "Microsoft identity platform, access token claims";

    private final TokenDecryption decryption;
    private final Optional<TokenKeys> keys;
    private final TokenPolicy policy;

    /** @param keys of the authority; without them no token is accepted, but everything else is looked at */
    public TokenValidator(TokenDecryption decryption, Optional<TokenKeys> keys, TokenPolicy policy) {
        this.decryption = decryption;
        this.keys = keys;
        this.policy = policy;
    }

    /**
     * What came of a token.
     *
     * @param claims of the token, whether or not it is accepted; empty where it cannot be read
     * @param explanation every check
     */
    public record Verdict(Optional<ObjectNode> claims, Explanation explanation) {
        /** Whether every check passed, and none was impossible. */
        public boolean isAccepted() {
            return claims.isPresent()
                    && explanation.findings().stream().allMatch(f -> f.certainty() == Certainty.EXCLUDED);
        }

        /** The claims of an accepted token; else a failure that says the first check that did not pass. */
        public ObjectNode acceptedClaims() {
            if (isAccepted()) {
                return claims.orElseThrow();
            }
            Finding first = explanation.findings().get(0);
            throw new LocalFailure(
                    "token-" + first.cause(),
                    "the access token is not accepted",
                    first.seen(),
                    first.rule(),
                    first.remedy());
        }

        /** The findings; the claims stay inside. */
        @Override
        public String toString() {
            return "Verdict[" + explanation.findings() + "]";
        }
    }

    /** Looks at a token, signed or encrypted; throws for no input whatever. */
    public Verdict check(String token, Instant now) {
        Map<String, Object> facts = new LinkedHashMap<>();
        List<Finding> findings = new ArrayList<>();
        String signed = token;
        if (AccessTokenText.of(token) instanceof AccessTokenText.Opaque) {
            try {
                TokenDecryption.Decrypted decrypted = decryption.decrypt(token);
                signed = decrypted.token();
                facts.put("alg", decrypted.alg());
                facts.put("enc", decrypted.enc());
                facts.put("keyChosenBy", decrypted.chosenBy());
                facts.put("certificate", decrypted.certificate());
            } catch (LocalFailure e) {
                findings.add(fault(
                        "decryption",
                        e.report().seen(),
                        e.report().expected(),
                        "RFC 7516",
                        e.report().remedy()));
                return new Verdict(Optional.empty(), Explanation.of("an encrypted access token", findings));
            }
        }
        if (!(AccessTokenText.of(signed) instanceof AccessTokenText.Readable readable)) {
            String why = AccessTokenText.of(signed) instanceof AccessTokenText.Damaged damaged
                    ? damaged.why()
                    : "an encrypted token inside another";
            findings.add(fault("malformed", why, "a signed JWT", "RFC 7519 7.2", "hand the token over unchanged"));
            return new Verdict(Optional.empty(), new Explanation("an access token", facts, findings));
        }
        signature(findings, readable);
        times(findings, readable, now);
        same(findings, "issuer", "iss", readable.text("iss"), policy.issuer());
        same(findings, "audience", "aud", readable.text("aud"), policy.audience());
        same(findings, "tenant", "tid", readable.text("tid"), policy.tenant());
        boolean v1 = readable.text("ver").filter("1.0"::equals).isPresent();
        String client = v1 ? "appid" : "azp";
        same(findings, "client", client, readable.text(client), policy.client());
        same(findings, "client-credential", client + "acr", readable.text(client + "acr"), policy.credential());
        return new Verdict(Optional.of(readable.claims()), new Explanation("an access token", facts, findings));
    }

    private void signature(List<Finding> findings, AccessTokenText.Readable token) {
        if (keys.isEmpty()) {
            findings.add(new Finding(
                    "signature",
                    Certainty.POSSIBLE,
                    "",
                    "the authority's keys are not at hand",
                    "signed by a key of the authority's jwks_uri",
                    "RFC 7515 5.2",
                    "give the authority's JWKS",
                    "",
                    List.of()));
            return;
        }
        String remedy = "refuse the token: anybody can write such claims";
        boolean rs256 =
                StrictJson.text(token.header(), "alg").filter("RS256"::equals).isPresent();
        Optional<RSAPublicKey> key = StrictJson.text(token.header(), "kid")
                .or(() -> StrictJson.text(token.header(), "x5t"))
                .flatMap(kid -> keys.get().find(kid));
        byte[] input = token.signingInput().getBytes(StandardCharsets.US_ASCII);
        if (!rs256) {
            findings.add(fault("signature-algorithm", "alg is not RS256", "RS256", CLAIMS, remedy));
        } else if (key.isEmpty()) {
            findings.add(fault(
                    "signature-key",
                    "kid names no key of the JWKS",
                    "a key of the authority's jwks_uri",
                    CLAIMS,
                    "read the JWKS again, as keys change; then refuse the token"));
        } else if (!SigningAlgorithm.RS256.verifies(key.get(), input, token.signature())) {
            findings.add(
                    fault("signature", "a signature that does not verify", "the authority's", "RFC 7515 5.2", remedy));
        } else {
            findings.add(passed("signature", "of the authority"));
        }
    }

    private void times(List<Finding> findings, AccessTokenText.Readable token, Instant now) {
        Optional<Long> until = token.seconds("exp");
        Optional<Long> from = token.seconds("nbf");
        long slack = policy.tolerance().toSeconds();
        String rule = "nbf to exp around " + now;
        if (until.isEmpty()) {
            findings.add(fault("lifetime", "no exp", rule, CLAIMS, "refuse the token"));
        } else if (until.get() <= now.getEpochSecond() - slack) {
            findings.add(fault("expired", "exp " + time(until.get()), rule, CLAIMS, "get a new token"));
        } else if (from.filter(f -> f > now.getEpochSecond() + slack).isPresent()) {
            findings.add(fault("not-yet-valid", "nbf " + time(from.get()), rule, CLAIMS, "set the clocks right"));
        } else {
            findings.add(passed("lifetime", "until " + time(until.get())));
        }
    }

    private static void same(
            List<Finding> findings, String cause, String claim, Optional<String> seen, Optional<String> wanted) {
        if (wanted.isEmpty()) {
            return;
        }
        if (seen.equals(wanted)) {
            findings.add(passed(cause, claim + " " + wanted.get()));
        } else {
            findings.add(fault(
                    cause,
                    seen.map(s -> claim + " " + shown(s)).orElse("no " + claim),
                    claim + " " + wanted.get(),
                    CLAIMS,
                    "refuse the token, or correct the policy"));
        }
    }

    private static String time(long seconds) {
        try {
            return Instant.ofEpochSecond(seconds).toString();
        } catch (DateTimeException e) {
            return Long.toString(seconds);
        }
    }

    private static String shown(String text) {
        String safe = text.replaceAll("[^\\x20-\\x7E]", "?");
        return safe.length() > 120 ? safe.substring(0, 120) + "..." : safe;
    }

    private static Finding fault(String cause, String seen, String rule, String section, String remedy) {
        return Finding.of(cause, Certainty.CERTAIN, "", seen, rule, section, remedy);
    }

    private static Finding passed(String cause, String seen) {
        return Finding.of(cause, Certainty.EXCLUDED, "", seen, "", "", "");
    }
}
