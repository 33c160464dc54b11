package porthole.host.session;

import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Decides whether an RDP assertion signs a user in; called on the event loop, so it must not block. */
@FunctionalInterface
public interface AssertionCheck {
    /**
     * What became of an assertion.
     *
     * @param result the HRESULT that the client is told; 0 for success
     * @param user name of the user, empty where it is not known
     * @param checks each check by name with its finding
     */
    record Verdict(int result, String user, Map<String, Object> checks) {}

    /**
     * @param assertion the compact JWS as received
     * @param serverNonce the nonce that this host gave out for this connection
     */
    CompletionStage<Verdict> check(String assertion, String serverNonce);
}
