package porthole.aad.explain;

import static porthole.aad.explain.Certainty.CERTAIN;
import static porthole.aad.explain.Certainty.EXCLUDED;
import static porthole.aad.explain.Certainty.HARMLESS;
import static porthole.aad.explain.Certainty.LIKELY;
import static porthole.aad.explain.Certainty.POSSIBLE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import porthole.aad.credential.SigningAlgorithm;
import porthole.aad.credential.Thumbprint;
import porthole.aad.json.Base64Url;
import porthole.aad.json.StrictJson;

/** Names what is wrong with a client assertion, with the AADSTS code that each fault is answered with (RFC 7523 3). */
public final class ClientAssertionExplainer {
    private static final String CREDENTIALS = "Microsoft identity platform, certificate credentials";
    private static final String CODES = "Entra error codes";
    private static final Set<String> ALGORITHMS = Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512");
    private static final Pattern ENDPOINT =
            Pattern.compile("https://([^/?#]+)/([^/?#]+)/(oauth2/v2\\.0/token|oauth2/token|v2\\.0/?)");
    private static final Pattern HEX =
            Pattern.compile("(?:[0-9A-Fa-f]{2}[:-]?){19}[0-9A-Fa-f]{2}" + "|(?:[0-9A-Fa-f]{2}[:-]?){31}[0-9A-Fa-f]{2}");
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final Duration ADVISED = Duration.ofMinutes(10);
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final long MILLISECONDS_FROM = 100_000_000_000L;

    private final ClientAssertionContext context;
    private final List<Finding> findings = new ArrayList<>();

    private ClientAssertionExplainer(ClientAssertionContext context) {
        this.context = context;
    }

    /** Looks at an assertion from anywhere; throws for no input whatever. */
    public static Explanation explain(String compact, ClientAssertionContext context) {
        return new ClientAssertionExplainer(context).explain(compact.strip());
    }

    /** Whether these claims look like those of a client assertion and not of a token. */
    static boolean isOne(ObjectNode payload) {
        Optional<String> issuer = StrictJson.text(payload, "iss");
        boolean ofItself = issuer.isPresent() && issuer.equals(StrictJson.text(payload, "sub"));
        boolean forEndpoint = StrictJson.text(payload, "aud")
                .filter(a -> ENDPOINT.matcher(a).matches())
                .isPresent();
        return ofItself || forEndpoint;
    }

    private Explanation explain(String compact) {
        String[] parts = compact.split("\\.", -1);
        Optional<ObjectNode> header = Base64Url.decodeText(parts[0]).flatMap(StrictJson::object);
        Optional<ObjectNode> payload = parts.length < 2
                ? Optional.empty()
                : Base64Url.decodeText(parts[1]).flatMap(StrictJson::object);
        if (parts.length != 3 || header.isEmpty() || payload.isEmpty()) {
            String seen = parts.length != 3
                    ? parts.length + " segments"
                    : "a " + (header.isEmpty() ? "header" : "payload")
                            + " that is not base64url without padding of a JSON object";
            add(
                    "malformed",
                    CERTAIN,
                    50027,
                    seen,
                    "header.payload.signature, base64url without padding",
                    "RFC 7515 7.1",
                    "use a JOSE library, and hand over the text unchanged");
            return Explanation.of("a client assertion that cannot be read", findings);
        }
        algorithm(header.get());
        thumbprints(header.get());
        signature(header.get(), compact, parts[2]);
        parties(payload.get());
        audience(payload.get());
        lifetime(payload.get());
        id(payload.get());
        if (StrictJson.text(header.get(), "typ").filter("JWT"::equals).isEmpty()) {
            add(
                    "typ",
                    HARMLESS,
                    0,
                    header.get().has("typ") ? "typ is not JWT" : "no typ",
                    "typ JWT",
                    CREDENTIALS,
                    "set typ to JWT");
        }
        return new Explanation("a client assertion (private_key_jwt)", facts(header.get(), payload.get()), findings);
    }

    private static Map<String, Object> facts(ObjectNode header, ObjectNode payload) {
        Map<String, Object> facts = new LinkedHashMap<>();
        StrictJson.text(header, "alg").ifPresent(v -> facts.put("alg", shown(v)));
        StrictJson.text(payload, "iss").ifPresent(v -> facts.put("client", shown(v)));
        StrictJson.text(payload, "aud").ifPresent(v -> facts.put("audience", shown(v)));
        return facts;
    }

    private void algorithm(ObjectNode header) {
        String alg = StrictJson.text(header, "alg").orElse("");
        if (!ALGORITHMS.contains(alg)) {
            add(
                    "alg",
                    CERTAIN,
                    5002738,
                    alg.isEmpty() ? "no alg" : "alg " + shown(alg),
                    "PS256 or RS256",
                    CREDENTIALS,
                    "sign with the certificate's RSA key; a shared secret (HS256) or an EC key cannot do it");
        } else {
            excluded("alg", alg);
        }
    }

    private void thumbprints(ObjectNode header) {
        boolean any = header.has("kid");
        for (Thumbprint kind : Thumbprint.values()) {
            if (header.has(kind.member())) {
                any = true;
                thumbprint(kind, header.get(kind.member()));
            }
        }
        if (!any) {
            add(
                    "no-certificate-named",
                    CERTAIN,
                    5002723,
                    "a header without x5t, x5t#S256 and kid",
                    "x5t#S256 (or x5t): base64url of the octets of the certificate's digest",
                    CREDENTIALS,
                    "put the thumbprint of the registered certificate into the header");
        }
    }

    private void thumbprint(Thumbprint kind, JsonNode node) {
        String name = "thumbprint-" + kind.member();
        String value = node.isTextual() ? node.textValue() : "";
        String rule = kind.octets() + " octets as base64url without padding";
        String text = Base64Url.decodeText(value.replaceAll("=+$", "")).orElse("");
        if (HEX.matcher(value).matches() || HEX.matcher(text).matches()) {
            boolean raw = HEX.matcher(value).matches();
            add(
                    "thumbprint-hex",
                    CERTAIN,
                    700027,
                    kind.member() + (raw ? " is hexadecimal text" : " is base64url of hexadecimal text") + ", "
                            + (raw ? value : text).length() + " digits",
                    rule + "; never of the hexadecimal text",
                    CREDENTIALS,
                    "encode the octets of the digest, not the text that portals and tools show");
            return;
        }
        Optional<byte[]> octets = lenient(value);
        if (octets.isEmpty() || octets.get().length != kind.octets()) {
            int other = octets.map(o -> o.length).orElse(0);
            String seen = octets.isEmpty()
                    ? kind.member() + " is not base64url"
                    : kind.member() + " has " + other + " octets"
                            + (other == 20 ? ", which is a SHA-1" : other == 32 ? ", which is a SHA-256" : "");
            add(
                    "thumbprint-length",
                    CERTAIN,
                    700027,
                    seen,
                    rule,
                    CREDENTIALS,
                    "x5t takes the SHA-1 of the DER certificate, x5t#S256 its SHA-256");
            return;
        }
        if (Base64Url.decode(value).isEmpty()) {
            add(
                    "thumbprint-spelling",
                    HARMLESS,
                    0,
                    kind.member() + " is plain base64 with padding",
                    rule,
                    "RFC 7515 2; a widespread library writes it so and is accepted",
                    "use base64url without padding");
        }
        context.certificate().ifPresent(certificate -> {
            byte[] wanted = Base64Url.decode(kind.of(certificate)).orElseThrow();
            if (!Arrays.equals(wanted, octets.get())) {
                add(
                        "key-not-registered",
                        CERTAIN,
                        700027,
                        kind.member() + " is that of another certificate: "
                                + HexFormat.of().withUpperCase().formatHex(octets.get()),
                        kind.hex(certificate),
                        CODES,
                        "sign with the key of the registered certificate, or register this one");
            } else {
                excluded(name, "that of the certificate");
            }
        });
    }

    private void signature(ObjectNode header, String compact, String encoded) {
        Optional<byte[]> signature = Base64Url.decode(encoded).filter(s -> s.length > 0);
        if (signature.isEmpty()) {
            add(
                    "signature",
                    CERTAIN,
                    700027,
                    encoded.isEmpty() ? "no signature" : "a signature that is not base64url",
                    "a signature over the two encoded parts",
                    "RFC 7515 5.1",
                    "sign the assertion");
            return;
        }
        String alg = StrictJson.text(header, "alg").orElse("");
        Optional<SigningAlgorithm> algorithm = Arrays.stream(SigningAlgorithm.values())
                .filter(a -> a.name().equals(alg))
                .findFirst();
        if (context.certificate().isEmpty() || algorithm.isEmpty()) {
            add(
                    "key-not-registered",
                    POSSIBLE,
                    700027,
                    "the registered certificate is not at hand",
                    "signature and thumbprint are those of a certificate in the registration's keyCredentials",
                    CODES,
                    "compare the thumbprint with Certificates & secrets of the registration, in this tenant");
            return;
        }
        X509Certificate certificate = context.certificate().get();
        byte[] input = compact.substring(0, compact.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII);
        if (algorithm.get().verifies(certificate.getPublicKey(), input, signature.get())) {
            excluded("signature", "made with the certificate's key");
        } else {
            boolean other = Arrays.stream(SigningAlgorithm.values())
                    .anyMatch(a -> a.verifies(certificate.getPublicKey(), input, signature.get()));
            add(
                    "signature",
                    CERTAIN,
                    700027,
                    other
                            ? "the signature is of another algorithm than the header's " + alg
                            : "the signature is not of the certificate's key over these octets",
                    "a signature over the ASCII octets of header.payload",
                    "RFC 7515 5.1",
                    "sign exactly the octets that are sent, with the key of the certificate that is named");
        }
        boolean valid = !context.at().isBefore(certificate.getNotBefore().toInstant())
                && !context.at().isAfter(certificate.getNotAfter().toInstant());
        if (valid) {
            excluded("certificate-validity", "");
        } else {
            add(
                    "certificate-validity",
                    CERTAIN,
                    1000502,
                    "valid from " + certificate.getNotBefore().toInstant() + " to "
                            + certificate.getNotAfter().toInstant(),
                    "a certificate that is valid at " + context.at(),
                    CODES,
                    "renew and register the certificate");
        }
    }

    private void parties(ObjectNode payload) {
        Optional<String> issuer = StrictJson.text(payload, "iss").filter(v -> !v.isEmpty());
        Optional<String> subject = StrictJson.text(payload, "sub").filter(v -> !v.isEmpty());
        if (issuer.isEmpty() || subject.isEmpty()) {
            add(
                    "party-missing",
                    CERTAIN,
                    90014,
                    issuer.isEmpty() ? "no iss" : "no sub",
                    "iss and sub: the client id",
                    "RFC 7523 3",
                    "set both to the client id");
        } else if (!issuer.equals(subject)) {
            add(
                    "iss-not-sub",
                    CERTAIN,
                    700021,
                    "iss " + shown(issuer.get()) + ", sub " + shown(subject.get()),
                    "both are the client id",
                    "RFC 7523 3",
                    "set both to the client id");
        } else if (context.clientId().isPresent() && !context.clientId().equals(issuer)) {
            add(
                    "another-client",
                    CERTAIN,
                    700021,
                    "iss " + shown(issuer.get()),
                    "the client id " + context.clientId().get(),
                    "RFC 7523 3",
                    "set iss and sub to the client_id of the request");
        } else {
            excluded("iss, sub", "the same");
        }
    }

    private void audience(ObjectNode payload) {
        String rule = "https://" + context.authority().orElse("login.microsoftonline.com") + "/"
                + context.tenant().orElse("TENANT") + "/oauth2/v2.0/token";
        String aud = StrictJson.text(payload, "aud").orElse("");
        if (aud.isEmpty()) {
            add("audience", CERTAIN, 90014, "no aud", rule, CREDENTIALS, "set aud to the token endpoint");
            return;
        }
        Matcher endpoint = ENDPOINT.matcher(aud);
        String remedy = "set aud to the URL that the assertion is posted to";
        if (!endpoint.matches()) {
            add("audience", CERTAIN, 700023, "aud " + shown(aud), rule, CREDENTIALS, remedy);
        } else if (context.authority()
                .filter(a -> !a.equalsIgnoreCase(endpoint.group(1)))
                .isPresent()) {
            add(
                    "audience",
                    CERTAIN,
                    700023,
                    "aud of the authority " + shown(endpoint.group(1)),
                    rule,
                    CREDENTIALS,
                    remedy + "; each cloud has its own authority");
        } else if (context.tenant()
                .filter(t -> !t.equalsIgnoreCase(endpoint.group(2)))
                .isPresent()) {
            add("audience", LIKELY, 700023, "aud of the tenant " + shown(endpoint.group(2)), rule, CREDENTIALS, remedy);
        } else if (Set.of("common", "organizations", "consumers").contains(endpoint.group(2))) {
            add(
                    "audience",
                    LIKELY,
                    700023,
                    "aud of no particular tenant: " + shown(endpoint.group(2)),
                    rule,
                    CREDENTIALS,
                    "name the tenant whose registration holds the certificate");
        } else {
            excluded("aud", shown(aud));
        }
    }

    private void lifetime(ObjectNode payload) {
        Optional<Long> from = seconds(payload, "nbf");
        Optional<Long> until = seconds(payload, "exp");
        if (until.isEmpty()) {
            return;
        }
        long now = context.at().getEpochSecond();
        long slack = TOLERANCE.toSeconds();
        long start = from.or(() -> seconds(payload, "iat")).orElse(now);
        String seen = from.map(f -> "from " + Instant.ofEpochSecond(f) + " ").orElse("") + "until "
                + Instant.ofEpochSecond(until.get());
        String rule = "nbf to exp around " + context.at() + ", 5 to 10 minutes long";
        String clock = "make a new assertion for each request; set this machine's clock right";
        if (until.get() < now - slack) {
            add("expired", CERTAIN, 700024, seen, rule, CREDENTIALS, clock);
        } else if (start > now + slack) {
            add("not-yet-valid", CERTAIN, 700024, seen, rule, CREDENTIALS, clock);
        } else if (until.get() <= start) {
            add("lifetime", CERTAIN, 700024, seen, rule, CREDENTIALS, "set exp behind nbf");
        } else if (until.get() - start > LONGEST.toSeconds()) {
            add("lifetime", LIKELY, 700024, seen, rule, CREDENTIALS, "set exp 5 to 10 minutes behind nbf");
        } else if (until.get() - start > ADVISED.toSeconds()) {
            add("lifetime", HARMLESS, 0, seen, rule, CREDENTIALS, "set exp 5 to 10 minutes behind nbf");
        } else {
            excluded("nbf, exp", seen);
        }
    }

    /** A time; says what is wrong with it, and is empty then. */
    private Optional<Long> seconds(ObjectNode payload, String member) {
        JsonNode node = payload.get(member);
        boolean needed = member.equals("exp");
        String rule = "whole seconds since 1970 as a JSON number";
        if (node == null) {
            if (needed) {
                add("exp-missing", CERTAIN, 90014, "no exp", rule, "RFC 7523 3", "set exp");
            }
            return Optional.empty();
        }
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            if (!member.equals("iat")) {
                add(
                        "time-type",
                        LIKELY,
                        50027,
                        member + " is " + (node.isTextual() ? "a string" : "no whole number"),
                        rule,
                        "RFC 7519 2 (NumericDate)",
                        "write the number without quotes and fraction");
            }
            return Optional.empty();
        }
        long value = node.longValue();
        if (value >= MILLISECONDS_FROM || value < 0) {
            if (!member.equals("iat")) {
                add(
                        "milliseconds",
                        CERTAIN,
                        700024,
                        member + " has " + node.asText().length() + " digits: milliseconds",
                        rule,
                        "RFC 7519 2 (NumericDate)",
                        "divide by 1000");
            }
            return Optional.empty();
        }
        return Optional.of(value);
    }

    private void id(ObjectNode payload) {
        if (StrictJson.text(payload, "jti").filter(v -> !v.isBlank()).isEmpty()) {
            add(
                    "jti-missing",
                    LIKELY,
                    90014,
                    payload.has("jti") ? "an empty jti" : "no jti",
                    "jti: a text that is unique for each assertion, for example a GUID",
                    CREDENTIALS,
                    "set jti to a new GUID for each assertion");
        } else {
            excluded("jti", "");
        }
    }

    private static Optional<byte[]> lenient(String value) {
        try {
            return Optional.of(
                    Base64.getDecoder().decode(value.replace('-', '+').replace('_', '/')));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String shown(String text) {
        return Text.shown(text);
    }

    private void excluded(String cause, String seen) {
        findings.add(Finding.of(cause, EXCLUDED, "", seen, "", "", ""));
    }

    private void add(
            String cause, Certainty certainty, int code, String seen, String rule, String section, String remedy) {
        findings.add(Finding.of(cause, certainty, code == 0 ? "" : "AADSTS" + code, seen, rule, section, remedy));
    }
}
