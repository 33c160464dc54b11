package porthole.transport.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.fixtures.peer.Xrdp;
import porthole.protocol.failure.Stage;
import porthole.protocol.wire.WireReader;
import porthole.transport.ClientSettings;
import porthole.transport.Connection;
import porthole.transport.ConnectionEvent;
import porthole.transport.SessionEnd;
import porthole.transport.SessionSink;

/** The whole sequence against Debian's xrdp, up to the first updates of its login screen. */
@Tag("interop")
class XrdpInteropTest {
    @ParameterizedTest
    @ValueSource(ints = {16, 24, 32})
    void reachesTheActiveSessionAndGetsUpdates(int depth) throws Exception {
        CountDownLatch updates = new CountDownLatch(3);
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
        try (Xrdp xrdp = Xrdp.start("tls");
                LiveConnections connections = new LiveConnections()) {
            Connector.Attempt attempt = connections.connect(
                    LiveConnections.spec(xrdp.port(), Duration.ofSeconds(10))
                            .withClient(ClientSettings.DEFAULT
                                    .but()
                                    .bitsPerPixel(depth)
                                    .build()),
                    sink,
                    events::add);
            Connection connection = attempt.reached().get(20, TimeUnit.SECONDS);
            assertThat(updates.await(10, TimeUnit.SECONDS)).isTrue();
            connection.close("seen enough");
            SessionEnd end = attempt.ended().get(5, TimeUnit.SECONDS);
            assertThat(end.kind()).isEqualTo(SessionEnd.Kind.LOCAL);
            assertThat(events)
                    .anyMatch(event -> event instanceof ConnectionEvent.StageFinished finished
                            && finished.stage() == Stage.LICENSING
                            && "valid client".equals(finished.evidence().get("outcome")));
        }
    }
}
