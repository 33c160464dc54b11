package porthole.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import porthole.protocol.credssp.EarlyUserAuthorizationResult;
import porthole.protocol.credssp.TsCredentials;
import porthole.protocol.credssp.TsPasswordCreds;
import porthole.protocol.credssp.TsRequest;
import porthole.protocol.ntlm.AuthenticateMessage;
import porthole.protocol.ntlm.ChallengeMessage;
import porthole.protocol.ntlm.NegotiateMessage;
import porthole.protocol.ntlm.NtlmV2ClientChallenge;
import porthole.protocol.spnego.SpnegoToken;

/** NTLM, SPNEGO and CredSSP. */
class NlaPdusFuzzTest {
    private static final Family NTLM = new Family(
            NegotiateMessage::decode,
            ChallengeMessage::decode,
            AuthenticateMessage::decode,
            NtlmV2ClientChallenge::decode);

    private static final Family CREDSSP = new Family(
            TsRequest::decode,
            TsCredentials::decode,
            TsPasswordCreds::decode,
            EarlyUserAuthorizationResult::decode,
            SpnegoToken::decode);

    @FuzzTest(maxDuration = "30s")
    void ntlm(byte[] input) {
        NTLM.test(input);
    }

    @FuzzTest(maxDuration = "30s")
    void credSsp(byte[] input) {
        CREDSSP.test(input);
    }
}
