package porthole.host.rdstls;

import porthole.protocol.rdstls.RdstlsAuthenticationRequest;
import porthole.protocol.rdstls.RdstlsResult;

/** Decides whether an RDSTLS request opens a session; called on event loops. */
@FunctionalInterface
public interface RdstlsCheck {
    /**
     * What came of a request.
     *
     * @param user who is signed in; empty where nobody is
     */
    record Verdict(RdstlsResult result, String user) {
        /** A refusal. */
        public static Verdict refused(RdstlsResult result) {
            return new Verdict(result, "");
        }
    }

    Verdict check(RdstlsAuthenticationRequest request);
}
