package porthole.transport.nla;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import porthole.protocol.failure.Refused;
import porthole.protocol.failure.SequenceException;
import porthole.protocol.ntlm.AvPair;
import porthole.protocol.ntlm.ChallengeMessage;
import porthole.protocol.ntlm.NegotiateMessage;
import porthole.protocol.ntlm.Ntlm;
import porthole.protocol.ntlm.NtlmExchange;
import porthole.protocol.ntlm.NtlmFlags;
import porthole.protocol.ntlm.NtlmNonces;
import porthole.protocol.ntlm.NtlmSealing;
import porthole.protocol.ntlm.NtlmVersion;
import porthole.protocol.spnego.Oid;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.transport.RandomSource;

/** NTLMv2 with extended session security, 128-bit keys, signing and sealing (MS-NLMP); nothing weaker. */
public final class NtlmMechanism implements AuthenticationMechanism {
    private static final String SECTION = "MS-NLMP 3.1.5.1.2";
    private static final Bytes NEGOTIATE =
            Bytes.of(NegotiateMessage.of(NtlmFlags.CLIENT, NtlmVersion.CLIENT).toByteArray());

    private final NtlmExchange.Client client;
    private final RandomSource random;
    private final Instant now;
    private final Map<String, Object> facts = new LinkedHashMap<>();
    private NtlmSealing sending;
    private NtlmSealing receiving;

    public NtlmMechanism(NtlmExchange.Client client, RandomSource random, Instant now) {
        this.client = client;
        this.random = random;
        this.now = now;
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
    public boolean alwaysSignsTheList() {
        return true;
    }

    @Override
    public Bytes begin() {
        return NEGOTIATE;
    }

    @Override
    public Optional<Bytes> next(Bytes token) {
        if (isComplete()) {
            throw new SequenceException("a second NTLM token", "nothing after the CHALLENGE_MESSAGE", SECTION);
        }
        ChallengeMessage challenge =
                ChallengeMessage.decode(WireReader.of(token, "ChallengeMessage", "MS-NLMP 2.2.1.2"));
        tell(challenge);
        int missing = NtlmFlags.NEEDED & ~challenge.negotiateFlags();
        if (missing != 0) {
            throw new Refused(
                    "ntlm-too-weak",
                    "CHALLENGE_MESSAGE",
                    challenge.negotiateFlags() & 0xFFFFFFFFL,
                    "NegotiateFlags",
                    String.format("the host does not offer what CredSSP needs of NTLM (flags 0x%08X)", missing),
                    "set the host's minimum session security for NTLM SSP servers to NTLMv2 with 128-bit encryption",
                    "MS-NLMP 2.2.2.5");
        }
        NtlmNonces nonces = new NtlmNonces(
                Bytes.of(random.octets(8)),
                Bytes.of(random.octets(16)),
                Ntlm.fileTime(now.getEpochSecond(), now.getNano()));
        NtlmExchange exchange = NtlmExchange.answer(client, NEGOTIATE, token, challenge, nonces);
        sending = exchange.sealing(true);
        receiving = exchange.sealing(false);
        return Optional.of(Bytes.of(exchange.message().toByteArray()));
    }

    private void tell(ChallengeMessage challenge) {
        challenge.targetInfo().ifPresent(info -> {
            tell("hostName", info.text(AvPair.MSV_AV_DNS_COMPUTER_NAME));
            tell("hostDomain", info.text(AvPair.MSV_AV_DNS_DOMAIN_NAME));
            tell("netbiosName", info.text(AvPair.MSV_AV_NB_COMPUTER_NAME));
            tell("netbiosDomain", info.text(AvPair.MSV_AV_NB_DOMAIN_NAME));
        });
        challenge
                .version()
                .ifPresent(version -> tell(
                        "hostVersion",
                        version.productMajorVersion() + "." + version.productMinorVersion() + "."
                                + version.productBuild()));
    }

    private void tell(String name, String value) {
        if (!value.isEmpty()) {
            facts.put(name, value);
        }
    }

    @Override
    public boolean isComplete() {
        return sending != null;
    }

    @Override
    public void finish(Bytes token) {
        throw new SequenceException("one more NTLM token", "nothing after the AUTHENTICATE_MESSAGE", SECTION);
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

    @Override
    public Map<String, Object> facts() {
        return Map.copyOf(facts);
    }
}
