package porthole.aad.explain;

import static porthole.aad.explain.Certainty.CERTAIN;
import static porthole.aad.explain.InvalidTokenCause.BEARER_TOKEN;
import static porthole.aad.explain.InvalidTokenCause.REQ_CNF;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import porthole.aad.json.Base64Url;
import porthole.aad.json.StrictJson;
import porthole.aad.token.AccessTokenText;

/** Explains a compact JOSE text: an RDP assertion, a client assertion, or an access token, by its looks. */
public final class TokenExplainer {
    private TokenExplainer() {}

    /** Whether a text can be meant as one of these. */
    public static boolean looksLikeOne(String text) {
        int dots = text.length() - text.replace(".", "").length();
        boolean scheme = text.regionMatches(true, 0, "bearer ", 0, 7) || text.regionMatches(true, 0, "pop ", 0, 4);
        return text.length() > 20
                && (dots == 2 || dots == 4)
                && (scheme || text.replaceFirst("^[\"']", "").startsWith("ey"));
    }

    /** Explains it; throws for no input whatever. */
    public static Explanation explain(String text, AssertionContext context) {
        String[] parts = text.split("\\.", -1);
        Optional<ObjectNode> payload = parts.length == 3
                ? Base64Url.decodeText(parts[1].replaceAll("[=\\s]", "")).flatMap(StrictJson::looseObject)
                : Optional.empty();
        if (payload.filter(AssertionExplainer::isOne).isPresent()) {
            return AssertionExplainer.explain(text, context);
        }
        if (payload.filter(ClientAssertionExplainer::isOne).isPresent()) {
            return ClientAssertionExplainer.explain(
                    text,
                    new ClientAssertionContext(
                            context.at().orElseGet(() -> madeAt(payload.get())),
                            Optional.empty(),
                            context.tenant(),
                            context.authority(),
                            Optional.empty()));
        }
        return accessToken(text, context);
    }

    /** Without a time to compare with, a client assertion is judged for the moment that it was made for. */
    private static java.time.Instant madeAt(ObjectNode payload) {
        long seconds = payload.path("nbf").asLong(payload.path("iat").asLong(0));
        return java.time.Instant.ofEpochSecond(Math.max(0, Math.min(seconds, 100_000_000_000L)));
    }

    private static Explanation accessToken(String text, AssertionContext context) {
        Map<String, Object> facts = new LinkedHashMap<>();
        Verdicts verdicts = new Verdicts();
        TokenChecksOfAssertion checks = new TokenChecksOfAssertion(context, verdicts, facts);
        checks.check(text, Optional.empty(), false);
        if (checks.readable().isEmpty()) {
            return new Explanation("an access token", facts, verdicts.list());
        }
        AccessTokenText.Readable token = checks.readable().get();
        for (String claim : new String[] {"upn", "azp", "appid", "azpacr", "appidacr", "scp", "ver"}) {
            token.text(claim).ifPresent(value -> facts.put(claim, Text.shown(value)));
        }
        new TimeChecks(context, verdicts, facts).checkToken(token);
        if (!verdicts.has(InvalidTokenCause.WRONG_TOKEN)) {
            binding(verdicts, token);
        }
        return new Explanation("an access token, of which nothing is verified", facts, verdicts.list());
    }

    private static void binding(Verdicts verdicts, AccessTokenText.Readable token) {
        String kid = token.keyId().orElse("");
        if (!token.claims().has("cnf")) {
            verdicts.found(BEARER_TOKEN, CERTAIN, "a token without cnf");
        } else if (!kid.matches("[A-Za-z0-9_-]{43}")) {
            verdicts.found(REQ_CNF, CERTAIN, "cnf.kid has " + kid.length() + " characters");
        } else {
            verdicts.excluded(BEARER_TOKEN, "bound to " + kid);
            verdicts.excluded(REQ_CNF, "43 characters");
        }
    }
}
