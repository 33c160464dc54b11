package porthole.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.fixtures.peer.FreeRdpClient;
import porthole.fixtures.peer.Xvfb;
import porthole.host.nla.HostUser;
import porthole.host.nla.NlaHost;
import porthole.host.session.HostEvent;
import porthole.protocol.ntlm.Ntlm;

/** FreeRDP signs in to this host by network level authentication, or is refused. */
@Tag("interop")
@Timeout(90)
class NlaFreeRdpInteropTest {
    private static final String PASSWORD = "Lab-Passw0rd";
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private final ExecutorService work = Executors.newSingleThreadExecutor();
    private final List<HostEvent> told = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        work.shutdownNow();
    }

    private RdpHost host() {
        return RdpHost.builder()
                .name("localhost")
                .nla(NlaHost.of(List.of(HostUser.of("alice", PASSWORD)), work))
                .observer(told::add)
                .start();
    }

    private static FreeRdpClient start(int version, Xvfb display, RdpHost host, String... more) {
        List<String> arguments = new ArrayList<>(List.of("/v:127.0.0.1:" + host.port(), "/size:640x480"));
        arguments.addAll(Arrays.asList(more));
        String[] all = arguments.toArray(String[]::new);
        return version == 2 ? FreeRdpClient.start(display, all) : FreeRdpClient.startVersion3(display, all);
    }

    private HostEvent awaitEvent(Predicate<HostEvent> wanted, FreeRdpClient client) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            for (HostEvent event : told) {
                if (wanted.test(event)) {
                    return event;
                }
            }
            Thread.sleep(50);
        }
        throw new AssertionError(told + "\n" + client.log());
    }

    private Map<String, Object> signedIn(FreeRdpClient client) throws InterruptedException {
        awaitEvent(event -> event.name().equals("active"), client);
        return awaitEvent(event -> event.name().equals("authentication"), client)
                .facts();
    }

    @ParameterizedTest
    @CsvSource({"2,nla,''", "2,nla,LAB", "3,nla,''", "3,nla,LAB", "3,ext,''"})
    void signsInWithTheRightPassword(int version, String security, String domain) throws Exception {
        try (RdpHost host = host();
                Xvfb display = Xvfb.start(640, 480);
                FreeRdpClient client = start(
                        version, display, host, "/sec:" + security, "/u:alice", "/d:" + domain, "/p:" + PASSWORD)) {
            assertThat(signedIn(client))
                    .containsEntry("user", "alice")
                    .containsEntry("delegatedPassword", "given")
                    .containsEntry("credSspVersion", 6L);
            assertThat(awaitEvent(event -> event.name().equals("negotiation"), client)
                            .facts())
                    .containsEntry("selected", security.equals("ext") ? 8 : 2);
        }
    }

    @ParameterizedTest
    @CsvSource({"2,alice,wrong", "3,alice,wrong", "3,nobody,Lab-Passw0rd"})
    void isRefusedWithAnythingElse(int version, String user, String password) throws Exception {
        try (RdpHost host = host();
                Xvfb display = Xvfb.start(640, 480);
                FreeRdpClient client =
                        start(version, display, host, "/sec:nla", "/u:" + user, "/d:", "/p:" + password)) {
            assertThat(awaitEvent(event -> event.name().equals("authentication"), client)
                            .facts())
                    .containsEntry("result", "refused");
            assertThat(client.awaitExit(PATIENCE).orElse(0)).isNotZero();
            assertThat(client.log()).contains("LOGON_FAILURE");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void signsInWithAHash(int version) throws Exception {
        try (RdpHost host = host();
                Xvfb display = Xvfb.start(640, 480);
                FreeRdpClient client = start(
                        version,
                        display,
                        host,
                        "/sec:nla",
                        "/u:alice",
                        "/d:",
                        "/pth:" + Ntlm.ntHash(PASSWORD).toHex())) {
            assertThat(signedIn(client)).containsEntry("restrictedAdmin", true);
        }
    }
}
