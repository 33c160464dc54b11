package porthole.transport.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import porthole.fixtures.peer.FreeRdpShadow;
import porthole.fixtures.peer.Xvfb;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Stage;
import porthole.protocol.ntlm.Ntlm;
import porthole.protocol.wire.WireReader;
import porthole.transport.Connection;
import porthole.transport.ConnectionEvent;
import porthole.transport.ConnectionSpec;
import porthole.transport.Credentials;
import porthole.transport.Secret;
import porthole.transport.SessionSink;
import porthole.transport.nla.NlaSecurityLayer;
import porthole.transport.nla.NlaSettings;

/** Network level authentication against Debian's FreeRDP 2 shadow server. */
@Tag("interop")
@Timeout(120)
class NlaInteropTest {
    private static final String PASSWORD = "Lab-Passw0rd";

    @TempDir
    Path folder;

    private FreeRdpShadow start(Xvfb display) throws Exception {
        String hash = Ntlm.ntHash(PASSWORD).toHex();
        Path sam = Files.writeString(folder.resolve("sam"), "alice:::" + hash + ":::\nalice:LAB::" + hash + ":::\n");
        return FreeRdpShadow.start(display, "/sec:nla", "/sam-file:" + sam);
    }

    private static ConnectionSpec spec(int port, String user, String domain, String password) {
        NlaSecurityLayer layer = new NlaSecurityLayer(NlaSettings.of(Clock.systemUTC()));
        return LiveConnections.spec(port, Duration.ofSeconds(15))
                .withSecurity(List.of(layer))
                .withCredentials(new Credentials(user, domain, Secret.of(password)));
    }

    @ParameterizedTest
    @CsvSource({"alice, ''", "alice, LAB"})
    void reachesTheSessionWithTheRightPassword(String user, String domain) throws Exception {
        CountDownLatch updates = new CountDownLatch(1);
        SessionSink sink = new SessionSink() {
            @Override
            public void slowPathUpdate(WireReader body) {
                updates.countDown();
            }

            @Override
            public void fastPathUpdate(int updateCode, WireReader data) {
                updates.countDown();
            }
        };
        List<ConnectionEvent> events = new CopyOnWriteArrayList<>();
        try (Xvfb display = Xvfb.start(640, 480);
                FreeRdpShadow shadow = start(display);
                LiveConnections connections = new LiveConnections()) {
            Connector.Attempt attempt =
                    connections.connect(spec(shadow.port(), user, domain, PASSWORD), sink, events::add);
            Connection connection = attempt.reached().get(30, TimeUnit.SECONDS);
            assertThat(updates.await(20, TimeUnit.SECONDS)).isTrue();
            connection.close("seen enough");
            attempt.ended().get(5, TimeUnit.SECONDS);
            assertThat(events)
                    .anyMatch(event -> event instanceof ConnectionEvent.StageFinished finished
                            && finished.stage() == Stage.AUTHENTICATION
                            && "ntlm".equals(finished.evidence().get("mechanism")));
        }
    }

    @ParameterizedTest
    @CsvSource({"alice, wrong", "nobody, Lab-Passw0rd"})
    void isRefusedWithAnythingElse(String user, String password) throws Exception {
        try (Xvfb display = Xvfb.start(640, 480);
                FreeRdpShadow shadow = start(display);
                LiveConnections connections = new LiveConnections()) {
            Connector.Attempt attempt =
                    connections.connect(spec(shadow.port(), user, "", password), new SessionSink() {}, event -> {});
            assertThatThrownBy(() -> attempt.reached().get(30, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            RdpFailure.class,
                            failure -> assertThat(failure.stage()).contains(Stage.AUTHENTICATION))
                    .hasMessageContaining("password")
                    .hasMessageNotContaining(PASSWORD);
        }
    }
}
