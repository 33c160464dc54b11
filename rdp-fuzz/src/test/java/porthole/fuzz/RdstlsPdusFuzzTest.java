package porthole.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import porthole.protocol.rdstls.RdstlsAuthenticationRequest;
import porthole.protocol.rdstls.RdstlsAuthenticationResponse;
import porthole.protocol.rdstls.RdstlsCapabilitiesPdu;

/** RDSTLS, of both sides. */
class RdstlsPdusFuzzTest {
    private static final Family RDSTLS = new Family(
            RdstlsCapabilitiesPdu::decode, RdstlsAuthenticationRequest::decode, RdstlsAuthenticationResponse::decode);

    @FuzzTest(maxDuration = "30s")
    void rdstls(byte[] input) {
        RDSTLS.test(input);
    }
}
