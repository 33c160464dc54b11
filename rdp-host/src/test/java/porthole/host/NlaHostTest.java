package porthole.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.host.nla.HostUser;
import porthole.host.nla.NlaHost;
import porthole.host.session.HostEvent;
import porthole.protocol.failure.FailureReport;
import porthole.protocol.ntlm.Ntlm;
import porthole.transport.ClientSettings;
import porthole.transport.ConnectionEvent;
import porthole.transport.Credentials;
import porthole.transport.Secret;
import porthole.transport.nla.KerberosSettings;
import porthole.transport.nla.NlaSecurityLayer;
import porthole.transport.nla.NlaSettings;

/** The project's own client signs in to its own host by network level authentication, in every version and form. */
class NlaHostTest {
    private static final Duration PHASE = Duration.ofSeconds(10);
    private static final String PASSWORD = "s3cret-word";
    private static final NlaSettings NTLM = NlaSettings.of(Clock.systemUTC());

    private final ExecutorService work = Executors.newSingleThreadExecutor();
    private final TestClient client = new TestClient();
    private final List<HostEvent> told = new CopyOnWriteArrayList<>();
    private final List<ConnectionEvent> seen = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        client.close();
        work.shutdownNow();
    }

    private NlaHost users() {
        return NlaHost.of(
                List.of(HostUser.of("alice", PASSWORD), new HostUser("bob", "LAB", Ntlm.ntHash(PASSWORD))), work);
    }

    private RdpHost host(NlaHost nla) {
        return TestHosts.builder()
                .name("box.lab.test")
                .nla(nla)
                .observer(told::add)
                .start();
    }

    private TestClient.Watch connect(RdpHost host, NlaSettings nla, String user, String domain, String password) {
        return client.connect(
                host,
                new NlaSecurityLayer(nla),
                new Credentials(user, domain, Secret.of(password)),
                PHASE,
                ClientSettings.DEFAULT,
                seen::add);
    }

    private void signsIn(NlaHost nla, NlaSettings settings, String user, String domain) throws Exception {
        try (RdpHost host = host(nla)) {
            TestClient.Watch watch = connect(host, settings, user, domain, PASSWORD);
            TestClient.reached(watch);
            watch.painted.get(20, TimeUnit.SECONDS);
        }
    }

    private Map<String, Object> facts(String event) {
        return told.stream()
                .filter(one -> one.name().equals(event))
                .findFirst()
                .orElseThrow()
                .facts();
    }

    private FailureReport refused(NlaHost nla, NlaSettings settings, String user, String domain, String password)
            throws Exception {
        try (RdpHost host = host(nla)) {
            FailureReport report = connect(host, settings, user, domain, password)
                    .end(20)
                    .failure()
                    .orElseThrow()
                    .report();
            assertThat(report.stage()).isEqualTo("authentication");
            assertThat(report.toString() + told + seen)
                    .doesNotContain(PASSWORD)
                    .doesNotContain(Ntlm.ntHash(PASSWORD).toHex());
            return report;
        }
    }

    @ParameterizedTest
    @CsvSource({"2,false", "3,true", "4,false", "5,true", "6,false", "6,true"})
    void everyVersionBareAndInSpnego(int version, boolean spnego) throws Exception {
        signsIn(users().withVersion(version), spnego ? NTLM.withSpnego() : NTLM, "alice", "");
        assertThat(facts("authentication"))
                .containsEntry("mechanism", spnego ? "spnego/ntlm" : "ntlm")
                .containsEntry("credSspVersion", (long) version)
                .containsEntry("user", "alice")
                .containsEntry("delegatedPassword", "given");
        assertThat(facts("negotiation")).containsEntry("selected", 2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void earlyAuthorizationWhereBothKnowIt(boolean hostToo) throws Exception {
        NlaHost host = hostToo ? users() : users().withoutEarlyAuthorization();
        signsIn(host, NTLM.withEarlyAuthorization(), "alice", "");
        assertThat(facts("negotiation")).containsEntry("selected", hostToo ? 8 : 2);
    }

    /** What NTLM proves, what is delegated, and what the Client Info PDU says. */
    @ParameterizedTest
    @CsvSource({
        "alice, '', alice, ''",
        "alice, LAB, alice, LAB",
        "alice, ., alice, .",
        "alice, BOX, alice, BOX",
        "ALICE, '', ALICE, ''",
        "alice@lab.test, '', alice@lab.test, ''",
        "bob, LAB, bob, LAB",
        "bob, lab, bob, lab",
        "bob@LAB, '', bob@LAB, ''",
        "bob, '', bob, ''"
    })
    void everyFormOfAName(String user, String domain, String saidUser, String saidDomain) throws Exception {
        signsIn(users(), NTLM, user, domain);
        assertThat(facts("authentication"))
                .containsEntry("delegatedUser", saidUser)
                .containsEntry("delegatedDomain", saidDomain);
        assertThat(facts("logon")).containsEntry("domain", saidDomain).containsEntry("password", "given");
    }

    @ParameterizedTest
    @CsvSource({"alice, '', wrong", "nobody, '', s3cret-word", "bob, OTHER, s3cret-word", "alice, '', ' '"})
    void anythingElseIsRefusedAlike(String user, String domain, String password) throws Exception {
        FailureReport report = refused(users(), NTLM, user, domain, password);
        assertThat(report.cause()).isEqualTo("nla-logon-failure");
        assertThat(facts("authentication")).containsEntry("result", "refused");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5})
    void someVersionsGetNoReason(int version) throws Exception {
        FailureReport report = refused(users().withVersion(version), NTLM, "alice", "", "wrong");
        assertThat(report.cause()).isEqualTo("early-close");
        assertThat(report.expected()).contains("password");
    }

    @Test
    void restrictedAdminHandsNothingOver() throws Exception {
        NlaSettings hash = NTLM.withRestrictedAdmin()
                .withNtHash(Secret.of(Ntlm.ntHash(PASSWORD).toHex()));
        signsIn(users(), hash, "alice", "");
        assertThat(facts("authentication"))
                .containsEntry("restrictedAdmin", true)
                .containsEntry("delegatedUser", "")
                .containsEntry("delegatedPassword", "none");
        assertThat(facts("logon")).containsEntry("password", "none");
    }

    @Test
    void aHashWithoutRestrictedAdminIsNoPassword() throws Exception {
        NlaSettings hash = NTLM.withNtHash(Secret.of(Ntlm.ntHash(PASSWORD).toHex()));
        assertThat(refused(users(), hash, "alice", "", "").cause()).isEqualTo("nla-logon-failure");
        assertThat(facts("authentication")).extractingByKey("reason").asString().contains("delegated");
    }

    @Test
    void aHostWithoutNtlmSaysSo() throws Exception {
        assertThat(refused(users().withoutNtlm(), NTLM, "alice", "", PASSWORD).cause())
                .isEqualTo("nla-ntlm-blocked");
        assertThat(refused(users().withoutNtlm(), NTLM.withSpnego(), "alice", "", PASSWORD)
                        .cause())
                .isEqualTo("spnego-reject");
    }

    @Test
    void theFallbackToNtlmIsAnEvent() throws Exception {
        KerberosSettings nowhere = KerberosSettings.of(new KerberosSettings.Password())
                .withRealm("LAB.TEST")
                .withKdc("127.0.0.1:1");
        signsIn(users(), NTLM.withKerberos(nowhere, false), "alice", "");
        assertThat(fallbacks())
                .singleElement()
                .satisfies(facts -> assertThat(facts)
                        .containsEntry("to", "ntlm")
                        .containsEntry("cause", "kerberos-kdc-unreachable"));
        seen.clear();
        KerberosSettings noRealm = KerberosSettings.of(new KerberosSettings.Password());
        signsIn(users(), NTLM.withKerberos(noRealm, false), "alice", "LAB");
        assertThat(fallbacks())
                .singleElement()
                .satisfies(facts -> assertThat(facts).containsEntry("cause", "kerberos-not-tried"));
        assertThat(refused(users(), NTLM.withKerberos(nowhere, true), "alice", "", PASSWORD)
                        .cause())
                .isEqualTo("kerberos-kdc-unreachable");
    }

    private List<Map<String, Object>> fallbacks() {
        List<Map<String, Object>> notes = new ArrayList<>();
        for (ConnectionEvent event : seen) {
            if (event instanceof ConnectionEvent.Note note && note.name().equals("nla-fallback")) {
                notes.add(note.facts());
            }
        }
        return notes;
    }
}
