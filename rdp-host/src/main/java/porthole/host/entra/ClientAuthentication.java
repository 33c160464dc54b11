package porthole.host.entra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import porthole.aad.credential.ClientAssertion;
import porthole.aad.credential.SigningAlgorithm;
import porthole.aad.credential.Thumbprint;
import porthole.aad.json.Base64Url;
import porthole.aad.json.StrictJson;

/** Checks how a client proves itself, strictly, and answers with the codes that the real authority has for it. */
final class ClientAuthentication {
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final String INVALID = "invalid_client";

    private final List<MockApplication> applications;
    private final Ledger<String> used;

    /** @param used assertion ids that were seen, each by its own name */
    ClientAuthentication(List<MockApplication> applications, Ledger<String> used) {
        this.applications = applications;
        this.used = used;
    }

    /** {@code azpacr} of the client: 0 public, 2 certificate. */
    String check(Map<String, String> form, Set<String> audiences, Instant now) {
        String clientId = form.getOrDefault("client_id", "");
        Optional<MockApplication> known = applications.stream()
                .filter(a -> a.clientId().equals(clientId) && !a.certificates().isEmpty())
                .findFirst();
        boolean proves = form.containsKey("client_assertion") || form.containsKey("client_secret");
        if (known.isEmpty()) {
            if (proves) {
                throw new OAuthRefusal(INVALID, 700025, "the client is public, so no credential should be presented.");
            }
            return "0";
        }
        if (form.containsKey("client_secret")) {
            throw new OAuthRefusal(INVALID, 7000215, "an invalid client secret was provided.");
        }
        if (!proves) {
            throw new OAuthRefusal(INVALID, 7000218, "the request must contain client_assertion or client_secret.");
        }
        if (!ClientAssertion.TYPE.equals(form.get("client_assertion_type"))) {
            throw new OAuthRefusal(INVALID, 50027, "the client assertion type is not jwt-bearer.");
        }
        check(form.get("client_assertion"), known.get(), audiences, now);
        return "2";
    }

    private void check(String assertion, MockApplication client, Set<String> audiences, Instant now) {
        String[] parts = assertion.split("\\.", -1);
        Optional<ObjectNode> header =
                parts.length == 3 ? Base64Url.decodeText(parts[0]).flatMap(StrictJson::object) : Optional.empty();
        Optional<ObjectNode> payload =
                parts.length == 3 ? Base64Url.decodeText(parts[1]).flatMap(StrictJson::object) : Optional.empty();
        if (header.isEmpty() || payload.isEmpty()) {
            throw new OAuthRefusal(INVALID, 50027, "the JWT token is invalid or malformed.");
        }
        SigningAlgorithm algorithm = algorithm(header.get());
        X509Certificate certificate = certificate(header.get(), client);
        byte[] input = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
        byte[] signature = Base64Url.decode(parts[2]).orElse(new byte[0]);
        if (!algorithm.verifies(certificate.getPublicKey(), input, signature)) {
            throw new OAuthRefusal(INVALID, 700027, "client assertion failed signature validation.");
        }
        if (now.isBefore(certificate.getNotBefore().toInstant())
                || now.isAfter(certificate.getNotAfter().toInstant())) {
            throw new OAuthRefusal(INVALID, 1000502, "the certificate is outside its validity.");
        }
        claims(payload.get(), client, audiences, now);
    }

    private static SigningAlgorithm algorithm(ObjectNode header) {
        String alg = StrictJson.text(header, "alg").orElse("");
        for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
            if (algorithm.name().equals(alg)) {
                return algorithm;
            }
        }
        throw new OAuthRefusal(INVALID, 5002738, "the algorithm of the assertion is not supported.");
    }

    private static X509Certificate certificate(ObjectNode header, MockApplication client) {
        boolean named = header.has("kid");
        for (Thumbprint kind : Thumbprint.values()) {
            named |= header.has(kind.member());
            Optional<String> value = StrictJson.text(header, kind.member());
            for (X509Certificate certificate : client.certificates()) {
                if (value.filter(kind.of(certificate)::equals).isPresent()) {
                    return certificate;
                }
            }
        }
        if (!named) {
            throw new OAuthRefusal(
                    INVALID, 5002723, "the header has no SHA-1 thumbprint, no SHA-256 thumbprint and no keyId.");
        }
        throw new OAuthRefusal(INVALID, 700027, "the certificate with this identifier is not registered.");
    }

    private void claims(ObjectNode payload, MockApplication client, Set<String> audiences, Instant now) {
        for (String member : List.of("iss", "sub", "aud", "jti", "exp")) {
            JsonNode node = payload.get(member);
            if (node == null || node.asText().isEmpty()) {
                throw new OAuthRefusal(INVALID, 90014, "the required field '" + member + "' is missing.");
            }
        }
        String issuer = payload.get("iss").asText();
        if (!issuer.equals(client.clientId())
                || !issuer.equals(payload.get("sub").asText())) {
            throw new OAuthRefusal(INVALID, 700021, "iss and sub must be the client id.");
        }
        if (!audiences.contains(payload.get("aud").asText())) {
            throw new OAuthRefusal(INVALID, 700023, "the audience does not match the realm issuer.");
        }
        long from = time(payload, "nbf", now.getEpochSecond());
        long until = time(payload, "exp", 0);
        long slack = TOLERANCE.toSeconds();
        boolean valid = from <= now.getEpochSecond() + slack
                && until >= now.getEpochSecond() - slack
                && until > from
                && until - from <= LONGEST.toSeconds();
        if (!valid) {
            throw new OAuthRefusal(INVALID, 700024, "the assertion is not within its valid time range.");
        }
        if (!used.addNew(client.clientId() + " " + payload.get("jti").asText(), "used")) {
            throw new OAuthRefusal(INVALID, 50013, "the assertion was used before.");
        }
    }

    private static long time(ObjectNode payload, String member, long absent) {
        JsonNode node = payload.get(member);
        if (node == null) {
            return absent;
        }
        if (!node.isIntegralNumber()) {
            throw new OAuthRefusal(INVALID, 50027, "'" + member + "' is not a number.");
        }
        return node.asLong();
    }
}
