package porthole.aad;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import porthole.aad.json.Base64Url;

/** Makes access tokens like those of the recordings, signed with a key of the test. */
public final class TestTokens {
    public static final Instant NOW = Instant.ofEpochSecond(1_767_225_600L);
    public static final RdpResource HOST = RdpResource.named("rdphost");
    public static final PopKey KEY = PopKey.generate(new SecureRandom());
    public static final PopKey AUTHORITY_KEY = PopKey.generate(new SecureRandom());
    public static final String JWKS = "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\",\"e\":\"AQAB\",\"n\":\""
            + AUTHORITY_KEY.n() + "\",\"kid\":\"" + AUTHORITY_KEY.thumbprint() + "\"}]}";

    private TestTokens() {}

    /** Claims that a host accepts at {@link #NOW}. */
    public static ObjectNode claims() {
        ObjectNode claims = new ObjectMapper().createObjectNode();
        claims.put("aud", HOST.uri());
        claims.put("iss", "https://login.lab.test/tenant/v2.0");
        claims.put("iat", NOW.getEpochSecond());
        claims.put("nbf", NOW.getEpochSecond());
        claims.put("exp", NOW.getEpochSecond() + 3599);
        claims.put("scp", "user_impersonation");
        claims.put("tid", "tenant");
        claims.put("upn", "alice@lab.test");
        claims.putObject("cnf").put("kid", KEY.thumbprint());
        return claims;
    }

    public static ObjectNode header() {
        ObjectNode header = new ObjectMapper().createObjectNode();
        return header.put("typ", "JWT").put("alg", "RS256").put("kid", AUTHORITY_KEY.thumbprint());
    }

    public static String sign(ObjectNode header, ObjectNode claims, PopKey key) {
        String input = Base64Url.encode(header.toString()) + "." + Base64Url.encode(claims.toString());
        return input + "." + Base64Url.encode(key.sign(input.getBytes(StandardCharsets.US_ASCII)));
    }

    public static String token(ObjectNode claims) {
        return sign(header(), claims, AUTHORITY_KEY);
    }
}
