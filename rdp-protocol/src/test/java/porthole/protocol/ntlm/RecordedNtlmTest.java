package porthole.protocol.ntlm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import porthole.fixtures.Direction;
import porthole.fixtures.Fixtures;
import porthole.fixtures.Recording;
import porthole.protocol.DecoderLaws;
import porthole.protocol.credssp.PublicKeyBinding;
import porthole.protocol.credssp.TsCredentials;
import porthole.protocol.credssp.TsPasswordCreds;
import porthole.protocol.credssp.TsRequest;
import porthole.protocol.failure.WireException;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

/** FreeRDP's NTLM messages: with its nonces and password we compute the same octets. */
class RecordedNtlmTest {
    private static final DecoderLaws NEGOTIATE = new DecoderLaws(
            "NegotiateMessage", b -> NegotiateMessage.decode(WireReader.of(b, "NegotiateMessage", "MS-NLMP 2.2.1.1")));
    private static final DecoderLaws CHALLENGE = new DecoderLaws(
            "ChallengeMessage", b -> ChallengeMessage.decode(WireReader.of(b, "ChallengeMessage", "MS-NLMP 2.2.1.2")));
    private static final DecoderLaws AUTHENTICATE = new DecoderLaws(
            "AuthenticateMessage",
            b -> AuthenticateMessage.decode(WireReader.of(b, "AuthenticateMessage", "MS-NLMP 2.2.1.3")));

    static Stream<Recording> recordings() {
        return Fixtures.recordings("freerdp-nla-shadow").stream()
                .filter(r -> !r.rows(Direction.C2S, "tsrequest").isEmpty());
    }

    private record Messages(List<TsRequest> client, List<TsRequest> host) {
        Bytes negotiate() {
            return client.get(0).negoTokens().get(0);
        }

        Bytes challenge() {
            return host.get(0).negoTokens().get(0);
        }

        Bytes authenticate() {
            return client.get(1).negoTokens().get(0);
        }
    }

    private static Messages messages(Recording recording) {
        return new Messages(requests(recording, Direction.C2S), requests(recording, Direction.S2C));
    }

    private static List<TsRequest> requests(Recording recording, Direction dir) {
        return recording.pdus(dir, "tsrequest").stream()
                .map(octets -> TsRequest.decode(WireReader.of(octets, "TsRequest", "MS-CSSP 2.2.1")))
                .toList();
    }

    private static ChallengeMessage challenge(Bytes token) {
        return ChallengeMessage.decode(WireReader.of(token, "ChallengeMessage", "MS-NLMP 2.2.1.2"));
    }

    private static NtlmExchange again(Recording recording, Messages messages) {
        JsonNode facts = recording.json("ntlm.json").orElseThrow().path("ntlm");
        NtlmIdentity identity = new NtlmIdentity(
                facts.path("user").asText(),
                facts.path("domain").asText(),
                Bytes.hex(facts.path("ntHash").asText()));
        return NtlmExchange.answer(
                new NtlmExchange.Client(
                        identity,
                        facts.path("workstation").asText(),
                        facts.path("spn").asText()),
                messages.negotiate(),
                messages.challenge(),
                challenge(messages.challenge()),
                new NtlmNonces(
                        Bytes.hex(facts.path("clientChallenge").asText()),
                        Bytes.hex(facts.path("exportedSessionKey").asText()),
                        0));
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void computesTheRecordedMessages(Recording recording) {
        Messages messages = messages(recording);
        assertThat(Bytes.of(NegotiateMessage.of(NtlmFlags.CLIENT, NtlmVersion.CLIENT)
                                .toByteArray())
                        .toHex())
                .isEqualTo(messages.negotiate().toHex());
        NtlmExchange exchange = again(recording, messages);
        assertThat(Bytes.of(exchange.message().toByteArray()).toHex())
                .isEqualTo(messages.authenticate().toHex());
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void opensWhatWasSealed(Recording recording) {
        Messages messages = messages(recording);
        NtlmExchange exchange = again(recording, messages);
        NtlmSealing client = exchange.sealing(true);
        PublicKeyBinding binding = new PublicKeyBinding(
                6, messages.client().get(1).clientNonce().orElseThrow(), CertificateKey.of(recording));
        assertThat(open(client, messages.client().get(1).pubKeyAuth().orElseThrow()))
                .isEqualTo(binding.fromClient());
        if (messages.client().size() < 3) {
            assertThat(messages.host().get(1).errorCode()).hasValue(0xC00700EAL);
            return;
        }
        assertThat(open(
                        exchange.sealing(false),
                        messages.host().get(1).pubKeyAuth().orElseThrow()))
                .isEqualTo(binding.fromServer());
        Bytes sealed = messages.client().get(2).authInfo().orElseThrow();
        Bytes authInfo = open(client, sealed);
        TsCredentials credentials = TsCredentials.decode(WireReader.of(authInfo, "TsCredentials", "MS-CSSP 2.2.1.2"));
        assertThat(credentials.otherForm()).isEqualTo(Bytes.EMPTY);
        TsPasswordCreds password = TsPasswordCreds.decode(
                WireReader.of(credentials.credentials(), "TsPasswordCreds", "MS-CSSP 2.2.1.2.1"));
        assertThat(password.userName()).isEqualTo("alice");
        recording
                .runOption("p")
                .ifPresent(p -> assertThat(TsCredentials.of(TsPasswordCreds.of(
                                        recording.runOption("d").orElse(""), "alice", p))
                                .toByteArray())
                        .isEqualTo(authInfo.toArray()));
        assertThat(password.toString()).doesNotContain("Lab-");
    }

    private static Bytes open(NtlmSealing sealing, Bytes sealed) {
        return sealing.open(WireReader.of(sealed, "TsRequest", "MS-CSSP 2.2.1"));
    }

    /** The host's side: the recorded answer proves the recorded hash, and no other. */
    @ParameterizedTest
    @MethodSource("recordings")
    void acceptsTheRecordedProof(Recording recording) {
        Messages messages = messages(recording);
        JsonNode facts = recording.json("ntlm.json").orElseThrow().path("ntlm");
        AuthenticateMessage message = AuthenticateMessage.decode(
                WireReader.of(messages.authenticate(), "AuthenticateMessage", "MS-NLMP 2.2.1.3"));
        Bytes serverChallenge = challenge(messages.challenge()).serverChallenge();
        NtlmAcceptance accepted = NtlmAcceptance.of(
                        Bytes.hex(facts.path("ntHash").asText()), serverChallenge, message)
                .orElseThrow();
        assertThat(accepted.exportedSessionKey().toHex())
                .isEqualTo(facts.path("exportedSessionKey").asText());
        assertThat(accepted.hasMic()).isTrue();
        assertThat(accepted.micIsRight(messages.negotiate(), messages.challenge(), messages.authenticate()))
                .isTrue();
        assertThat(accepted.micIsRight(messages.challenge(), messages.challenge(), messages.authenticate()))
                .isFalse();
        assertThat(accepted.micIsRight(messages.negotiate(), messages.challenge(), Bytes.hex("00")))
                .isFalse();
        assertThat(accepted.channelBindings()).isEmpty();
        assertThat(accepted.toString())
                .doesNotContain(accepted.exportedSessionKey().toHex());
        assertThat(NtlmAcceptance.of(Ntlm.ntHash("another"), serverChallenge, message))
                .isEmpty();
        assertThat(NtlmAcceptance.of(Bytes.hex(facts.path("ntHash").asText()), Bytes.of(new byte[8]), message))
                .isEmpty();
    }

    @Test
    void aBrokenProofIsRefusedOrProvesNothing() {
        Messages messages = messages(Fixtures.recording("freerdp-nla-shadow/ntlm-ok"));
        Bytes serverChallenge = challenge(messages.challenge()).serverChallenge();
        AuthenticateMessage message = AuthenticateMessage.decode(
                WireReader.of(messages.authenticate(), "AuthenticateMessage", "MS-NLMP 2.2.1.3"));
        Bytes response = message.ntChallengeResponse();
        for (int length = 0; length < response.size(); length++) {
            proves(message, response.slice(0, length), message.encryptedRandomSessionKey(), serverChallenge);
        }
        proves(message, response, Bytes.EMPTY, serverChallenge);
        SplittableRandom random = new SplittableRandom(4);
        for (int run = 0; run < 3000; run++) {
            byte[] changed = response.toArray();
            changed[random.nextInt(changed.length)] ^= (byte) (1 + random.nextInt(255));
            proves(message, Bytes.of(changed), message.encryptedRandomSessionKey(), serverChallenge);
        }
    }

    private static void proves(AuthenticateMessage like, Bytes response, Bytes key, Bytes serverChallenge) {
        AuthenticateMessage message = new AuthenticateMessage(
                like.lmChallengeResponse(),
                response,
                like.domainName(),
                like.userName(),
                like.workstation(),
                key,
                like.negotiateFlags(),
                like.version(),
                like.mic(),
                Bytes.EMPTY);
        try {
            assertThat(NtlmAcceptance.of(Ntlm.ntHash("Lab-Passw0rd"), serverChallenge, message))
                    .isEmpty();
        } catch (WireException refused) {
            assertThat(refused.pdu()).startsWith("NTLMv2_RESPONSE");
        }
    }

    @Test
    void decodesTheChallengeOfTheRecording() {
        ChallengeMessage challenge = challenge(
                messages(Fixtures.recording("freerdp-nla-shadow/ntlm-ok")).challenge());
        assertThat(challenge.targetName().toUtf16le()).isEqualTo("LABHOST");
        assertThat(challenge.negotiateFlags()).isEqualTo(0xe28882b7);
        assertThat(challenge.serverChallenge().toHex()).isEqualTo("94242529616d3ed2");
        assertThat(challenge.version()).contains(NtlmVersion.CLIENT);
        AvPairs info = challenge.targetInfo().orElseThrow();
        assertThat(info.text(AvPair.MSV_AV_DNS_COMPUTER_NAME)).isEqualTo("LABHOST");
        assertThat(info.value(AvPair.MSV_AV_TIMESTAMP)).contains(Bytes.hex("0464dc742479dd01"));
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void keepsTheRecordedOctets(Recording recording) {
        Messages messages = messages(recording);
        NEGOTIATE.keeps(messages.negotiate().toArray());
        CHALLENGE.keeps(messages.challenge().toArray());
        AuthenticateMessage message =
                (AuthenticateMessage) AUTHENTICATE.keeps(messages.authenticate().toArray());
        assertThat(message.otherForm()).isEqualTo(Bytes.EMPTY);
        assertThat(message.toString())
                .doesNotContain(message.ntChallengeResponse().toHex());
    }

    @Test
    void brokenMessagesAreRefusedOrKept() {
        Messages messages = messages(Fixtures.recording("freerdp-nla-shadow/ntlm-domain"));
        NEGOTIATE.survivesEveryTruncation(messages.negotiate().toArray(), octets -> octets);
        CHALLENGE.refusesEveryTruncation(messages.challenge().toArray());
        AUTHENTICATE.refusesEveryTruncation(messages.authenticate().toArray());
        NEGOTIATE.survivesMutations(messages.negotiate().toArray(), 3000, 1, octets -> octets);
        CHALLENGE.survivesMutations(messages.challenge().toArray(), 5000, 2, octets -> octets);
        AUTHENTICATE.survivesMutations(messages.authenticate().toArray(), 5000, 3, octets -> octets);
    }

    @Test
    void aHostWithoutTimeGetsAnLmResponseAndNoMic() {
        Recording recording = Fixtures.recording("freerdp-nla-shadow/ntlm-ok");
        ChallengeMessage old = ChallengeMessage.of(
                "LABHOST",
                0xe28882b7 & ~NtlmFlags.KEY_EXCH,
                Bytes.hex("0123456789abcdef"),
                new AvPairs(List.of(new AvPair(AvPair.MSV_AV_NB_COMPUTER_NAME, Bytes.utf16le("BOX"))), Bytes.EMPTY),
                NtlmVersion.CLIENT);
        Bytes octets = Bytes.of(old.toByteArray());
        CHALLENGE.keeps(octets.toArray());
        NtlmNonces nonces = new NtlmNonces(Bytes.hex("aaaaaaaaaaaaaaaa"), Bytes.of(new byte[16]), 0x0123456789L);
        NtlmIdentity local = new NtlmIdentity("bob", ".", Ntlm.ntHash("secret"));
        NtlmExchange exchange = NtlmExchange.answer(
                new NtlmExchange.Client(local, "", "TERMSRV/box"),
                messages(recording).negotiate(),
                octets,
                old,
                nonces);
        AuthenticateMessage message = exchange.message();
        assertThat(message.mic()).isEmpty();
        assertThat(message.domainName().toUtf16le()).isEqualTo("BOX");
        Bytes key = Ntlm.ntowfV2(Ntlm.ntHash("secret"), "bob", "BOX");
        assertThat(message.lmChallengeResponse())
                .isEqualTo(Ntlm.lmV2Response(key, old.serverChallenge(), nonces.clientChallenge()));
        Bytes temp = message.ntChallengeResponse()
                .slice(16, message.ntChallengeResponse().size() - 16);
        NtlmV2ClientChallenge said =
                NtlmV2ClientChallenge.decode(WireReader.of(temp, "NTLMv2_CLIENT_CHALLENGE", "MS-NLMP 2.2.2.7"));
        assertThat(said.timeStamp()).isEqualTo(0x0123456789L);
        assertThat(said.avPairs().value(AvPair.MSV_AV_FLAGS)).isEmpty();
        assertThat(message.encryptedRandomSessionKey()).isEqualTo(Bytes.EMPTY);
        assertThat(exchange.exportedSessionKey())
                .isEqualTo(
                        Ntlm.sessionBaseKey(key, message.ntChallengeResponse().slice(0, 16)));
        assertThat(local.toString()).doesNotContain(Ntlm.ntHash("secret").toHex());
        assertThat(exchange.toString())
                .doesNotContain(exchange.exportedSessionKey().toHex());
    }
}
