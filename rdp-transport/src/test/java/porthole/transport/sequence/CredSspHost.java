package porthole.transport.sequence;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import porthole.protocol.credssp.PublicKeyBinding;
import porthole.protocol.credssp.TsCredentials;
import porthole.protocol.credssp.TsPasswordCreds;
import porthole.protocol.credssp.TsRequest;
import porthole.protocol.ntlm.AuthenticateMessage;
import porthole.protocol.ntlm.AvPair;
import porthole.protocol.ntlm.AvPairs;
import porthole.protocol.ntlm.ChallengeMessage;
import porthole.protocol.ntlm.Ntlm;
import porthole.protocol.ntlm.NtlmFlags;
import porthole.protocol.ntlm.NtlmSealing;
import porthole.protocol.ntlm.NtlmVersion;
import porthole.protocol.spnego.NegTokenInit;
import porthole.protocol.spnego.NegTokenResp;
import porthole.protocol.spnego.Oid;
import porthole.protocol.spnego.SpnegoToken;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

/** The host's side of CredSSP with NTLM for tests: knows one password, answers each TSRequest. */
final class CredSspHost {
    static final Bytes CHALLENGE = Bytes.hex("0123456789abcdef");

    private final long version;
    private final String password;
    private final Bytes publicKey;
    int flags = 0xE28882B7;
    boolean withTime = true;
    boolean spnego;
    private Bytes mechTypeList = Bytes.EMPTY;
    private NtlmSealing sending;
    private NtlmSealing receiving;
    private AuthenticateMessage authenticate;
    private TsPasswordCreds delegated;

    CredSspHost(long version, String password, Bytes publicKey) {
        this.version = version;
        this.password = password;
        this.publicKey = publicKey;
    }

    /** Answers the first request. */
    TsRequest challenge(byte[] first) {
        Bytes token = decode(first).negoTokens().get(0);
        if (spnego) {
            NegTokenInit init = (NegTokenInit) SpnegoToken.decode(WireReader.of(token, "token", ""));
            mechTypeList = init.mechTypeList();
        }
        List<AvPair> pairs = withTime
                ? List.of(computer(), new AvPair(AvPair.MSV_AV_TIMESTAMP, Bytes.hex("0464dc742479dd01")))
                : List.of(computer());
        ChallengeMessage challenge =
                ChallengeMessage.of("BOX", flags, CHALLENGE, new AvPairs(pairs, Bytes.EMPTY), NtlmVersion.CLIENT);
        Bytes octets = Bytes.of(challenge.toByteArray());
        return TsRequest.of(version)
                .withNegoToken(
                        spnego
                                ? Bytes.of(NegTokenResp.of(
                                                NegTokenResp.ACCEPT_INCOMPLETE,
                                                Optional.of(Oid.NTLM),
                                                Optional.of(octets),
                                                Optional.empty())
                                        .toByteArray())
                                : octets);
    }

    private static AvPair computer() {
        return new AvPair(AvPair.MSV_AV_NB_COMPUTER_NAME, Bytes.utf16le("BOX"));
    }

    /** Answers the second request, after it checked proof, list MIC and key binding. */
    TsRequest key(byte[] second) {
        TsRequest request = decode(second);
        Bytes token = request.negoTokens().get(0);
        Optional<Bytes> listMic = Optional.empty();
        if (spnego) {
            NegTokenResp answer = (NegTokenResp) SpnegoToken.decode(WireReader.of(token, "token", ""));
            token = answer.responseToken().orElseThrow();
            listMic = answer.mechListMic();
        }
        authenticate = AuthenticateMessage.decode(WireReader.of(token, "AuthenticateMessage", ""));
        Bytes key = Ntlm.ntowfV2(
                Ntlm.ntHash(password),
                authenticate.userName().toUtf16le(),
                authenticate.domainName().toUtf16le());
        Bytes response = authenticate.ntChallengeResponse();
        Bytes proof = Ntlm.ntProofStr(key, CHALLENGE, response.slice(16, response.size() - 16));
        if (!proof.equals(response.slice(0, 16))) {
            return TsRequest.of(version).withErrorCode(0xC000006DL);
        }
        Bytes base = Ntlm.sessionBaseKey(key, proof);
        boolean exchanged = (flags & NtlmFlags.KEY_EXCH) != 0;
        Bytes exported = exchanged ? Ntlm.rc4k(base, authenticate.encryptedRandomSessionKey()) : base;
        receiving = new NtlmSealing(exported, true, exchanged);
        sending = new NtlmSealing(exported, false, exchanged);
        TsRequest answer = TsRequest.of(version);
        if (spnego) {
            Bytes mic = listMic.orElseThrow();
            receiving.verify(mechTypeList, mic, WireReader.of(mic, "mechListMIC", ""));
            receiving.reset();
            Bytes own = sending.sign(mechTypeList);
            sending.reset();
            answer = answer.withNegoToken(Bytes.of(new NegTokenResp(
                            OptionalInt.of(NegTokenResp.ACCEPT_COMPLETED),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(own),
                            Bytes.EMPTY)
                    .toByteArray()));
        }
        PublicKeyBinding binding =
                new PublicKeyBinding(Math.min(version, 6), request.clientNonce().orElseThrow(), publicKey);
        Bytes shown = receiving.open(WireReader.of(request.pubKeyAuth().orElseThrow(), "pubKeyAuth", ""));
        return shown.equals(binding.fromClient())
                ? answer.withPubKeyAuth(sending.seal(binding.fromServer()))
                : TsRequest.of(version).withErrorCode(0x8009030FL);
    }

    /** Opens the third request. */
    void credentials(byte[] third) {
        Bytes plain = receiving.open(WireReader.of(decode(third).authInfo().orElseThrow(), "authInfo", ""));
        TsCredentials credentials = TsCredentials.decode(WireReader.of(plain, "TsCredentials", ""));
        delegated = TsPasswordCreds.decode(WireReader.of(credentials.credentials(), "TsPasswordCreds", ""));
    }

    AuthenticateMessage authenticate() {
        return authenticate;
    }

    TsPasswordCreds delegated() {
        return delegated;
    }

    private static TsRequest decode(byte[] octets) {
        return TsRequest.decode(WireReader.of(octets, "TsRequest", "MS-CSSP 2.2.1"));
    }
}
