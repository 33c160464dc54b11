package porthole.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.fixtures.peer.FreeRdpClient;
import porthole.fixtures.peer.KerberosRealm;
import porthole.fixtures.peer.Xvfb;
import porthole.host.nla.HostUser;
import porthole.host.nla.KerberosKeys;
import porthole.host.nla.NlaHost;
import porthole.host.session.HostEvent;
import porthole.protocol.failure.FailureReport;
import porthole.transport.ClientSettings;
import porthole.transport.Credentials;
import porthole.transport.Secret;
import porthole.transport.nla.KerberosSettings;
import porthole.transport.nla.NlaSecurityLayer;
import porthole.transport.nla.NlaSettings;

/** Kerberos with Debian's KDC: our client signs in to our host, which takes nothing else. */
@Tag("interop")
@Timeout(120)
class KerberosInteropTest {
    private static final Duration PHASE = Duration.ofSeconds(15);
    private static final String PASSWORD = "Lab-Passw0rd";

    private static KerberosRealm realm;
    private static ExecutorService work;
    private static TestClient client;
    private static KerberosKeys keys;
    private final List<HostEvent> told = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void start() {
        realm = KerberosRealm.start();
        for (String user : List.of("alice", "locked", "stale")) {
            realm.user(user, PASSWORD);
        }
        realm.kadmin("modprinc -allow_tix locked");
        realm.kadmin("modprinc -pwexpire yesterday stale");
        keys = KerberosKeys.of(realm.service("TERMSRV/localhost"));
        work = Executors.newCachedThreadPool();
        client = new TestClient();
    }

    @AfterAll
    static void end() {
        if (client != null) {
            client.close();
            work.shutdownNow();
            realm.close();
        }
    }

    @BeforeEach
    void forget() {
        told.clear();
    }

    private RdpHost host(NlaHost nla) {
        return RdpHost.builder().name("localhost").nla(nla).observer(told::add).start();
    }

    private static NlaHost kerberosOnly() {
        return NlaHost.of(List.of(), work).withKerberos(keys).withoutNtlm();
    }

    private static KerberosSettings settings(KerberosSettings.Source source) {
        return KerberosSettings.of(source).withRealm(KerberosRealm.NAME).withKdc(realm.kdc());
    }

    private static TestClient.Watch connect(RdpHost host, NlaSettings nla, String user, String password) {
        return client.connect(
                host,
                new NlaSecurityLayer(nla),
                new Credentials(user, "", Secret.of(password)),
                PHASE,
                ClientSettings.DEFAULT,
                event -> {});
    }

    private static NlaSettings nla(KerberosSettings kerberos, boolean alone) {
        return NlaSettings.of(Clock.systemUTC()).withKerberos(kerberos, alone);
    }

    private void assertSignsIn(NlaSettings nla, String user, String password) throws Exception {
        try (RdpHost host = host(kerberosOnly())) {
            TestClient.Watch watch = connect(host, nla, user, password);
            TestClient.reached(watch);
            watch.painted.get(20, TimeUnit.SECONDS);
        }
        assertThat(told)
                .filteredOn(event -> event.name().equals("authentication"))
                .singleElement()
                .satisfies(event -> assertThat(event.facts())
                        .containsEntry("mechanism", "spnego/kerberos")
                        .containsEntry("user", "alice@" + KerberosRealm.NAME));
    }

    @ParameterizedTest
    @CsvSource({"alice, true", "alice, false", "alice@lab.test, true"})
    void signsInWithAPassword(String user, boolean alone) throws Exception {
        assertSignsIn(nla(settings(new KerberosSettings.Password()), alone), user, PASSWORD);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void signsInWithEarlyAuthorizationAndRestrictedAdmin(boolean restricted) throws Exception {
        NlaSettings nla = nla(settings(new KerberosSettings.Password()), true).withEarlyAuthorization();
        assertSignsIn(restricted ? nla.withRestrictedAdmin() : nla, "alice", PASSWORD);
    }

    @Test
    void signsInWithAKeytab() throws Exception {
        assertSignsIn(nla(settings(new KerberosSettings.Keytab(realm.userKeytab("alice"))), true), "alice", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", ""})
    void signsInWithATicketCache(String user) throws Exception {
        Path tickets = realm.tickets("alice", PASSWORD);
        assertSignsIn(nla(settings(new KerberosSettings.TicketCache(tickets)), true), user, "");
    }

    @ParameterizedTest
    @CsvSource({
        "alice, wrong, kerberos-wrong-password",
        "nobody, Lab-Passw0rd, kerberos-user-unknown",
        "locked, Lab-Passw0rd, kerberos-account-revoked",
        "stale, Lab-Passw0rd, kerberos-password-expired"
    })
    void saysWhyThereIsNoTicket(String user, String password, String cause) throws Exception {
        FailureReport report = refusal(nla(settings(new KerberosSettings.Password()), true), user, password);
        assertThat(report.cause()).isEqualTo(cause);
        assertThat(report.remedy()).isNotBlank();
        boolean anotherTryWouldCount = !cause.equals("kerberos-user-unknown");
        FailureReport withNtlm = refusal(nla(settings(new KerberosSettings.Password()), false), user, password);
        assertThat(withNtlm.cause()).isEqualTo(anotherTryWouldCount ? cause : "nla-ntlm-blocked");
    }

    @Test
    void saysThatTheClocksDiffer() throws Exception {
        try (KerberosRealm fast = KerberosRealm.startFast(30)) {
            fast.user("alice", PASSWORD);
            KerberosSettings settings = KerberosSettings.of(new KerberosSettings.Password())
                    .withRealm(KerberosRealm.NAME)
                    .withKdc(fast.kdc());
            FailureReport report = refusal(nla(settings, true), "alice", PASSWORD);
            assertThat(report.cause()).isEqualTo("kerberos-clock-skew");
            assertThat(report.remedy()).contains("clocks");
        }
    }

    @Test
    void saysWhatIsWrongWithTheFiles() throws Exception {
        Path empty = Files.createTempFile("porthole-test-", ".none");
        try {
            assertThat(refusal(nla(settings(new KerberosSettings.Keytab(empty)), true), "alice", "")
                            .cause())
                    .isEqualTo("kerberos-keytab");
            assertThat(refusal(nla(settings(new KerberosSettings.TicketCache(empty)), true), "alice", "")
                            .cause())
                    .isEqualTo("kerberos-ticket-cache");
        } finally {
            Files.delete(empty);
        }
    }

    private FailureReport refusal(NlaSettings nla, String user, String password) throws Exception {
        try (RdpHost host = host(kerberosOnly())) {
            FailureReport report = connect(host, nla, user, password)
                    .end(30)
                    .failure()
                    .orElseThrow()
                    .report();
            assertThat(report.stage()).isEqualTo("authentication");
            assertThat(report.toString()).doesNotContain(PASSWORD);
            return report;
        }
    }

    /** A service that the KDC does not know, and a host with another key: NTLM helps in the first case. */
    @Test
    void fallsBackWhereTheHostHasNoTicketsToGive() throws Exception {
        KerberosSettings kerberos = settings(new KerberosSettings.Password());
        NlaHost both = NlaHost.of(List.of(HostUser.of("alice", PASSWORD)), work);
        realm.kadmin("renprinc -force TERMSRV/localhost TERMSRV/elsewhere");
        try {
            assertThat(refusal(nla(kerberos, true), "alice", PASSWORD).cause()).isEqualTo("kerberos-service-unknown");
            try (RdpHost host = host(both)) {
                TestClient.reached(connect(host, nla(kerberos, false), "alice", PASSWORD));
            }
        } finally {
            realm.kadmin("renprinc -force TERMSRV/elsewhere TERMSRV/localhost");
        }
        try (RdpHost host = host(both)) { // takes NTLM alone, though the client has a ticket and begins with it
            TestClient.reached(connect(host, nla(kerberos, false), "alice", PASSWORD));
        }
    }

    @Test
    void freeRdpSignsInWithKerberos() throws Exception {
        try (RdpHost host = host(kerberosOnly());
                Xvfb display = Xvfb.start(640, 480);
                FreeRdpClient freeRdp = FreeRdpClient.startVersion3(
                        display,
                        realm,
                        "/v:localhost:" + host.port(),
                        "/size:640x480",
                        "/sec:nla",
                        "/auth-pkg-list:!ntlm,kerberos",
                        "/u:alice",
                        "/d:" + KerberosRealm.NAME,
                        "/p:" + PASSWORD)) {
            long end = System.nanoTime() + PHASE.toNanos();
            while (told.stream().noneMatch(event -> event.name().equals("active")) && System.nanoTime() < end) {
                Thread.sleep(50);
            }
            assertThat(told)
                    .as(freeRdp.log())
                    .anySatisfy(event -> assertThat(event.facts())
                            .containsEntry("mechanism", "spnego/kerberos")
                            .containsEntry("user", "alice@" + KerberosRealm.NAME))
                    .anyMatch(event -> event.name().equals("active"));
        }
    }
}
