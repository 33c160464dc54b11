package porthole.transport.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.protocol.credssp.TsRequest;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Refused;
import porthole.protocol.failure.SequenceException;
import porthole.protocol.failure.Stage;
import porthole.protocol.failure.WireException;
import porthole.protocol.ntlm.Ntlm;
import porthole.protocol.ntlm.NtlmFlags;
import porthole.protocol.wire.Bytes;
import porthole.protocol.x224.ConnectionConfirm;
import porthole.protocol.x224.NegotiationResponse;
import porthole.protocol.x224.SecurityProtocols;
import porthole.transport.ConnectionSpec;
import porthole.transport.Credentials;
import porthole.transport.Secret;
import porthole.transport.SessionSink;
import porthole.transport.Target;
import porthole.transport.Trust;
import porthole.transport.nla.NlaSecurityLayer;
import porthole.transport.nla.NlaSettings;

/** Network level authentication against hosts of every version, willing and unwilling. */
class NlaSecurityLayerTest {
    private static final Bytes KEY = Bytes.hex("3082010a0282010100");
    private static final String PASSWORD = "s3cret-word";
    private static final NlaSettings PLAIN = NlaSettings.of(Clock.systemUTC());
    private RecordedHost wire;

    private void connect(NlaSettings settings, SecurityProtocols selected, String user, String domain) {
        NlaSecurityLayer layer = new NlaSecurityLayer(settings);
        ConnectionSpec spec = ConnectionSpec.of(Target.of("box.test", 3389), List.of(layer), new Trust.Ignore())
                .withCredentials(new Credentials(user, domain, Secret.of(PASSWORD)))
                .withUntil(Stage.AUTHENTICATION);
        SplittableRandom random = new SplittableRandom(1);
        wire = new RecordedHost(
                spec,
                layer,
                layer.prepare(spec, null, Runnable::run).toCompletableFuture().join(),
                new SessionSink() {},
                random::nextBytes,
                KEY);
        wire.feed(ConnectionConfirm.of(new NegotiationResponse(0, selected)).toByteArray());
    }

    private void connect(NlaSettings settings) {
        connect(settings, SecurityProtocols.HYBRID, "alice", "LAB");
    }

    @AfterEach
    void close() {
        if (wire != null) {
            wire.close();
        }
    }

    private byte[] sent(int index) {
        assertThat(wire.failure().map(Throwable::getMessage)).isEmpty();
        assertThat(wire.sent()).hasSizeGreaterThan(index);
        return wire.sent().get(index);
    }

    private void signIn(CredSspHost host) {
        wire.feed(host.challenge(sent(1)).toByteArray());
        wire.feed(host.key(sent(2)).toByteArray());
        host.credentials(sent(3));
    }

    private RdpFailure failure() {
        RdpFailure failure = (RdpFailure) wire.failure().orElseThrow();
        assertThat(failure.stage()).contains(Stage.AUTHENTICATION);
        assertThat(failure.getMessage())
                .doesNotContain(PASSWORD)
                .doesNotContain(Ntlm.ntHash(PASSWORD).toHex());
        return failure;
    }

    @ParameterizedTest
    @CsvSource({"2, false", "3, true", "4, false", "5, true", "6, false", "6, true", "9, false"})
    void signsInToHostsOfEveryVersion(long version, boolean spnego) {
        connect(spnego ? PLAIN.withSpnego() : PLAIN);
        CredSspHost host = new CredSspHost(version, PASSWORD, KEY);
        host.spnego = spnego;
        signIn(host);
        assertThat(host.delegated().domainName()).isEqualTo("LAB");
        assertThat(host.delegated().userName()).isEqualTo("alice");
        assertThat(host.delegated().password()).isEqualTo(PASSWORD);
        assertThat(wire.connection().reached()).isCompleted();
    }

    @Test
    void signsInToAHostThatExchangesNoKeyAndNamesNoTime() {
        connect(PLAIN);
        CredSspHost host = new CredSspHost(6, PASSWORD, KEY);
        host.flags &= ~NtlmFlags.KEY_EXCH;
        host.withTime = false;
        signIn(host);
        assertThat(host.authenticate().mic()).isEmpty();
        assertThat(wire.connection().reached()).isCompleted();
    }

    @ParameterizedTest
    @CsvSource({
        "alice, LAB, LAB, LAB",
        "alice, '', '', ''",
        "alice, ., BOX, .",
        "alice@lab.test, '', '', ''",
    })
    void namesTheUserAsTheHostHasToKnowIt(String user, String domain, String proved, String delegated) {
        connect(PLAIN, SecurityProtocols.HYBRID, user, domain);
        CredSspHost host = new CredSspHost(6, PASSWORD, KEY);
        signIn(host);
        assertThat(host.authenticate().userName().toUtf16le()).isEqualTo(user);
        assertThat(host.authenticate().domainName().toUtf16le()).isEqualTo(proved);
        assertThat(host.delegated().userName()).isEqualTo(user);
        assertThat(host.delegated().domainName()).isEqualTo(delegated);
    }

    @Test
    void restrictedAdminKeepsTheCredentialsHere() {
        connect(PLAIN.withRestrictedAdmin()
                .withNtHash(Secret.of(Ntlm.ntHash(PASSWORD).toHex())));
        assertThat(wire.sent().get(0)[wire.sent().get(0).length - 7])
                .as("RESTRICTED_ADMIN_MODE_REQUIRED")
                .isEqualTo((byte) 1);
        CredSspHost host = new CredSspHost(6, PASSWORD, KEY);
        signIn(host);
        assertThat(host.delegated().userName()).isEmpty();
        assertThat(host.delegated().password()).isEmpty();
        assertThatThrownBy(() -> PLAIN.withNtHash(Secret.of("not a hash")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("not a hash");
    }

    @Test
    void waitsForTheEarlyUserAuthorizationResult() {
        connect(PLAIN.withEarlyAuthorization(), SecurityProtocols.HYBRID_EX, "alice", "");
        CredSspHost host = new CredSspHost(6, PASSWORD, KEY);
        signIn(host);
        assertThat(wire.connection().reached()).isNotDone();
        wire.feed(new byte[] {0, 0});
        assertThat(wire.connection().reached()).isNotDone();
        wire.feed(new byte[] {0, 0});
        assertThat(wire.connection().reached()).isCompleted();
        assertThat(wire.failure()).isEmpty();
    }

    @Test
    void saysThatTheUserIsNotAuthorized() {
        connect(PLAIN.withEarlyAuthorization(), SecurityProtocols.HYBRID_EX, "alice", "");
        signIn(new CredSspHost(6, PASSWORD, KEY));
        wire.feed(new byte[] {5, 0, 0, 0});
        assertThat(((Refused) failure()).codeName()).isEqualTo("AUTHZ_ACCESS_DENIED");
        assertThat(failure().getMessage()).contains("Remote Desktop Users");
    }

    @Test
    void anErrorMayComeInPlaceOfTheResult() {
        connect(PLAIN.withEarlyAuthorization(), SecurityProtocols.HYBRID_EX, "alice", "");
        signIn(new CredSspHost(6, PASSWORD, KEY));
        wire.feed(TsRequest.of(6).withErrorCode(0xC0000224L).toByteArray());
        assertThat(((Refused) failure()).codeName()).isEqualTo("STATUS_PASSWORD_MUST_CHANGE");
        wire.close();
        connect(PLAIN.withEarlyAuthorization(), SecurityProtocols.HYBRID_EX, "alice", "");
        signIn(new CredSspHost(6, PASSWORD, KEY));
        wire.feed(TsRequest.of(6).toByteArray());
        assertThat(failure()).isInstanceOf(SequenceException.class);
    }

    @Test
    void aHostThatKnowsNoEarlyAuthorizationNeedNotSayIt() {
        connect(PLAIN.withEarlyAuthorization(), SecurityProtocols.HYBRID, "alice", "");
        signIn(new CredSspHost(6, PASSWORD, KEY));
        assertThat(wire.connection().reached()).isCompleted();
    }

    @Test
    void aWrongPasswordHasItsName() {
        connect(PLAIN);
        CredSspHost host = new CredSspHost(6, "another", KEY);
        wire.feed(host.challenge(sent(1)).toByteArray());
        wire.feed(host.key(sent(2)).toByteArray());
        assertThat(((Refused) failure()).codeName()).isEqualTo("STATUS_LOGON_FAILURE");
        assertThat(wire.sent()).as("no credentials").hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aManInTheMiddleGetsNoCredentials(boolean relaysTheProof) {
        connect(PLAIN);
        // a relay sees another TLS key than the host; a liar knows no session key at all
        CredSspHost host = new CredSspHost(6, PASSWORD, KEY);
        wire.feed(host.challenge(sent(1)).toByteArray());
        TsRequest answer = host.key(sent(2));
        byte[] forged = answer.pubKeyAuth().orElseThrow().toArray();
        if (relaysTheProof) {
            forged[forged.length - 1] ^= 1;
        } else {
            forged = new byte[3];
        }
        wire.feed(TsRequest.of(6).withPubKeyAuth(Bytes.of(forged)).toByteArray());
        assertThat(((LocalFailure) failure()).causeName()).isEqualTo("public-key-mismatch");
        assertThat(failure().getMessage()).contains("in the middle");
        assertThat(wire.sent()).hasSize(3);
    }

    @Test
    void theHostSeesThatTheKeyIsAnother() {
        connect(PLAIN);
        CredSspHost host = new CredSspHost(6, PASSWORD, Bytes.hex("3082010a0282010101"));
        wire.feed(host.challenge(sent(1)).toByteArray());
        wire.feed(host.key(sent(2)).toByteArray());
        assertThat(((Refused) failure()).codeName()).isEqualTo("SEC_E_MESSAGE_ALTERED");
    }

    @Test
    void plainTlsIsNoSubstitute() {
        connect(PLAIN, SecurityProtocols.TLS, "alice", "");
        assertThat(wire.failure().orElseThrow()).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.stage()).contains(Stage.CONNECTION_INITIATION);
            assertThat(refused.getMessage()).contains("--security tls");
        });
        assertThat(wire.sent()).hasSize(1);
    }

    @Test
    void weakNtlmIsRefused() {
        connect(PLAIN);
        CredSspHost host = new CredSspHost(6, PASSWORD, KEY);
        host.flags &= ~NtlmFlags.SEAL;
        wire.feed(host.challenge(sent(1)).toByteArray());
        assertThat(failure()).isInstanceOf(Refused.class);
        assertThat(failure().getMessage()).contains("128-bit");
    }

    @Test
    void aVersionThatChangesOnTheWayIsRefused() {
        connect(PLAIN);
        CredSspHost host = new CredSspHost(6, PASSWORD, KEY);
        wire.feed(host.challenge(sent(1)).toByteArray());
        wire.feed(TsRequest.of(2)
                .withPubKeyAuth(host.key(sent(2)).pubKeyAuth().orElseThrow())
                .toByteArray());
        assertThat(failure()).isInstanceOf(SequenceException.class);
    }

    @Test
    void anAncientVersionIsRefused() {
        connect(PLAIN);
        wire.feed(new CredSspHost(1, PASSWORD, KEY).challenge(sent(1)).toByteArray());
        assertThat(failure()).isInstanceOf(Refused.class);
    }

    @Test
    void messagesWithoutWhatIsDueAreRefused() {
        connect(PLAIN);
        wire.feed(TsRequest.of(6).toByteArray());
        assertThat(failure()).isInstanceOf(SequenceException.class);
        wire.close();
        connect(PLAIN);
        wire.feed(new CredSspHost(6, PASSWORD, KEY).challenge(sent(1)).toByteArray());
        wire.feed(TsRequest.of(6).toByteArray());
        assertThat(failure()).isInstanceOf(SequenceException.class);
        wire.close();
        connect(PLAIN.withSpnego());
        wire.feed(TsRequest.of(6).withNegoToken(Bytes.hex("a1073005a0030a0102")).toByteArray());
        assertThat(failure()).isInstanceOf(Refused.class);
        wire.close();
        connect(PLAIN);
        wire.feed(Bytes.hex("3084ffffffff").toArray());
        assertThat(failure()).isInstanceOf(WireException.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void changedAnswersEndInOneOfTheFailures(boolean spnego) {
        SplittableRandom random = new SplittableRandom(42);
        for (int run = 0; run < 400; run++) {
            connect(spnego ? PLAIN.withSpnego() : PLAIN);
            CredSspHost host = new CredSspHost(6, PASSWORD, KEY);
            host.spnego = spnego;
            byte[] answer = host.challenge(sent(1)).toByteArray();
            for (int change = 0; change <= random.nextInt(3); change++) {
                answer[random.nextInt(answer.length)] = (byte) random.nextInt(256);
            }
            wire.feed(answer);
            wire.failure()
                    .ifPresent(failure -> assertThat(
                                    ((RdpFailure) failure).report().cause())
                            .as(failure.getMessage())
                            .isNotEqualTo("internal"));
            wire.close();
        }
    }

    @Test
    void wantsAUserAndSomethingToProve() {
        NlaSecurityLayer layer = new NlaSecurityLayer(PLAIN);
        ConnectionSpec nobody = ConnectionSpec.of(Target.of("box.test", 3389), List.of(layer), new Trust.Ignore());
        assertThat(layer.canUse(nobody)).isFalse();
        assertThat(layer.canUse(nobody.withUntil(Stage.TLS))).isTrue();
        assertThat(layer.canUse(nobody.withCredentials(new Credentials("alice", "", Secret.NONE))))
                .isFalse();
        assertThat(layer.canUse(nobody.withCredentials(new Credentials("alice", "", Secret.of("x")))))
                .isTrue();
        assertThat(layer.name()).isEqualTo("nla");
        assertThat(layer.protocol().names()).containsExactly("TLS", "HYBRID");
        NlaSecurityLayer early = new NlaSecurityLayer(PLAIN.withEarlyAuthorization());
        assertThat(early.name()).isEqualTo("nla-ext");
        assertThat(early.protocol().names()).containsExactly("TLS", "HYBRID", "HYBRID_EX");
    }
}
