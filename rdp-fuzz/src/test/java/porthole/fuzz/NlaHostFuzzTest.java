package porthole.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.List;
import porthole.host.nla.Acceptor;
import porthole.host.nla.HostUser;
import porthole.host.nla.NlaHost;
import porthole.protocol.ntlm.NegotiateMessage;
import porthole.protocol.ntlm.NtlmFlags;
import porthole.protocol.ntlm.NtlmVersion;
import porthole.protocol.spnego.GssWrapToken;
import porthole.protocol.wire.Bytes;

/** A host's acceptors of NTLM and SPNEGO: nobody who does not know the password gets in. */
class NlaHostFuzzTest {
    private static final NlaHost HOST =
            NlaHost.of(List.of(HostUser.of("alice", "a password of some length")), Runnable::run);
    private static final Bytes NEGOTIATE =
            Bytes.of(NegotiateMessage.of(NtlmFlags.CLIENT, NtlmVersion.CLIENT).toByteArray());

    private static Acceptor acceptor(Bytes first) {
        return HOST.acceptor(first, "box.lab.test", Bytes.hex("0123456789abcdef"), Bytes.of(new byte[16]), 0);
    }

    /** Two tokens; the first octet says how long the first is. */
    @FuzzTest(maxDuration = "30s")
    void negotiation(byte[] input) {
        int cut = input.length == 0 ? 0 : Math.min(input.length, 1 + (input[0] & 0xFF));
        Bytes first = Bytes.of(Arrays.copyOfRange(input, Math.min(1, input.length), cut));
        Bytes second = Bytes.of(Arrays.copyOfRange(input, cut, input.length));
        Acceptor acceptor = acceptor(first);
        Oracle.refusesOrEnds(input.length, () -> {
            acceptor.accept(first);
            acceptor.accept(second);
        });
        assertThat(acceptor.isComplete()).isFalse();
    }

    /** An AUTHENTICATE_MESSAGE. */
    @FuzzTest(maxDuration = "30s")
    void authenticate(byte[] input) {
        Acceptor acceptor = acceptor(NEGOTIATE);
        acceptor.accept(NEGOTIATE);
        Oracle.refusesOrEnds(input.length, () -> acceptor.accept(Bytes.of(input)));
        assertThat(acceptor.isComplete()).isFalse();
    }

    /** A wrap token; the first octet says how long the message in it is. */
    @FuzzTest(maxDuration = "30s")
    void wrapToken(byte[] input) {
        Bytes token = Bytes.of(Arrays.copyOfRange(input, Math.min(1, input.length), input.length));
        int message = input.length == 0 ? 0 : input[0] & 0xFF;
        assertThat(GssWrapToken.rotated(token, message).size()).isEqualTo(token.size());
    }
}
