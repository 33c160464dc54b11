package porthole.aad.explain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import porthole.aad.json.Base64Url;
import porthole.aad.json.StrictJson;

/**
 * What an earlier assertion was made of; parts that cannot be read are empty.
 *
 * @param token a secret
 * @param modulus of its key
 */
record EarlierAttempt(String token, String modulus, String nonce, String aadNonce) {
    static EarlierAttempt of(String assertion) {
        String[] parts = assertion.split("\\.", -1);
        Optional<ObjectNode> payload = parts.length < 2
                ? Optional.empty()
                : Base64Url.decodeText(parts[1]).flatMap(StrictJson::looseObject);
        return payload.map(p -> new EarlierAttempt(
                        StrictJson.text(p, "at").orElse(""),
                        p.path("cnf").path("jwk").path("n").asText(""),
                        StrictJson.text(p, "nonce").orElse(""),
                        StrictJson.text(p, "client_claims")
                                .flatMap(StrictJson::object)
                                .flatMap(c -> StrictJson.text(c, "aad_nonce"))
                                .orElse("")))
                .orElse(new EarlierAttempt("", "", "", ""));
    }

    /** Nothing of it. */
    @Override
    public String toString() {
        return "EarlierAttempt[]";
    }
}
