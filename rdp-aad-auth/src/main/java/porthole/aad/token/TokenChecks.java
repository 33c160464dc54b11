package porthole.aad.token;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import porthole.aad.RdpAccessToken;
import porthole.aad.token.TokenFinding.Level;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Stage;

/** Finds out, before a host is asked, why it would refuse a token; what cannot be read is said to be unknown. */
public final class TokenChecks {
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final String DEVICE_SERVICE = "ms-device-service://";
    private static final List<String> OTHER_SERVICES =
            List.of("9cdead84-a844-4324-93f2-b2e6bb768d07", "wvd.microsoft.com", "wvd.azure", "graph.microsoft.com");
    private static final String GET_ONE_FOR_THE_HOST = "get a token with the scope that is asked for";

    private TokenChecks() {}

    /** Everything that stands out; empty where the token looks right. */
    public static List<TokenFinding> of(RdpAccessToken token, TokenRequest request, Instant now) {
        List<TokenFinding> findings = new ArrayList<>();
        AccessTokenText text = AccessTokenText.of(token.value());
        if (text instanceof AccessTokenText.Damaged damaged) {
            findings.add(problem(
                    "token-damaged",
                    damaged.why(),
                    "a token of three segments, exactly as it was issued",
                    "hand the token over without scheme name, quotes and line ends, and without cutting it"));
        } else if (text instanceof AccessTokenText.Readable readable) {
            binding(findings, readable, request);
            audience(findings, readable, request);
            lifetime(findings, readable, token, now);
        } else {
            opaque(findings, token, now);
        }
        return List.copyOf(findings);
    }

    /** The failure of the first problem; empty where there is none, whatever is unknown. */
    public static Optional<RdpFailure> failure(List<TokenFinding> findings) {
        return findings.stream()
                .filter(f -> f.level() == Level.PROBLEM)
                .findFirst()
                .map(f -> new LocalFailure(
                                f.name(), "the host would refuse this access token", f.seen(), f.expected(), f.remedy())
                        .in(Stage.TOKEN));
    }

    private static void binding(List<TokenFinding> findings, AccessTokenText.Readable token, TokenRequest request) {
        String thumbprint = request.key().thumbprint();
        if (!token.claims().has("cnf")) {
            findings.add(problem(
                    "bearer-token",
                    "a token without cnf, which is bound to no key",
                    "cnf.kid " + thumbprint,
                    "send req_cnf in the token request itself (with a device code: when polling)"));
            return;
        }
        Optional<String> kid = token.keyId();
        if (kid.isEmpty()) {
            findings.add(problem(
                    "key-binding",
                    "cnf without kid",
                    "cnf.kid " + thumbprint,
                    "send req_cnf as base64url of {\"kid\":\"THUMBPRINT\"}"));
        } else if (kid.get().equals(request.reqCnf())) {
            findings.add(problem(
                    "key-binding",
                    "cnf.kid is the wrapped thumbprint",
                    "cnf.kid " + thumbprint,
                    "wrap the thumbprint once, not twice, in req_cnf"));
        } else if (!kid.get().equals(thumbprint)) {
            findings.add(problem(
                    "key-mismatch",
                    "cnf.kid " + shown(kid.get()),
                    "cnf.kid " + thumbprint,
                    "use the key that the token was asked for with, or ask for a new token"));
        }
    }

    private static void audience(List<TokenFinding> findings, AccessTokenText.Readable token, TokenRequest request) {
        String uri = request.target().uri();
        String aud = token.text("aud").orElse("");
        if (!aud.equals(uri)) {
            boolean forAnother = aud.startsWith(DEVICE_SERVICE) && !aud.equalsIgnoreCase(uri);
            boolean otherService = OTHER_SERVICES.stream().anyMatch(aud::contains) && !aud.startsWith(DEVICE_SERVICE);
            if (forAnother || otherService) {
                findings.add(problem("audience", "aud " + shown(aud), "aud " + uri, GET_ONE_FOR_THE_HOST));
            } else {
                findings.add(unknown("audience", aud.isEmpty() ? "no aud" : "aud " + shown(aud), "aud " + uri));
            }
        }
        Optional<String> scp = token.text("scp");
        if (scp.isEmpty()) {
            findings.add(unknown("permission", "no scp", "scp user_impersonation"));
        } else if (!Arrays.asList(scp.get().split(" ")).contains("user_impersonation")) {
            findings.add(
                    problem("permission", "scp " + shown(scp.get()), "scp user_impersonation", GET_ONE_FOR_THE_HOST));
        }
    }

    private static void lifetime(
            List<TokenFinding> findings, AccessTokenText.Readable token, RdpAccessToken received, Instant now) {
        Optional<Instant> expires =
                token.seconds("exp").flatMap(TokenChecks::instant).or(received::expiresAt);
        if (expires.isEmpty()) {
            findings.add(unknown("lifetime", "no exp", "a time after " + now));
        } else {
            expired(findings, expires.get(), now);
        }
        token.seconds("nbf")
                .flatMap(TokenChecks::instant)
                .filter(nbf -> nbf.isAfter(now.plus(TOLERANCE)))
                .ifPresent(nbf -> findings.add(problem(
                        "not-yet-valid", "valid from " + nbf, "now, " + now, "set this machine's clock right")));
    }

    private static void opaque(List<TokenFinding> findings, RdpAccessToken token, Instant now) {
        findings.add(unknown(
                "token-encrypted",
                "an encrypted token of five segments: the key it is bound to, its audience, its permission and its"
                        + " lifetime cannot be checked from here",
                "a token that can be read"));
        token.expiresAt().ifPresent(t -> expired(findings, t, now));
        if (token.tokenType().equalsIgnoreCase("bearer")) {
            findings.add(problem(
                    "bearer-token",
                    "token_type " + shown(token.tokenType()),
                    "token_type pop",
                    "send req_cnf in the token request itself (with a device code: when polling)"));
        }
    }

    private static void expired(List<TokenFinding> findings, Instant expires, Instant now) {
        if (!expires.isAfter(now)) {
            findings.add(problem(
                    "token-expired",
                    "expired at " + expires,
                    "a time after " + now,
                    "get a new token; if it is new, set this machine's clock right"));
        }
    }

    private static Optional<Instant> instant(long seconds) {
        return seconds >= 0 && seconds <= Instant.MAX.getEpochSecond()
                ? Optional.of(Instant.ofEpochSecond(seconds))
                : Optional.empty();
    }

    private static String shown(String text) {
        String safe = text.replaceAll("[^\\x20-\\x7E]", "?");
        return safe.length() > 120 ? safe.substring(0, 120) + "..." : safe;
    }

    private static TokenFinding problem(String name, String seen, String expected, String remedy) {
        return new TokenFinding(name, Level.PROBLEM, seen, expected, remedy);
    }

    private static TokenFinding unknown(String name, String seen, String expected) {
        return new TokenFinding(name, Level.UNKNOWN, seen, expected, "try it: the host can tell");
    }
}
