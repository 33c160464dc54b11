package porthole.aad.grant;

import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import porthole.aad.credential.ClientAssertion;
import porthole.aad.credential.ClientCertificate;

/** Who asks for a token, and how it proves that. */
public sealed interface ClientIdentity {
    /** The application's client id. */
    String clientId();

    /** The form members that name and prove the client to this endpoint. */
    Map<String, String> fields(URI tokenEndpoint);

    /** A public client, which proves nothing. */
    record Public(String clientId) implements ClientIdentity {
        @Override
        public Map<String, String> fields(URI tokenEndpoint) {
            return Map.of("client_id", clientId);
        }
    }

    /**
     * A confidential client with a certificate; each request has an assertion of its own (RFC 7523 2.2).
     *
     * @param clock by which the assertions live
     */
    record Certificate(String clientId, ClientCertificate certificate, ClientAssertion.Style style, Clock clock)
            implements ClientIdentity {
        @Override
        public Map<String, String> fields(URI tokenEndpoint) {
            ClientAssertion.Claims claims = new ClientAssertion.Claims(
                    clientId,
                    tokenEndpoint.toString(),
                    UUID.randomUUID().toString(),
                    clock.instant(),
                    ClientAssertion.LIFETIME);
            return Map.of(
                    "client_id",
                    clientId,
                    "client_assertion_type",
                    ClientAssertion.TYPE,
                    "client_assertion",
                    ClientAssertion.sign(claims, certificate, style).compact());
        }
    }
}
