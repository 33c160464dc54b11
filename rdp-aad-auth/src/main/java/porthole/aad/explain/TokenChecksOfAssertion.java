package porthole.aad.explain;

import static porthole.aad.explain.Certainty.CERTAIN;
import static porthole.aad.explain.Certainty.LIKELY;
import static porthole.aad.explain.InvalidTokenCause.AUDIENCE;
import static porthole.aad.explain.InvalidTokenCause.BEARER_TOKEN;
import static porthole.aad.explain.InvalidTokenCause.DAMAGED_TOKEN;
import static porthole.aad.explain.InvalidTokenCause.HOST_CANNOT_VALIDATE;
import static porthole.aad.explain.InvalidTokenCause.KEY_MISMATCH;
import static porthole.aad.explain.InvalidTokenCause.OTHER_CLOUD;
import static porthole.aad.explain.InvalidTokenCause.OTHER_DEVICE;
import static porthole.aad.explain.InvalidTokenCause.OTHER_TENANT;
import static porthole.aad.explain.InvalidTokenCause.REQ_CNF;
import static porthole.aad.explain.InvalidTokenCause.THUMBPRINT_TEXT;
import static porthole.aad.explain.InvalidTokenCause.TOKEN_LIFETIME;
import static porthole.aad.explain.InvalidTokenCause.WRONG_TOKEN;
import static porthole.aad.explain.Text.shown;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import porthole.aad.credential.SigningAlgorithm;
import porthole.aad.entra.Cloud;
import porthole.aad.json.StrictJson;
import porthole.aad.token.AccessTokenText;

/** Causes 10 to 13, 20 and 21: the access token of an assertion, and whom it is for. */
final class TokenChecksOfAssertion {
    private static final String DEVICE_SERVICE = "ms-device-service://";
    private static final String PERMISSION = "/user_impersonation";
    /** What a recording without secrets has in the place of one. */
    private static final Pattern TAKEN_OUT = Pattern.compile("(.)\\1{15,}");

    private static final Pattern DEVICE =
            Pattern.compile("ms-device-service://[^/]+/(name|id)/([^/]+)", Pattern.CASE_INSENSITIVE);

    private final AssertionContext context;
    private final Verdicts verdicts;
    private final Map<String, Object> facts;
    private Optional<AccessTokenText.Readable> readable = Optional.empty();

    TokenChecksOfAssertion(AssertionContext context, Verdicts verdicts, Map<String, Object> facts) {
        this.context = context;
        this.verdicts = verdicts;
        this.facts = facts;
    }

    /** The token, where it can be read. */
    Optional<AccessTokenText.Readable> readable() {
        return readable;
    }

    void check(ObjectNode payload) {
        check(StrictJson.text(payload, "at").orElse(""), StrictJson.text(payload, "u"), true);
    }

    /** @param uri {@code u} of the assertion; where {@code inAssertion}, it has to be there */
    void check(String token, Optional<String> uri, boolean inAssertion) {
        if (TAKEN_OUT.matcher(token).matches()) {
            unreadable("the token was taken out of the recording");
            verdicts.unknown(DAMAGED_TOKEN, "the token was taken out of the recording");
            facts.put("token", "taken out of the recording");
            uri.ifPresent(v -> facts.put("u", shown(v)));
            return;
        }
        AccessTokenText text = AccessTokenText.of(token);
        if (text instanceof AccessTokenText.Damaged damaged) {
            verdicts.found(DAMAGED_TOKEN, CERTAIN, token.isEmpty() ? "no token" : damaged.why());
            return;
        }
        if (text instanceof AccessTokenText.Opaque) {
            verdicts.excluded(DAMAGED_TOKEN, "five segments");
            unreadable("the token is encrypted: it cannot be read from here");
            facts.put("token", "encrypted (JWE), opaque here");
            return;
        }
        AccessTokenText.Readable claims = (AccessTokenText.Readable) text;
        readable = Optional.of(claims);
        String aud = claims.text("aud").orElse("");
        claims.text("aud").ifPresent(v -> facts.put("aud", shown(v)));
        uri.ifPresent(v -> facts.put("u", shown(v)));
        claims.text("tid").ifPresent(v -> facts.put("tenant", shown(v)));
        claims.text("iss").ifPresent(v -> facts.put("issuer", shown(v)));
        signature(claims);
        if (kind(claims, aud)) {
            return;
        }
        if (inAssertion) {
            audience(uri.orElse(""), aud);
        }
        device(uri, aud);
        tenant(claims);
        cloud(claims);
    }

    private void unreadable(String why) {
        for (InvalidTokenCause cause : List.of(
                WRONG_TOKEN,
                BEARER_TOKEN,
                REQ_CNF,
                THUMBPRINT_TEXT,
                KEY_MISMATCH,
                AUDIENCE,
                OTHER_DEVICE,
                OTHER_TENANT,
                OTHER_CLOUD,
                TOKEN_LIFETIME)) {
            verdicts.unknown(cause, why);
        }
    }

    private void signature(AccessTokenText.Readable token) {
        Optional<String> kid = StrictJson.text(token.header(), "kid");
        Optional<RSAPublicKey> key = context.keys().flatMap(keys -> kid.flatMap(keys::find));
        if (key.isPresent()) {
            byte[] input = token.signingInput().getBytes(StandardCharsets.US_ASCII);
            if (!SigningAlgorithm.RS256.verifies(key.get(), input, token.signature())) {
                verdicts.found(DAMAGED_TOKEN, CERTAIN, "the authority's signature does not verify: it was altered");
            }
        } else if (context.keys().isPresent()) {
            verdicts.found(OTHER_CLOUD, LIKELY, "the token's kid is not in the JWKS", HOST_CANNOT_VALIDATE);
        }
        verdicts.excluded(DAMAGED_TOKEN, "it decodes");
    }

    /** Cause 20; true where the token is of another kind altogether. */
    private boolean kind(AccessTokenText.Readable token, String aud) {
        boolean device = aud.regionMatches(true, 0, DEVICE_SERVICE, 0, DEVICE_SERVICE.length());
        boolean guid = aud.matches("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
        boolean cloudLogin = guid
                && (aud.equalsIgnoreCase("270efc09-cd0d-444b-a71f-39af4910ec45")
                        || aud.equalsIgnoreCase("a4a365df-50f1-4397-bc59-1a1564b8bb9c"));
        String seen = null;
        if (!device && !aud.isEmpty() && !cloudLogin) {
            boolean service = aud.contains("wvd.microsoft.com")
                    || aud.contains("wvd.azure")
                    || aud.equals("9cdead84-a844-4324-93f2-b2e6bb768d07");
            boolean id = token.claims().has("nonce") || !token.claims().has("scp") && guid;
            seen = "aud " + shown(aud)
                    + (service ? ": the Azure Virtual Desktop service" : id ? ": an id token, by its looks" : "");
        } else if (token.text("scp")
                .filter(s -> !(" " + s + " ").contains(" user_impersonation "))
                .isPresent()) {
            seen = "scp " + shown(token.text("scp").orElse(""));
        }
        if (seen == null) {
            verdicts.excluded(WRONG_TOKEN, "a token for the device service");
            return false;
        }
        verdicts.found(WRONG_TOKEN, CERTAIN, seen);
        return true;
    }

    /** Cause 10. */
    private void audience(String uri, String aud) {
        if (uri.isEmpty()) {
            verdicts.found(AUDIENCE, CERTAIN, "no u");
        } else if (uri.equals(aud)) {
            verdicts.excluded(AUDIENCE, "u is aud");
        } else if (!DEVICE.matcher(aud).lookingAt()) {
            verdicts.unknown(AUDIENCE, "aud " + shown(aud) + ", which names no host");
        } else {
            Certainty certainty = uri.equalsIgnoreCase(aud) ? LIKELY : CERTAIN;
            verdicts.found(AUDIENCE, certainty, "u " + shown(uri) + ", aud " + shown(aud) + difference(uri, aud));
        }
    }

    private static String difference(String uri, String aud) {
        if (uri.equalsIgnoreCase(aud)) {
            return ": other case";
        }
        if (uri.equals(aud + PERMISSION)) {
            return ": " + PERMISSION + " was left on";
        }
        if (uri.equals(aud + "/") || aud.equals(uri + "/")) {
            return ": a slash at the end";
        }
        Matcher one = DEVICE.matcher(uri);
        Matcher other = DEVICE.matcher(aud);
        if (!one.matches() || !other.matches()) {
            return "";
        }
        if (!one.group(1).equalsIgnoreCase(other.group(1))) {
            return ": /id/ and /name/";
        }
        boolean qualified =
                one.group(2).startsWith(other.group(2) + ".") || other.group(2).startsWith(one.group(2) + ".");
        return qualified ? ": the full DNS name and the short one" : ": another name";
    }

    /** Cause 11. */
    private void device(Optional<String> uri, String aud) {
        Optional<String> host = context.hostUri();
        if (host.isEmpty()) {
            verdicts.unknown(OTHER_DEVICE, "for " + shown(aud) + "; which host answered is not known");
        } else if (host.get().equals(aud)) {
            verdicts.excluded(OTHER_DEVICE, "for " + host.get());
        } else if (!DEVICE.matcher(aud).lookingAt()) {
            verdicts.unknown(OTHER_DEVICE, "aud " + shown(aud) + ", which names no host");
        } else if (uri.filter(host.get()::equals).isPresent() && verdicts.has(AUDIENCE)) {
            verdicts.excluded(OTHER_DEVICE, "u names the host; see audience");
        } else if (host.get().equalsIgnoreCase(aud)) {
            verdicts.unknown(OTHER_DEVICE, "for the host's name in other case: " + shown(aud));
        } else if (host.get().contains("/name/") && aud.contains("/id/")) {
            verdicts.unknown(OTHER_DEVICE, "for a device id, which cannot be compared with the host's name");
        } else {
            verdicts.found(OTHER_DEVICE, CERTAIN, "for " + shown(aud) + ", reached " + shown(host.get()));
        }
    }

    /** Cause 12. */
    private void tenant(AccessTokenText.Readable token) {
        String tid = token.text("tid").orElse("");
        if (context.tenant().isEmpty() || tid.isEmpty()) {
            verdicts.unknown(
                    OTHER_TENANT,
                    tid.isEmpty() ? "no tid" : "tid " + shown(tid) + "; the device's tenant is not known");
        } else if (context.tenant().get().equalsIgnoreCase(tid)) {
            verdicts.excluded(OTHER_TENANT, "tid " + shown(tid));
        } else {
            verdicts.found(
                    OTHER_TENANT,
                    CERTAIN,
                    "tid " + shown(tid) + ", the device's is "
                            + context.tenant().get());
        }
    }

    /** Cause 13. */
    private void cloud(AccessTokenText.Readable token) {
        String issuer = token.text("iss").map(TokenChecksOfAssertion::hostOf).orElse("");
        Optional<Cloud> issued = Cloud.ofHost(issuer);
        String seen = "iss at " + (issuer.isEmpty() ? "no host" : shown(issuer))
                + issued.map(c -> " (" + c + " cloud)").orElse("");
        boolean known = StrictJson.text(token.header(), "kid")
                .flatMap(kid -> context.keys().flatMap(keys -> keys.find(kid)))
                .isPresent();
        if (context.authority().isEmpty() && known) {
            verdicts.excluded(OTHER_CLOUD, seen + ", signed with a key of the JWKS");
            return;
        }
        if (context.authority().isEmpty()) {
            verdicts.unknown(OTHER_CLOUD, seen + "; the device's cloud is not known");
            return;
        }
        String wanted = context.authority().get();
        if (isOfAnother(wanted)) {
            verdicts.found(OTHER_CLOUD, CERTAIN, seen + ", the device's authority is " + shown(wanted));
        } else {
            verdicts.excluded(OTHER_CLOUD, seen);
        }
    }

    /** Whether the token was issued in another cloud, or by another host that belongs to none, than this authority's. */
    boolean isOfAnother(String authority) {
        String issuer = readable.flatMap(t -> t.text("iss"))
                .map(TokenChecksOfAssertion::hostOf)
                .orElse(authority);
        Optional<Cloud> issued = Cloud.ofHost(issuer);
        return issued.isPresent() ? !issued.equals(Cloud.ofHost(authority)) : !issuer.equalsIgnoreCase(authority);
    }

    private static String hostOf(String issuer) {
        try {
            URI uri = URI.create(issuer);
            return uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
