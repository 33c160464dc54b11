package porthole.protocol.ntlm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireWriter;

/**
 * The client's side of NTLMv2 as one computation: from the host's challenge to our answer and the key of the session
 * (MS-NLMP 3.1.5.1.2).
 *
 * @param message the answer
 * @param exportedSessionKey what signing and sealing keys are made of
 */
public record NtlmExchange(AuthenticateMessage message, Bytes exportedSessionKey) {
    private static final Bytes ZERO_16 = Bytes.of(new byte[16]);
    private static final Bytes ZERO_24 = Bytes.of(new byte[24]);

    /** Four zero octets end {@code temp}; Windows and FreeRDP put eight more in front of them. */
    private static final Bytes PADDING = Bytes.of(new byte[12]);

    /**
     * What the client knows besides the messages.
     *
     * @param workstation our own name; may be empty
     * @param targetName the service, for example {@code TERMSRV/host}
     * @param channelBindings 16 octets from {@link Ntlm#channelBindings}, or 16 zero octets for none
     */
    public record Client(NtlmIdentity identity, String workstation, String targetName, Bytes channelBindings) {
        /** Without channel bindings. */
        public Client(NtlmIdentity identity, String workstation, String targetName) {
            this(identity, workstation, targetName, ZERO_16);
        }
    }

    /** Answers a challenge that has {@link NtlmFlags#NEEDED}; the two messages are the octets that were sent. */
    public static NtlmExchange answer(
            Client client, Bytes negotiate, Bytes challengeOctets, ChallengeMessage challenge, NtlmNonces nonces) {
        AvPairs target = challenge.targetInfo().orElse(new AvPairs(List.of(), Bytes.EMPTY));
        Optional<Bytes> hostTime = target.value(AvPair.MSV_AV_TIMESTAMP).filter(time -> time.size() == 8);
        long time = hostTime.map(NtlmExchange::number).orElse(nonces.fileTime());
        boolean withMic = hostTime.isPresent();

        String domain = client.identity().domainFor(target);
        Bytes responseKey =
                Ntlm.ntowfV2(client.identity().ntHash(), client.identity().user(), domain);
        AvPairs pairs = clientPairs(client, target, withMic);
        Bytes temp = Bytes.of(
                NtlmV2ClientChallenge.of(time, nonces.clientChallenge(), pairs).toByteArray());
        Bytes proof = Ntlm.ntProofStr(responseKey, challenge.serverChallenge(), temp);
        Bytes baseKey = Ntlm.sessionBaseKey(responseKey, proof);
        boolean exchanged = (challenge.negotiateFlags() & NtlmFlags.KEY_EXCH) != 0;
        Bytes exported = exchanged ? nonces.exportedSessionKey() : baseKey;
        // a host that names the time gets no LM response (MS-NLMP 3.1.5.1.2)
        Bytes lm = hostTime.isPresent()
                ? ZERO_24
                : Ntlm.lmV2Response(responseKey, challenge.serverChallenge(), nonces.clientChallenge());
        AuthenticateMessage message = new AuthenticateMessage(
                lm,
                Ntlm.concat(proof, temp),
                Bytes.utf16le(domain),
                Bytes.utf16le(client.identity().user()),
                Bytes.utf16le(client.workstation()),
                exchanged ? Ntlm.rc4k(baseKey, exported) : Bytes.EMPTY,
                flags(challenge.negotiateFlags(), domain, client.workstation()),
                Optional.of(NtlmVersion.CLIENT),
                withMic ? Optional.of(ZERO_16) : Optional.empty(),
                Bytes.EMPTY);
        if (withMic) {
            Bytes blank = Bytes.of(message.toByteArray());
            message = message.withMic(Ntlm.mic(exported, negotiate, challengeOctets, blank));
        }
        return new NtlmExchange(message, exported);
    }

    /** What seals our messages, or opens the host's. */
    public NtlmSealing sealing(boolean client) {
        return new NtlmSealing(exportedSessionKey, client, (message.negotiateFlags() & NtlmFlags.KEY_EXCH) != 0);
    }

    private static AvPairs clientPairs(Client client, AvPairs target, boolean withMic) {
        List<AvPair> pairs = new ArrayList<>();
        long flags = 0;
        for (AvPair pair : target.pairs()) {
            switch (pair.avId()) {
                case AvPair.MSV_AV_FLAGS -> flags |= pair.value().size() == 4 ? number(pair.value()) : 0;
                case AvPair.MSV_AV_CHANNEL_BINDINGS, AvPair.MSV_AV_TARGET_NAME -> {
                    // these two are the client's to say
                }
                default -> pairs.add(pair);
            }
        }
        flags |= withMic ? AvPair.FLAG_MIC : 0;
        if (flags != 0) {
            int bits = (int) flags;
            pairs.add(new AvPair(AvPair.MSV_AV_FLAGS, Bytes.of(WireWriter.toByteArray(out -> out.u32le(bits)))));
        }
        pairs.add(new AvPair(AvPair.MSV_AV_CHANNEL_BINDINGS, client.channelBindings()));
        pairs.add(new AvPair(AvPair.MSV_AV_TARGET_NAME, Bytes.utf16le(client.targetName())));
        return new AvPairs(pairs, PADDING);
    }

    private static int flags(int offered, String domain, String workstation) {
        int flags = offered & (NtlmFlags.CLIENT | NtlmFlags.TARGET_INFO) & ~(NtlmFlags.OEM | NtlmFlags.LM_KEY);
        flags |= domain.isEmpty() ? 0 : NtlmFlags.OEM_DOMAIN_SUPPLIED;
        return flags | (workstation.isEmpty() ? 0 : NtlmFlags.OEM_WORKSTATION_SUPPLIED);
    }

    private static long number(Bytes littleEndian) {
        long value = 0;
        for (int i = littleEndian.size() - 1; i >= 0; i--) {
            value = value << 8 | littleEndian.at(i);
        }
        return value;
    }

    @Override
    public String toString() {
        return "NtlmExchange[message=" + message + "]";
    }
}
