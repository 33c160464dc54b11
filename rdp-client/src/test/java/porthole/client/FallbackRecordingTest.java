package porthole.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import porthole.client.capture.Capture;
import porthole.client.replay.Replay;
import porthole.client.replay.ReplayOptions;
import porthole.client.replay.ReplayResult;
import porthole.fixtures.ClientMessages;
import porthole.fixtures.OrdinaryHost;
import porthole.fixtures.Script;
import porthole.fixtures.ScriptedHost;
import porthole.fixtures.ServerMessages;
import porthole.protocol.x224.ConnectionConfirm;
import porthole.protocol.x224.NegotiationFailure;
import porthole.transport.ConnectionSpec;
import porthole.transport.Credentials;
import porthole.transport.Secret;
import porthole.transport.TlsSecurityLayer;
import porthole.transport.nla.NlaSecurityLayer;
import porthole.transport.nla.NlaSettings;

/** A host that refuses the first offer: the recording tells so, and holds the connection that came of the second. */
@Timeout(60)
class FallbackRecordingTest {
    @TempDir
    Path folder;

    @Test
    void holdsTheConnectionThatCameOfIt() throws Exception {
        Script refusing = Script.EMPTY
                .expectTpkt("a request for NLA", request -> ClientMessages.requestedProtocols(request) == 3)
                .send(ConnectionConfirm.of(new NegotiationFailure(NegotiationFailure.SSL_REQUIRED_BY_SERVER))
                        .toByteArray())
                .expectEnd();
        Script taking = OrdinaryHost.tls()
                .session(Script.EMPTY
                        .send(ServerMessages.filledRectangle(0, 0, 8, 4, 0xF800))
                        .expectEnd())
                .script();
        Path file = folder.resolve("session.porthole");
        try (ScriptedHost host = ScriptedHost.playing(refusing, taking);
                RdpClient client = new RdpClient()) {
            ConnectionSpec spec = RdpClientTest.spec(host.port())
                    .withSecurity(
                            List.of(new NlaSecurityLayer(NlaSettings.of(Clock.systemUTC())), new TlsSecurityLayer()))
                    .withCredentials(new Credentials("alice", "", Secret.of("x")));
            SessionOptions options =
                    SessionOptions.DEFAULT.withRecording(new SessionOptions.RecordingOptions(file, false));
            RdpSession session = client.connect(spec, options).get(30, TimeUnit.SECONDS);
            session.firstFrame().get(30, TimeUnit.SECONDS);
            session.disconnect("seen enough").get(10, TimeUnit.SECONDS);
        }
        assertThat(Files.readString(file).lines().filter(line -> line.contains("\"mark\":\"negotiation\"")))
                .hasSize(2)
                .first()
                .asString()
                .contains("SSL_REQUIRED_BY_SERVER", "[tls]");
        ReplayResult replayed = Replay.run(Capture.open(file), ReplayOptions.DEFAULT);
        assertThat(replayed.active()).isTrue();
        assertThat(replayed.verify().passed()).isTrue();
    }
}
