package porthole.host.nla;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import porthole.protocol.ntlm.AuthenticateMessage;
import porthole.protocol.ntlm.AvPair;
import porthole.protocol.ntlm.AvPairs;
import porthole.protocol.ntlm.ChallengeMessage;
import porthole.protocol.ntlm.NegotiateMessage;
import porthole.protocol.ntlm.NtlmAcceptance;
import porthole.protocol.ntlm.NtlmFlags;
import porthole.protocol.ntlm.NtlmSealing;
import porthole.protocol.ntlm.NtlmVersion;
import porthole.protocol.spnego.Oid;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** NTLMv2 with extended session security, as the server does it (MS-NLMP 3.2.5); nothing weaker. */
final class NtlmAcceptor implements Acceptor {
    static final long LOGON_FAILURE = 0xC000006DL;
    private static final long NTLM_BLOCKED = 0xC0000418L;
    private static final long BAD_BINDINGS = 0xC000035BL;
    private static final long INVALID_TOKEN = 0x80090308L;
    private static final long MESSAGE_ALTERED = 0x8009030FL;
    private static final long UNSUPPORTED = 0x80090302L;
    private static final int NETBIOS_NAME = 15;
    private static final Bytes SIGNATURE = Bytes.ascii("NTLMSSP\0");

    private final NlaHost host;
    private final String hostName;
    private final Bytes serverChallenge;
    private final Bytes channelBindings;
    private final long fileTime;
    private Bytes negotiate;
    private Bytes challenge;
    private HostUser account;
    private NtlmSealing sending;
    private NtlmSealing receiving;

    NtlmAcceptor(NlaHost host, String hostName, Bytes serverChallenge, Bytes channelBindings, long fileTime) {
        this.host = host;
        this.hostName = hostName;
        this.serverChallenge = serverChallenge;
        this.channelBindings = channelBindings;
        this.fileTime = fileTime;
    }

    static boolean begins(Bytes token) {
        return token.size() >= SIGNATURE.size()
                && token.slice(0, SIGNATURE.size()).equals(SIGNATURE);
    }

    @Override
    public String name() {
        return "ntlm";
    }

    @Override
    public List<Oid> oids() {
        return List.of(Oid.NTLM);
    }

    @Override
    public Step accept(Bytes token) {
        if (!host.ntlm()) {
            return Step.refused(NTLM_BLOCKED, "this host takes no NTLM");
        }
        if (isComplete()) {
            return Step.refused(INVALID_TOKEN, "one token too many");
        }
        return negotiate == null ? challenge(token) : authenticate(token);
    }

    private Step challenge(Bytes token) {
        NegotiateMessage message = NegotiateMessage.decode(WireReader.of(token, "NegotiateMessage", "MS-NLMP 2.2.1.1"));
        int missing = NtlmFlags.NEEDED & ~NtlmFlags.TARGET_INFO & ~message.negotiateFlags();
        if (missing != 0) {
            return Step.refused(UNSUPPORTED, String.format("the client lacks the flags 0x%08X", missing));
        }
        String netbios = netbiosName();
        int flags = message.negotiateFlags() & NtlmFlags.HOST | NtlmFlags.TARGET_INFO | NtlmFlags.TARGET_TYPE_SERVER;
        ChallengeMessage answer = ChallengeMessage.of(
                netbios, flags, serverChallenge, new AvPairs(targetInfo(netbios), Bytes.EMPTY), NtlmVersion.CLIENT);
        negotiate = token;
        challenge = Bytes.of(answer.toByteArray());
        return Step.answer(challenge);
    }

    private String netbiosName() {
        String label = hostName.split("\\.", 2)[0].toUpperCase(Locale.ROOT);
        return label.substring(0, Math.min(NETBIOS_NAME, label.length()));
    }

    private List<AvPair> targetInfo(String netbios) {
        List<AvPair> pairs = new ArrayList<>();
        pairs.add(new AvPair(AvPair.MSV_AV_NB_DOMAIN_NAME, Bytes.utf16le(netbios)));
        pairs.add(new AvPair(AvPair.MSV_AV_NB_COMPUTER_NAME, Bytes.utf16le(netbios)));
        pairs.add(new AvPair(AvPair.MSV_AV_DNS_DOMAIN_NAME, Bytes.utf16le(hostName)));
        pairs.add(new AvPair(AvPair.MSV_AV_DNS_COMPUTER_NAME, Bytes.utf16le(hostName)));
        pairs.add(new AvPair(AvPair.MSV_AV_TIMESTAMP, Bytes.of(WireWriter.toByteArray(out -> out.s64le(fileTime)))));
        return pairs;
    }

    private Step authenticate(Bytes token) {
        AuthenticateMessage message =
                AuthenticateMessage.decode(WireReader.of(token, "AuthenticateMessage", "MS-NLMP 2.2.1.3"));
        String name = message.userName().toUtf16le();
        String domain = message.domainName().toUtf16le();
        Optional<HostUser> found = host.user(name, domain);
        if (found.isEmpty()) {
            return Step.refused(LOGON_FAILURE, "there is no user " + domain + "\\" + name);
        }
        Optional<NtlmAcceptance> proof = NtlmAcceptance.of(found.get().ntHash(), serverChallenge, message);
        if (proof.isEmpty()) {
            return Step.refused(LOGON_FAILURE, "wrong password of " + name);
        }
        NtlmAcceptance accepted = proof.get();
        if (accepted.hasMic() && !accepted.micIsRight(negotiate, challenge, token)) {
            return Step.refused(MESSAGE_ALTERED, "the MIC is not that of the three messages");
        }
        if (accepted.channelBindings()
                .filter(theirs -> !theirs.equals(channelBindings))
                .isPresent()) {
            return Step.refused(BAD_BINDINGS, "the client sees another TLS certificate");
        }
        account = found.get();
        sending = accepted.sealing(false);
        receiving = accepted.sealing(true);
        return Step.silent();
    }

    @Override
    public boolean isComplete() {
        return sending != null;
    }

    @Override
    public String user() {
        return account == null ? "" : account.name();
    }

    @Override
    public Optional<HostUser> account() {
        return Optional.ofNullable(account);
    }

    @Override
    public Bytes wrap(Bytes message) {
        return sending.seal(message);
    }

    @Override
    public Bytes unwrap(WireReader sealed) {
        return receiving.open(sealed);
    }

    @Override
    public Bytes listMic(Bytes mechTypeList) {
        Bytes mic = sending.sign(mechTypeList);
        sending.reset();
        return mic;
    }

    @Override
    public void verifyListMic(Bytes mechTypeList, Bytes mic) {
        receiving.verify(mechTypeList, mic, WireReader.of(mic, "NegTokenResp.mechListMIC", "RFC 4178 5"));
        receiving.reset();
    }
}
