package porthole.host.entra;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import porthole.aad.PopKey;
import porthole.aad.RdpResource;
import porthole.aad.json.Base64Url;
import porthole.aad.json.StrictJson;

/** Makes access tokens in the shape of Entra's: signed by a key of this authority, bound to the key of {@code req_cnf}. */
final class TokenIssuer {
    private static final String PERMISSION = "user_impersonation";
    private static final String OBJECT_ID = "00000000-0000-4000-8000-000000000001";
    private static final Pattern THUMBPRINT = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final MockAuthoritySettings settings;
    private final PopKey key;

    TokenIssuer(MockAuthoritySettings settings, PopKey key) {
        this.settings = settings;
        this.key = key;
    }

    /** The public keys, as a JWKS document. */
    String jwks() {
        ObjectNode document = StrictJson.newObject();
        document.putArray("keys")
                .addObject()
                .put("kty", "RSA")
                .put("use", "sig")
                .put("alg", "RS256")
                .put("n", key.n())
                .put("e", key.e())
                .put("kid", key.thumbprint());
        return document.toString();
    }

    /** A token response, without a refresh token; the token is encrypted where its audience asks for that. */
    ObjectNode issue(
            Map<String, String> form,
            Grants.Granted granted,
            String azpacr,
            String issuer,
            Set<EntraFault> faults,
            Instant now) {
        Optional<String> boundTo = Optional.ofNullable(form.get("req_cnf"))
                .map(TokenIssuer::thumbprint)
                .filter(t -> !faults.contains(EntraFault.BEARER_TOKEN))
                .map(t -> faults.contains(EntraFault.WRONG_CNF) ? "A".repeat(43) : t);
        long life = settings.tokenLifetime().toSeconds();
        long from = faults.contains(EntraFault.EXPIRED_TOKEN) ? now.getEpochSecond() - 2 * life : now.getEpochSecond();
        String client = form.getOrDefault("client_id", "");
        ObjectNode claims = claims(client, granted, issuer, faults);
        claims.put("azpacr", azpacr);
        claims.put("iat", from).put("nbf", from).put("exp", from + life);
        if (granted.app()) {
            claims.remove(List.of("name", "preferred_username", "upn", "scp"));
            claims.put("idtyp", "app").put("sub", client).put("oid", client);
        }
        boundTo.ifPresent(kid -> claims.putObject("cnf").put("kid", kid));
        String token = sign(claims, faults.contains(EntraFault.WRONG_SIGNATURE));
        ObjectNode response = StrictJson.newObject()
                .put("token_type", boundTo.isPresent() ? "pop" : "Bearer")
                .put("scope", granted.scope())
                .put("expires_in", life)
                .put("ext_expires_in", life)
                .put("access_token", encrypted(token, claims.get("aud").asText()));
        if (Arrays.asList(granted.scope().split(" ")).contains("openid")) {
            response.put("id_token", sign(idToken(client, granted.user(), issuer, from, life), false));
        }
        return response;
    }

    private String encrypted(String token, String audience) {
        return settings.applications().stream()
                .filter(a -> a.isAudience(audience))
                .flatMap(a -> a.encryption().stream())
                .findFirst()
                .map(how -> TokenEncrypter.encrypt(token, how))
                .orElse(token);
    }

    private ObjectNode idToken(String client, String user, String issuer, long from, long life) {
        return StrictJson.newObject()
                .put("aud", client)
                .put("iss", issuer)
                .put("iat", from)
                .put("exp", from + life)
                .put("name", user)
                .put("oid", OBJECT_ID)
                .put("preferred_username", user)
                .put("sub", "mock-subject")
                .put("tid", settings.tenantId())
                .put("ver", "2.0");
    }

    private ObjectNode claims(String client, Grants.Granted granted, String issuer, Set<EntraFault> faults) {
        List<String> scopes = Arrays.asList(granted.scope().split(" "));
        String audience = scopes.stream()
                .filter(s -> s.contains("://"))
                .map(s -> s.substring(0, s.lastIndexOf('/')))
                .findFirst()
                .orElse(client);
        boolean wrong = faults.contains(EntraFault.WRONG_AUDIENCE);
        return StrictJson.newObject()
                .put("aud", wrong ? RdpResource.named("another-host").uri() : audience)
                .put("iss", issuer)
                .put("azp", client)
                .put("azpacr", "0")
                .put("name", granted.user())
                .put("oid", OBJECT_ID)
                .put("preferred_username", granted.user())
                .put("upn", granted.user())
                .put("scp", PERMISSION)
                .put("sub", "mock-subject")
                .put("tid", settings.tenantId())
                .put("ver", "2.0");
    }

    private String sign(ObjectNode claims, boolean wrong) {
        ObjectNode header =
                StrictJson.newObject().put("typ", "JWT").put("alg", "RS256").put("kid", key.thumbprint());
        String input = Base64Url.encode(header.toString()) + "." + Base64Url.encode(claims.toString());
        byte[] signature = key.sign(input.getBytes(StandardCharsets.US_ASCII));
        if (wrong) {
            signature[signature.length - 1] ^= 1;
        }
        return input + "." + Base64Url.encode(signature);
    }

    private static String thumbprint(String reqCnf) {
        return Base64Url.decodeText(reqCnf)
                .flatMap(StrictJson::object)
                .flatMap(o -> StrictJson.text(o, "kid"))
                .filter(kid -> THUMBPRINT.matcher(kid).matches())
                .orElseThrow(() -> new OAuthRefusal(
                        "invalid_request", 5000224, "req_cnf must hold a kid of 43 base64url characters."));
    }
}
