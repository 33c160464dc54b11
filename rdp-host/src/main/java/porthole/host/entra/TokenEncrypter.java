package porthole.host.entra;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSAEncrypter;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import porthole.aad.credential.Thumbprint;
import porthole.aad.json.StrictJson;

/** Encrypts signed tokens to a resource's certificate (RFC 7516). */
final class TokenEncrypter {
    private TokenEncrypter() {}

    static String encrypt(String token, MockApplication.Encryption how) {
        ObjectNode header = StrictJson.newObject().put("alg", how.alg()).put("enc", how.enc());
        if (how.named()) {
            header.put("x5t", Thumbprint.X5T.of(how.certificate())).put("kid", Thumbprint.X5T.hex(how.certificate()));
        }
        header.put("typ", "JWT").put("cty", "JWT");
        try {
            JWEObject object = new JWEObject(JWEHeader.parse(header.toString()), new Payload(token));
            object.encrypt(new RSAEncrypter((RSAPublicKey) how.certificate().getPublicKey()));
            return object.serialize();
        } catch (JOSEException | ParseException e) {
            throw new IllegalArgumentException("tokens cannot be encrypted with " + how.alg() + ", " + how.enc(), e);
        }
    }
}
