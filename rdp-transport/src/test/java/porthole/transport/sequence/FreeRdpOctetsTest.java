package porthole.transport.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import porthole.fixtures.Direction;
import porthole.fixtures.Fixtures;
import porthole.fixtures.Recording;
import porthole.fixtures.Row;
import porthole.transport.ConnectionSpec;
import porthole.transport.SessionSink;
import porthole.transport.Target;
import porthole.transport.TlsSecurityLayer;
import porthole.transport.Trust;

/** With FreeRDP's settings, this client sends what FreeRDP 3.15 sent, octet for octet, up to the active session. */
class FreeRdpOctetsTest {
    /** What holds random octets, and what is sent because the host was measured, asked or drew. */
    private static final Set<String> NOT_COMPARED = Set.of("license", "autodetect-response", "transport-response");

    static Stream<Recording> recordings() {
        return Stream.concat(
                        Fixtures.recordings("freerdp-tls-xrdp").stream(),
                        Fixtures.recordings("freerdp-gfx-shadow").stream())
                .filter(r -> !r.name().endsWith("rfx-video") && !r.name().endsWith("rfx-image"));
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void sendsTheRecordedConnectionSequence(Recording recording) {
        FreeRdpSettings settings = new FreeRdpSettings(recording);
        TlsSecurityLayer tls = new TlsSecurityLayer();
        ConnectionSpec spec = ConnectionSpec.of(Target.of("rdphost.lab.test", 4001), List.of(tls), new Trust.Ignore())
                .withCredentials(settings.credentials())
                .withClient(settings.client());
        RecordedHost host = new RecordedHost(spec, tls, connection -> Optional.empty(), new SessionSink() {});
        host.feedThrough(recording, "font-map");
        assertThat(host.failure()).isEmpty();

        List<byte[]> sent = new ArrayList<>(host.sent());
        host.close();
        int compared = 0;
        for (Row row : recording.rows()) {
            if (row.dir() != Direction.C2S) {
                continue;
            }
            byte[] ours = sent.remove(0);
            if (!NOT_COMPARED.contains(row.kind())) {
                assertThat(ByteBufUtil.hexDump(ours))
                        .as("%s of %s", row.kind(), recording.name())
                        .isEqualTo(ByteBufUtil.hexDump(recording.pdu(row)));
                compared++;
            }
            if (row.kind().equals("font-list")) {
                break;
            }
        }
        assertThat(sent).isEmpty();
        assertThat(compared).isGreaterThanOrEqualTo(10);
        assertThat(host.connection().reached()).isCompleted();
    }
}
