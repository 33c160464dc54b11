package porthole.aad.explain;

import static porthole.aad.explain.Certainty.CERTAIN;
import static porthole.aad.explain.Certainty.HARMLESS;
import static porthole.aad.explain.Certainty.LIKELY;
import static porthole.aad.explain.InvalidTokenCause.AAD_NONCE;
import static porthole.aad.explain.InvalidTokenCause.BYTES_AROUND;
import static porthole.aad.explain.InvalidTokenCause.CLIENT_CLAIMS;
import static porthole.aad.explain.InvalidTokenCause.HEADER;
import static porthole.aad.explain.InvalidTokenCause.HOST_CANNOT_VALIDATE;
import static porthole.aad.explain.InvalidTokenCause.JSON_ODDITIES;
import static porthole.aad.explain.InvalidTokenCause.MEMBERS;
import static porthole.aad.explain.InvalidTokenCause.MEMBER_ORDER;
import static porthole.aad.explain.InvalidTokenCause.NOT_COMPACT;
import static porthole.aad.explain.InvalidTokenCause.NO_ZERO_OCTET;
import static porthole.aad.explain.InvalidTokenCause.SERVER_NONCE;
import static porthole.aad.explain.InvalidTokenCause.SERVER_NONCE_EXPIRED;
import static porthole.aad.explain.InvalidTokenCause.STATE_MIX_UP;
import static porthole.aad.explain.InvalidTokenCause.WRONG_TOKEN;
import static porthole.aad.explain.Text.shown;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import porthole.aad.json.Base64Url;
import porthole.aad.json.StrictJson;
import porthole.protocol.wire.Bytes;

/**
 * Why a host answers SEC_E_INVALID_TOKEN to an assertion: every cause that is known, each found, excluded, or left open
 * with a way to confirm it. Throws for no input whatever; shows no token, nonce or signature.
 */
public final class AssertionExplainer {
    private static final Pattern COMPACT = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+){2}");
    private static final Pattern ODDITY = Pattern.compile("\\\\/|\\\\u00[2-7][0-9A-Fa-f]");
    private static final List<String> MEMBER_NAMES = List.of("ts", "at", "u", "nonce", "cnf", "client_claims");
    private static final Duration SLOW = Duration.ofMinutes(2);
    private static final Duration QUICK = Duration.ofSeconds(30);

    private final AssertionContext context;
    private final Verdicts verdicts = new Verdicts();
    private final Map<String, Object> facts = new LinkedHashMap<>();

    private AssertionExplainer(AssertionContext context) {
        this.context = context;
    }

    /** Looks at the value of {@code rdp_assertion}. */
    public static Explanation explain(String assertion, AssertionContext context) {
        return new AssertionExplainer(context).explain(assertion);
    }

    /** Every cause as possible as it is without any assertion at hand. */
    static List<Finding> withoutAssertion() {
        Verdicts all = new Verdicts();
        for (InvalidTokenCause cause : InvalidTokenCause.values()) {
            if (cause != JSON_ODDITIES && cause != MEMBER_ORDER) {
                all.unknown(cause, "the assertion is not at hand");
            }
        }
        return all.list();
    }

    /** Whether these are the claims of an RDP assertion. */
    static boolean isOne(ObjectNode payload) {
        return payload.has("at") || payload.has("client_claims") || payload.has("ts") && payload.has("cnf");
    }

    private Explanation explain(String assertion) {
        context.sent().ifPresent(this::octets);
        if (context.sent().isEmpty()) {
            verdicts.unknown(NO_ZERO_OCTET, "the octets sent are not at hand");
            verdicts.unknown(BYTES_AROUND, "the octets sent are not at hand");
        }
        String compact = compact(assertion);
        String[] parts = compact.split("\\.", -1);
        Optional<ObjectNode> header = object(parts, 0, HEADER);
        Optional<ObjectNode> payload = object(parts, 1, MEMBERS);
        if (parts.length != 3 || header.isEmpty() || payload.isEmpty()) {
            String seen = parts.length != 3
                    ? parts.length + " segments"
                    : "a " + (header.isEmpty() ? "header" : "payload") + " that is no JSON object";
            verdicts.found(NOT_COMPACT, CERTAIN, seen);
            verdicts.unknown(HOST_CANNOT_VALIDATE, "only the host can tell");
            return new Explanation("an RDP assertion that cannot be read", facts, verdicts.list());
        }
        verdicts.excluded(NOT_COMPACT, "");
        header(header.get());
        members(payload.get());
        TokenChecksOfAssertion token = new TokenChecksOfAssertion(context, verdicts, facts);
        token.check(payload.get());
        new KeyChecks(context, verdicts, facts)
                .check(header.get(), payload.get(), assertion, compact, token.readable());
        serverNonce(payload.get());
        clientClaims(payload.get(), token);
        new TimeChecks(context, verdicts, facts).check(payload.get(), token.readable());
        if (context.earlier().isEmpty()) {
            verdicts.unknown(STATE_MIX_UP, "the attempt before is not at hand");
        } else {
            verdicts.excluded(STATE_MIX_UP, "another key, token and nonce than before, or the same pair");
        }
        verdicts.unknown(HOST_CANNOT_VALIDATE, "only the host can tell");
        return new Explanation("an RDP assertion (MS-RDPBCGR 2.2.18.2.1)", facts, followUpsLeftOut(verdicts.list()));
    }

    /** A token of the wrong kind is for another audience and bound to no key: that is one mistake, not three. */
    private List<Finding> followUpsLeftOut(List<Finding> findings) {
        if (!verdicts.has(WRONG_TOKEN)) {
            return findings;
        }
        Set<String> followUps = Set.of(
                InvalidTokenCause.AUDIENCE.label(),
                InvalidTokenCause.BEARER_TOKEN.label(),
                InvalidTokenCause.OTHER_DEVICE.label());
        return findings.stream().filter(f -> !followUps.contains(f.cause())).toList();
    }

    /** Causes 1 and 2: what surrounds the JSON text. */
    private void octets(Bytes sent) {
        byte[] octets = sent.toArray();
        int end = octets.length;
        if (end == 0 || octets[0] != '{') {
            verdicts.found(
                    BYTES_AROUND,
                    CERTAIN,
                    end == 0 ? "no octet" : String.format("the first octet is %02X: %s", octets[0], lead(octets)));
            verdicts.unknown(NO_ZERO_OCTET, "the text is not where it should be");
            return;
        }
        int zeros = 0;
        while (end > 0 && octets[end - 1] == 0) {
            end--;
            zeros++;
        }
        if (end > 0 && octets[end - 1] != '}') {
            verdicts.found(BYTES_AROUND, CERTAIN, String.format("%02X behind the closing brace", octets[end - 1]));
        } else {
            verdicts.excluded(BYTES_AROUND, "");
        }
        if (zeros == 0) {
            verdicts.found(NO_ZERO_OCTET, LIKELY, String.format("the last octet is %02X", octets[octets.length - 1]));
        } else {
            verdicts.excluded(NO_ZERO_OCTET, zeros == 1 ? "7D 00" : zeros + " zero octets");
        }
    }

    private static String lead(byte[] octets) {
        int first = octets[0] & 0xFF;
        return switch (first) {
            case 0xEF -> "a byte order mark";
            case 0xFE, 0xFF -> "UTF-16 with a byte order mark";
            case 0x03 -> "a TPKT header";
            case 0x00 -> "a zero octet, or UTF-16";
            case '\r', '\n', ' ', '\t' -> "white space";
            default -> "not an opening brace";
        };
    }

    /** Cause 3; the text with the spelling that base64url has, so that the other causes can be looked at all the same. */
    private String compact(String assertion) {
        if (COMPACT.matcher(assertion).matches()) {
            return assertion;
        }
        List<String> seen = new ArrayList<>();
        if (assertion.indexOf('=') >= 0) {
            seen.add("padding");
        }
        if (assertion.indexOf('+') >= 0 || assertion.indexOf('/') >= 0) {
            seen.add("+ or / of plain base64");
        }
        if (assertion.chars().anyMatch(Character::isWhitespace)) {
            seen.add("white space");
        }
        verdicts.found(
                NOT_COMPACT,
                CERTAIN,
                seen.isEmpty()
                        ? assertion.split("\\.", -1).length + " segments, or other characters"
                        : String.join(", ", seen));
        return assertion.replaceAll("[=\\s]", "").replace('+', '-').replace('/', '_');
    }

    private Optional<ObjectNode> object(String[] parts, int index, InvalidTokenCause duplicates) {
        if (parts.length != 3) {
            return Optional.empty();
        }
        Optional<String> text = Base64Url.decodeText(parts[index]);
        if (text.filter(t -> ODDITY.matcher(t.replace("\\\\", "")).find()).isPresent()) {
            verdicts.found(JSON_ODDITIES, HARMLESS, "a needless escape in the " + (index == 0 ? "header" : "payload"));
        }
        Optional<ObjectNode> strict = text.flatMap(StrictJson::object);
        if (strict.isPresent()) {
            return strict;
        }
        Optional<ObjectNode> loose = text.flatMap(StrictJson::looseObject);
        loose.ifPresent(o -> verdicts.found(duplicates, CERTAIN, "a member that is there twice"));
        return loose;
    }

    /** Cause 22. */
    private void header(ObjectNode header) {
        String alg = StrictJson.text(header, "alg").orElse("");
        if (!alg.equals("RS256")) {
            verdicts.found(HEADER, CERTAIN, alg.isEmpty() ? "no alg" : "alg " + shown(alg));
        } else if (StrictJson.text(header, "kid").filter(k -> !k.isEmpty()).isEmpty()) {
            verdicts.found(HEADER, CERTAIN, "no kid");
        } else {
            verdicts.excluded(HEADER, "RS256, with kid");
        }
    }

    /** Causes 27 and 28. */
    private void members(ObjectNode payload) {
        List<String> names =
                payload.properties().stream().map(Map.Entry::getKey).toList();
        List<String> others =
                names.stream().filter(n -> !MEMBER_NAMES.contains(n)).toList();
        if (!others.isEmpty()) {
            verdicts.found(MEMBERS, CERTAIN, "unknown: " + shown(String.join(", ", others)));
        } else {
            verdicts.excluded(MEMBERS, String.join(", ", names));
        }
        List<String> expected = MEMBER_NAMES.stream().filter(names::contains).toList();
        List<String> known = names.stream().filter(MEMBER_NAMES::contains).toList();
        if (!known.equals(expected)) {
            verdicts.found(MEMBER_ORDER, HARMLESS, String.join(", ", known));
        }
    }

    /** Causes 15, 16 and, with an earlier attempt, 23. */
    private void serverNonce(ObjectNode payload) {
        String nonce = StrictJson.text(payload, "nonce").orElse("");
        if (nonce.isEmpty()) {
            verdicts.found(SERVER_NONCE, CERTAIN, payload.has("nonce") ? "a nonce that is no text" : "no nonce");
        } else if (context.earlier().stream()
                .anyMatch(e -> nonce.equals(EarlierAttempt.of(e).nonce()))) {
            verdicts.found(SERVER_NONCE, CERTAIN, "the nonce of an attempt before", STATE_MIX_UP);
        } else if (context.serverNonce().isEmpty()) {
            verdicts.unknown(SERVER_NONCE, nonce.length() + " characters; the nonce received is not at hand");
        } else if (!context.serverNonce().get().equals(nonce)) {
            verdicts.found(
                    SERVER_NONCE,
                    CERTAIN,
                    difference(nonce, context.serverNonce().get()),
                    STATE_MIX_UP);
        } else {
            verdicts.excluded(SERVER_NONCE, "as received");
        }
        age(SERVER_NONCE_EXPIRED, context.serverNonceAge(), "the server's nonce");
    }

    private void age(InvalidTokenCause cause, Optional<Duration> age, String what) {
        if (age.isEmpty()) {
            verdicts.unknown(cause, "how old " + what + " was is not known");
        } else if (age.get().compareTo(SLOW) > 0) {
            verdicts.found(cause, LIKELY, what + " was " + age.get().toSeconds() + " s old");
        } else if (age.get().compareTo(QUICK) > 0) {
            verdicts.unknown(cause, what + " was " + age.get().toSeconds() + " s old");
        } else {
            verdicts.excluded(cause, what + " was " + age.get().toMillis() + " ms old");
        }
    }

    private static String difference(String nonce, String received) {
        if (nonce.strip().equals(received.strip())) {
            return "the nonce received, with other white space around it";
        }
        if (nonce.equalsIgnoreCase(received)) {
            return "the nonce received in other case";
        }
        if (received.startsWith(nonce)) {
            return "the nonce received, cut: " + nonce.length() + " of " + received.length() + " characters";
        }
        String spelled = nonce.replaceAll("=+$", "").replace('+', '-').replace('/', '_');
        if (spelled.equals(received.replaceAll("=+$", "").replace('+', '-').replace('/', '_'))) {
            return "the nonce received, encoded again in another base64 spelling";
        }
        return "another nonce of " + nonce.length() + " characters than the one received";
    }

    /** Causes 17 and 18. */
    private void clientClaims(ObjectNode payload, TokenChecksOfAssertion token) {
        JsonNode node = payload.get("client_claims");
        if (node == null) {
            verdicts.found(AAD_NONCE, CERTAIN, "no client_claims");
            verdicts.excluded(CLIENT_CLAIMS, "none");
            return;
        }
        if (!node.isTextual()) {
            verdicts.found(CLIENT_CLAIMS, CERTAIN, "client_claims is " + (node.isObject() ? "an object" : "no text"));
            verdicts.unknown(AAD_NONCE, "it cannot be read");
            return;
        }
        Optional<ObjectNode> claims = StrictJson.object(node.textValue());
        if (claims.isEmpty()) {
            boolean twice =
                    node.textValue().contains("\\\"") || node.textValue().startsWith("\"");
            verdicts.found(
                    CLIENT_CLAIMS, CERTAIN, twice ? "client_claims is escaped twice" : "a text that is no JSON object");
            verdicts.unknown(AAD_NONCE, "it cannot be read");
            return;
        }
        verdicts.excluded(CLIENT_CLAIMS, "a text that holds an object");
        String nonce = StrictJson.text(claims.get(), "aad_nonce").orElse("");
        if (nonce.isEmpty()) {
            verdicts.found(AAD_NONCE, CERTAIN, "client_claims without aad_nonce");
        } else if (context.earlier().stream()
                .anyMatch(e -> nonce.equals(EarlierAttempt.of(e).aadNonce()))) {
            verdicts.found(AAD_NONCE, CERTAIN, "the authority's nonce of an attempt before", STATE_MIX_UP);
        } else if (context.aadNonce().filter(n -> !n.equals(nonce)).isPresent()) {
            verdicts.found(AAD_NONCE, CERTAIN, "another nonce than the authority gave");
        } else if (context.nonceAuthority().filter(token::isOfAnother).isPresent()) {
            verdicts.found(
                    AAD_NONCE,
                    CERTAIN,
                    "a nonce of " + shown(context.nonceAuthority().get()) + ", which did not issue the token");
        } else if (context.aadNonceAge().isPresent()) {
            age(AAD_NONCE, context.aadNonceAge(), "the authority's nonce");
        } else {
            verdicts.unknown(AAD_NONCE, nonce.length() + " characters; when and where it was got is not known");
        }
    }
}
