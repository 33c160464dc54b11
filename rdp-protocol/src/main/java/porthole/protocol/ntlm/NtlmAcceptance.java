package porthole.protocol.ntlm;

import java.util.Arrays;
import java.util.Optional;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

/**
 * The host's side of NTLMv2: what an AUTHENTICATE_MESSAGE proves that was made with the right password (MS-NLMP 3.2.5.1.2).
 *
 * @param exportedSessionKey what signing and sealing keys are made of
 * @param keyExchanged whether the key came from the client
 * @param avPairs what the client says of the target and of itself
 */
public record NtlmAcceptance(Bytes exportedSessionKey, boolean keyExchanged, AvPairs avPairs) {
    private static final int PROOF = 16;
    private static final int KEY = 16;
    private static final int MIC = 16;
    private static final int MIC_AT = 72;

    /** The client's proof under {@code ntHash}; empty where it was made with another password. */
    public static Optional<NtlmAcceptance> of(Bytes ntHash, Bytes serverChallenge, AuthenticateMessage message) {
        Bytes response = message.ntChallengeResponse();
        WireReader in = WireReader.of(response, "NTLMv2_RESPONSE", "MS-NLMP 2.2.2.8");
        Bytes proof = in.bytes(PROOF, "response");
        NtlmV2ClientChallenge challenge =
                in.within("ntlmv2ClientChallenge", "MS-NLMP 2.2.2.7", NtlmV2ClientChallenge::decode);
        boolean exchanged = (message.negotiateFlags() & NtlmFlags.KEY_EXCH) != 0;
        Bytes encrypted = message.encryptedRandomSessionKey();
        in.check(
                !exchanged || encrypted.size() == KEY,
                "encryptedRandomSessionKey",
                encrypted.size() + " octets",
                KEY + " octets where keys are exchanged");
        Bytes key = Ntlm.ntowfV2(
                ntHash, message.userName().toUtf16le(), message.domainName().toUtf16le());
        Bytes temp = response.slice(PROOF, response.size() - PROOF);
        if (!proof.equals(Ntlm.ntProofStr(key, serverChallenge, temp))) {
            return Optional.empty();
        }
        Bytes base = Ntlm.sessionBaseKey(key, proof);
        return Optional.of(
                new NtlmAcceptance(exchanged ? Ntlm.rc4k(base, encrypted) : base, exchanged, challenge.avPairs()));
    }

    /** Whether the client promised a MIC. */
    public boolean hasMic() {
        return avPairs.value(AvPair.MSV_AV_FLAGS)
                .filter(flags -> flags.size() == 4 && (flags.at(0) & AvPair.FLAG_MIC) != 0)
                .isPresent();
    }

    /** Whether the three messages are those that the client made its MIC over; the last one holds the MIC. */
    public boolean micIsRight(Bytes negotiate, Bytes challenge, Bytes authenticate) {
        if (authenticate.size() < MIC_AT + MIC) {
            return false;
        }
        byte[] blank = authenticate.toArray();
        Arrays.fill(blank, MIC_AT, MIC_AT + MIC, (byte) 0);
        return authenticate
                .slice(MIC_AT, MIC)
                .equals(Ntlm.mic(exportedSessionKey, negotiate, challenge, Bytes.of(blank)));
    }

    /** The channel bindings that the client claims; empty where it claims none. */
    public Optional<Bytes> channelBindings() {
        return avPairs.value(AvPair.MSV_AV_CHANNEL_BINDINGS)
                .filter(bindings -> !bindings.equals(Bytes.of(new byte[16])));
    }

    /** What seals the messages of one side. */
    public NtlmSealing sealing(boolean client) {
        return new NtlmSealing(exportedSessionKey, client, keyExchanged);
    }

    @Override
    public String toString() {
        return "NtlmAcceptance[avPairs=" + avPairs + "]";
    }
}
