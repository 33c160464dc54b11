package porthole.transport.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import porthole.fixtures.Direction;
import porthole.fixtures.Fixtures;
import porthole.fixtures.Recording;
import porthole.fixtures.Row;
import porthole.protocol.failure.FailureReport;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.multitransport.HeartbeatPdu;
import porthole.transport.ConnectionEvent;
import porthole.transport.ConnectionSpec;
import porthole.transport.SessionSink;
import porthole.transport.Target;
import porthole.transport.TlsSecurityLayer;
import porthole.transport.Trust;

/** Heartbeats that come and that stay away, by a clock that only the test moves. */
class HeartbeatsTest {
    private static final HeartbeatPdu EACH_SECOND = HeartbeatPdu.of(1, 2, 4);

    private RecordedHost host;
    private byte[] update;

    @BeforeEach
    void connect() {
        Recording recording = Fixtures.recording("freerdp-tls-xrdp/login-screen");
        ConnectionSpec spec = ConnectionSpec.of(
                        Target.of("host.lab.test", 3389), List.of(new TlsSecurityLayer()), new Trust.Ignore())
                .withClient(new FreeRdpSettings(recording).client());
        host = new RecordedHost(spec, new TlsSecurityLayer(), connection -> Optional.empty(), new SessionSink() {});
        host.feedThrough(recording, "font-map");
        assertThat(host.connection().wasActive()).isTrue();
        boolean active = false;
        for (Row row : recording.rows()) {
            if (active && row.dir() == Direction.S2C && update == null) {
                update = recording.pdu(row);
            }
            active |= row.kind().equals("font-map");
        }
        host.pass(Duration.ZERO);
    }

    @AfterEach
    void close() {
        host.close();
    }

    private List<String> notes() {
        return host.events().stream()
                .filter(ConnectionEvent.Note.class::isInstance)
                .map(event -> ((ConnectionEvent.Note) event).name())
                .filter(name -> name.startsWith("heartbeat"))
                .toList();
    }

    private void beat(HeartbeatPdu beat) {
        host.connection().heartbeats().beat(beat);
    }

    @Test
    void theFirstCountWarnsTheSecondEnds() {
        beat(EACH_SECOND);
        host.pass(Duration.ofMillis(2400));
        assertThat(notes()).isEmpty();
        host.pass(Duration.ofMillis(200));
        assertThat(notes()).containsExactly("heartbeat-missed");
        assertThat(host.connection().isOver()).isFalse();
        host.pass(Duration.ofSeconds(2));
        FailureReport report = ((RdpFailure) host.failure().orElseThrow()).report();
        assertThat(report.cause()).isEqualTo("heartbeat-lost");
        assertThat(report.stage()).isEqualTo("active");
        assertThat(report.remedy()).contains("--reconnect");
    }

    @Test
    void eachHeartbeatBeginsAnew() {
        for (int i = 0; i < 20; i++) {
            beat(EACH_SECOND);
            host.pass(Duration.ofSeconds(2));
        }
        assertThat(notes()).isEmpty();
        assertThat(host.connection().isOver()).isFalse();
    }

    @Test
    void whateverComesShowsThatTheHostLives() {
        beat(EACH_SECOND);
        for (int i = 0; i < 20; i++) {
            host.pass(Duration.ofSeconds(2));
            host.feed(update);
        }
        assertThat(notes()).isEmpty();
        assertThat(host.connection().isOver()).isFalse();
        host.pass(Duration.ofSeconds(20));
        host.pass(Duration.ofSeconds(20));
        assertThat(host.connection().isOver()).isTrue();
    }

    @Test
    void aClientThatReadsNothingDoesNotComplain() {
        beat(EACH_SECOND);
        host.connection().channel().config().setAutoRead(false);
        for (int i = 0; i < 20; i++) {
            host.pass(Duration.ofSeconds(2));
        }
        assertThat(host.connection().isOver()).isFalse();
    }

    @Test
    void withoutPeriodOrCountNothingIsDue() {
        beat(HeartbeatPdu.of(0, 1, 1));
        host.pass(Duration.ofHours(1));
        beat(HeartbeatPdu.of(255, 0, 0));
        host.pass(Duration.ofHours(1));
        assertThat(notes()).isEmpty();
        assertThat(host.connection().isOver()).isFalse();
    }
}
