package porthole.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import porthole.client.capture.Capture;
import porthole.client.capture.CaptureDecoder;
import porthole.fixtures.HostCertificate;
import porthole.fixtures.OrdinaryHost;
import porthole.fixtures.OrdinaryHost.Moment;
import porthole.fixtures.Script;
import porthole.fixtures.ScriptedHost;
import porthole.fixtures.ServerMessages;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.Stage;
import porthole.protocol.redirection.ServerRedirectionPacket;
import porthole.protocol.redirection.ServerRedirectionPacket.Field;
import porthole.protocol.redirection.TargetCertificate;
import porthole.protocol.share.ServerRedirectionPdu;
import porthole.protocol.wire.Bytes;
import porthole.transport.ConnectionEvent;
import porthole.transport.SessionEnd;

/** Sessions that hosts send elsewhere: one session for whoever uses it, several connections below. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class RedirectedSessionTest {
    private static final String TOKEN = "Cookie: msts=3640205228.15629.0000";

    private final RdpClient client = new RdpClient();
    private final List<ConnectionEvent.Note> notes = new CopyOnWriteArrayList<>();
    private final SessionOptions options = SessionOptions.DEFAULT.withObserver(event -> {
        if (event instanceof ConnectionEvent.Note note && note.name().equals("redirected")) {
            notes.add(note);
        }
    });

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        client.close();
    }

    private static byte[] redirection(Map<Field, Bytes> fields) {
        return ServerMessages.sendData(
                ServerMessages.IO_CHANNEL,
                ServerRedirectionPdu.of(ServerMessages.SERVER_CHANNEL, ServerRedirectionPacket.of(0, 0, fields))
                        .toByteArray());
    }

    private static byte[] byToken() {
        return redirection(Map.of(Field.LOAD_BALANCE_INFO, Bytes.ascii(TOKEN + "\r\n")));
    }

    /** A host that redirects in the place of a Demand Active PDU. */
    private static Script broker(byte[] redirection) {
        return OrdinaryHost.tls()
                .at(Moment.DEMAND_ACTIVE, Script.EMPTY.send(redirection).expectEnd())
                .script();
    }

    private static Throwable failureOf(CompletableFuture<?> future) throws Exception {
        try {
            future.get(30, TimeUnit.SECONDS);
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    private static byte[] rectangle() {
        return ServerMessages.filledRectangle(0, 0, 8, 4, 0xF800);
    }

    @Test
    void isFollowedBeforeTheSessionIsUp() throws Exception {
        Script target = OrdinaryHost.tls()
                .session(Script.EMPTY.send(rectangle()).expectEnd())
                .script();
        try (ScriptedHost host = ScriptedHost.playing(broker(byToken()), target)) {
            Path recording = folder.resolve("session.ndjson");
            RdpSession session = client.connect(
                            RdpClientTest.spec(host.port()),
                            options.withRecording(new SessionOptions.RecordingOptions(recording, false)))
                    .get(30, TimeUnit.SECONDS);
            assertThat(session.firstFrame().get(30, TimeUnit.SECONDS)).isEqualTo(1);
            assertThat(session.ended()).isNotDone();
            session.connection().orElseThrow().close("seen enough");
            assertThat(session.ended().get(30, TimeUnit.SECONDS).kind()).isEqualTo(SessionEnd.Kind.LOCAL);
            byte[] second = host.await(1, Duration.ofSeconds(30)).received().get(0);
            assertThat(new String(second, StandardCharsets.ISO_8859_1)).contains(TOKEN + "\r\n");
            assertThat(notes).hasSize(1);
            assertThat(notes.get(0).facts()).containsEntry("target", "127.0.0.1:" + host.port());
            assertThat(CaptureDecoder.decode(Capture.open(SessionOptions.RecordingOptions.numbered(recording, 2))))
                    .as("each connection has a recording of its own")
                    .anyMatch(pdu -> pdu.name().contains("FontMap"))
                    .noneMatch(pdu -> pdu.name().contains("Redirection"));
        }
    }

    @Test
    void isFollowedWhileTheSessionIsUp() throws Exception {
        Script first = OrdinaryHost.tls()
                .session(Script.EMPTY.send(rectangle()).send(byToken()).expectEnd())
                .script();
        Script second = OrdinaryHost.tls()
                .session(Script.EMPTY.send(rectangle()).expectFastPath().expectEnd())
                .script();
        List<String> told = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> again = new CompletableFuture<>();
        SessionListener listener = new SessionListener() {
            @Override
            public void active() {
                told.add("active");
                if (told.size() == 2) {
                    again.complete(null);
                }
            }

            @Override
            public void ended(SessionEnd end) {
                told.add("ended " + end.kind());
            }
        };
        try (ScriptedHost host = ScriptedHost.playing(first, second)) {
            RdpSession session = client.connect(RdpClientTest.spec(host.port()), options.withListener(listener))
                    .get(30, TimeUnit.SECONDS);
            again.get(30, TimeUnit.SECONDS);
            assertThat(session.isActive()).isTrue();
            session.input().move(5, 5).get(30, TimeUnit.SECONDS);
            assertThat(session.disconnect("seen enough")
                            .get(30, TimeUnit.SECONDS)
                            .kind())
                    .isEqualTo(SessionEnd.Kind.LOCAL);
            assertThat(told).containsExactly("active", "active", "ended LOCAL");
        }
    }

    @Test
    void aLoopEnds() throws Exception {
        Script[] brokers = new Script[6];
        Arrays.fill(brokers, broker(byToken()));
        try (ScriptedHost host = ScriptedHost.playing(brokers)) {
            assertThat(failureOf(client.connect(RdpClientTest.spec(host.port()), options)))
                    .isInstanceOfSatisfying(LocalFailure.class, e -> {
                        assertThat(e.causeName()).isEqualTo("redirection-loop");
                        assertThat(e.stage()).contains(Stage.CONNECT);
                        assertThat(e.report().remedy()).isNotEmpty();
                    });
            assertThat(notes).hasSize(5);
        }
    }

    @Test
    void onlyTheTargetCertificateIsAccepted() throws Exception {
        HostCertificate shown = HostCertificate.windowsLike();
        byte[] right = redirection(Map.of(Field.TARGET_CERTIFICATE, container(shown)));
        byte[] wrong = redirection(Map.of(
                Field.TARGET_CERTIFICATE, container(HostCertificate.options().create())));
        try (ScriptedHost host = ScriptedHost.playing(
                shown,
                broker(right),
                OrdinaryHost.tls().script(),
                broker(wrong),
                OrdinaryHost.tls().script())) {
            RdpSession session =
                    client.connect(RdpClientTest.spec(host.port()), options).get(30, TimeUnit.SECONDS);
            session.disconnect("seen enough").get(30, TimeUnit.SECONDS);
            assertThat(failureOf(client.connect(RdpClientTest.spec(host.port()), options)))
                    .isInstanceOfSatisfying(
                            LocalFailure.class, e -> assertThat(e.causeName()).isEqualTo("certificate-pin"));
        }
    }

    private static Bytes container(HostCertificate certificate) throws Exception {
        return new TargetCertificate(List.of(new TargetCertificate.Element(
                        TargetCertificate.Element.ELEMENT_TYPE_CERTIFICATE,
                        TargetCertificate.Element.ENCODING_TYPE_ASN1_DER,
                        Bytes.of(certificate.certificate().getEncoded()))))
                .toField();
    }

    @Test
    void whatCannotBeFollowedEndsTheSessionWithItsReason() throws Exception {
        byte[] nowhere = redirection(Map.of(Field.TARGET_NET_ADDRESS, Bytes.utf16le("no host\0")));
        try (ScriptedHost host = ScriptedHost.playing(broker(nowhere))) {
            assertThat(failureOf(client.connect(RdpClientTest.spec(host.port()), options)))
                    .isInstanceOfSatisfying(
                            LocalFailure.class, e -> assertThat(e.causeName()).isEqualTo("redirection-target"));
        }
    }

    @Test
    void cancellingEndsTheSecondConnection() throws Exception {
        Script target = OrdinaryHost.tls()
                .at(Moment.DEMAND_ACTIVE, Script.EMPTY.expectEnd())
                .script();
        try (ScriptedHost host = ScriptedHost.playing(broker(byToken()), target)) {
            CompletableFuture<Void> there = new CompletableFuture<>();
            CompletableFuture<RdpSession> connecting = client.connect(
                    RdpClientTest.spec(host.port()),
                    options.withObserver(options.observer().and(event -> {
                        if (!notes.isEmpty()
                                && event instanceof ConnectionEvent.StageStarted started
                                && started.stage() == Stage.MULTITRANSPORT_BOOTSTRAPPING) {
                            there.complete(null);
                        }
                    })));
            there.get(30, TimeUnit.SECONDS);
            connecting.cancel(true);
            host.await(1, Duration.ofSeconds(30));
            assertThat(connecting.handle((s, failed) -> failed).join()).isInstanceOf(CancellationException.class);
        }
    }
}
