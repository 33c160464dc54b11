package porthole.aad.rdsaad;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import porthole.aad.AuthenticationResult;
import porthole.aad.explain.Certainty;
import porthole.aad.explain.FailureExplainer;
import porthole.aad.explain.Finding;
import porthole.fixtures.Direction;
import porthole.fixtures.Fixtures;
import porthole.fixtures.Recording;
import porthole.protocol.failure.FailureReport;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.rdsaad.AuthenticationRequestPdu;
import porthole.protocol.rdsaad.AuthenticationResultPdu;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.x224.SecurityProtocols;
import porthole.transport.Connection;
import porthole.transport.ConnectionObserver;
import porthole.transport.ConnectionSpec;
import porthole.transport.SecurityLayer;
import porthole.transport.SessionSink;
import porthole.transport.StageClock;
import porthole.transport.Target;
import porthole.transport.TlsEvidence;
import porthole.transport.Trust;
import porthole.transport.sequence.ConnectionSequence;

/** Recorded hosts drive the RDSAAD phase inside the whole sequence. */
class RdsAadAuthenticationTest {
    /** What each fault of the recorded hosts has to end in; the ones that are missing here go on to MCS. */
    private static final Map<String, String> FAULTS = Map.ofEntries(
            Map.entry("nonce-missing", "malformed-pdu"),
            Map.entry("nonce-number", "malformed-pdu"),
            Map.entry("nonce-null", "malformed-pdu"),
            Map.entry("nonce-array", "malformed-pdu"),
            Map.entry("nonce-not-json", "malformed-pdu"),
            Map.entry("nonce-truncated", "malformed-pdu"),
            Map.entry("nonce-utf16", "malformed-pdu"),
            Map.entry("nonce-oversize", "malformed-pdu"),
            Map.entry("two-messages", "malformed-pdu"),
            Map.entry("result-missing", "malformed-pdu"),
            Map.entry("result-bool", "malformed-pdu"),
            Map.entry("result-null", "malformed-pdu"),
            Map.entry("result-not-json", "malformed-pdu"),
            Map.entry("cc-other-protocol", "selected-protocol"),
            Map.entry("cc-failure", "negotiation-failure"));

    static Stream<Recording> rejected() {
        return Fixtures.recordings("freerdp-aad-rejected").stream()
                .filter(r -> !r.pdus(Direction.S2C, "aad-authentication-result").isEmpty());
    }

    static Stream<Recording> faults() {
        return Fixtures.recordings("freerdp-aad-faults").stream()
                .filter(r -> FAULTS.containsKey(r.name().substring(r.name().indexOf('/') + 1)));
    }

    @ParameterizedTest
    @MethodSource("rejected")
    void aRecordedRefusalEndsWithItsNamedResult(Recording recording) {
        Outcome outcome = replay(recording);
        long code = AuthenticationResultPdu.decode(WireReader.of(
                        recording.firstPdu(Direction.S2C, "aad-authentication-result"), "AuthenticationResultPdu", ""))
                .result();
        FailureReport report = outcome.failure().orElseThrow().report();
        assertThat(report.stage()).isEqualTo("authentication");
        assertThat(report.details())
                .containsEntry("codeName", AuthenticationResult.of(code).name());
        assertThat(report.remedy()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultyHostEndsInANamedError(Recording recording) {
        String fault = recording.name().substring(recording.name().indexOf('/') + 1);
        FailureReport report = replay(recording).failure().orElseThrow().report();
        assertThat(report.cause()).isEqualTo(FAULTS.get(fault));
        assertThat(report.stage()).isEqualTo(fault.startsWith("cc-") ? "connection-initiation" : "authentication");
    }

    /** What a host that says nothing of its reasons may have, where it stops: by a close, or by silence. */
    @ParameterizedTest
    @CsvSource({
        "close-after-tls, CLOSE, 'host-sign-in-not-ready cut-in-between unknown-close'",
        "close-mid-nonce, CLOSE, 'host-sign-in-not-ready cut-in-between unknown-close'",
        "close-after-nonce, CLOSE_WHILE_SIGNING, 'answer-too-late unknown-close'",
        "close-after-assertion, CLOSE, 'request-not-readable host-validation-broke-off unknown-close'",
        "no-nul, CLOSE, host-no-zero-octet",
        "no-nul, SILENCE, host-no-zero-octet",
        "result-no-nul, CLOSE, host-no-zero-octet",
        "result-no-nul, SILENCE, host-no-zero-octet",
        "close-mid-nonce, SILENCE, deadline",
        "close-after-assertion, SILENCE, deadline",
    })
    void anExchangeThatBreaksOffIsExplained(String fault, Ending ending, String causes) {
        FailureReport report = replay(Fixtures.recording("freerdp-aad-faults/" + fault), ending)
                .failure()
                .orElseThrow()
                .report();
        assertThat(report.stage()).isEqualTo("authentication");
        assertThat(report.cause()).isEqualTo(ending == Ending.SILENCE ? "deadline" : "early-close");
        List<Finding> findings = FailureExplainer.explain(report, Map.of()).findings();
        assertThat(findings).extracting(Finding::cause).containsExactly(causes.split(" "));
        boolean certain = findings.size() == 1;
        assertThat(findings).allSatisfy(finding -> {
            assertThat(finding.certainty()).isEqualTo(certain ? Certainty.CERTAIN : Certainty.POSSIBLE);
            assertThat(finding.remedy()).isNotEmpty();
        });
        if (causes.equals("host-no-zero-octet")) {
            assertThat(report.seen()).contains("complete JSON without its terminating zero octet");
        } else {
            assertThat(report.seen()).doesNotContain("JSON");
        }
        assertThat(report.seen().contains("29 octets of an unfinished")).isEqualTo(fault.equals("close-mid-nonce"));
    }

    private enum Ending {
        OF_THE_RECORDING,
        CLOSE,
        CLOSE_WHILE_SIGNING,
        SILENCE
    }

    @Test
    void theRecordedLoginSendsTheRecordedOctetsAndGoesOnToMcs() {
        Recording recording = Fixtures.recording("freerdp-aad/xrdp-login-screen");
        Outcome outcome = replay(recording);
        assertThat(outcome.failure()).isEmpty();
        assertThat(outcome.sent().get(1))
                .isEqualTo(ByteBufUtil.hexDump(recording.firstPdu(Direction.C2S, "aad-rdp-assertion")));
        assertThat(outcome.reachedMcs()).isTrue();
    }

    private record Outcome(List<String> sent, Optional<RdpFailure> failure, boolean reachedMcs) {}

    private static Outcome replay(Recording recording) {
        return replay(recording, Ending.OF_THE_RECORDING);
    }

    private static Outcome replay(Recording recording, Ending ending) {
        List<byte[]> assertions = recording.pdus(Direction.C2S, "aad-rdp-assertion");
        String assertion = assertions.isEmpty()
                ? "e30.e30.AA"
                : AuthenticationRequestPdu.decode(WireReader.of(assertions.get(0), "AuthenticationRequestPdu", ""))
                        .rdpAssertion();
        SecurityLayer layer = new RecordedLayer();
        ConnectionSpec spec = ConnectionSpec.of(Target.of("rdphost", 3389), List.of(layer), new Trust.Ignore());
        EmbeddedChannel channel = new EmbeddedChannel();
        Connection connection = new Connection(
                spec,
                layer,
                c -> Optional.of(new RdsAadAuthentication(
                        c,
                        nonce -> ending == Ending.CLOSE_WHILE_SIGNING
                                ? new CompletableFuture<String>()
                                : CompletableFuture.completedFuture(assertion))),
                ConnectionSequence.INSTANCE,
                (context, s) -> CompletableFuture.completedFuture(
                        new TlsEvidence("TLSv1.3", "recorded", List.of(), "", Bytes.EMPTY, "recorded")),
                new SessionSink() {},
                octets -> {},
                new StageClock(ConnectionObserver.NONE, System::nanoTime));
        connection.install(channel.pipeline());
        List<String> sent = new ArrayList<>();
        recording.rows().stream()
                .filter(row -> row.dir() == Direction.S2C)
                .takeWhile(row -> channel.isOpen())
                .takeWhile(row -> !row.frame().equals("tpkt") || row.kind().startsWith("x224"))
                .forEach(row -> {
                    channel.writeInbound(Unpooled.copiedBuffer(recording.pdu(row)));
                    channel.runPendingTasks();
                });
        if (ending == Ending.SILENCE) {
            channel.advanceTimeBy(1, TimeUnit.HOURS);
            channel.runScheduledPendingTasks();
        } else if (ending != Ending.OF_THE_RECORDING) {
            channel.close();
        }
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            if (out.isReadable()) {
                sent.add(ByteBufUtil.hexDump(out));
            }
            out.release();
        }
        boolean reachedMcs = sent.stream().anyMatch(hex -> hex.startsWith("0300") && hex.startsWith("02f0807f65", 8));
        Optional<RdpFailure> failure =
                connection.ended().isDone() ? connection.ended().join().failure() : Optional.empty();
        channel.finishAndReleaseAll();
        return new Outcome(sent, failure, reachedMcs);
    }

    private static final class RecordedLayer implements SecurityLayer {
        @Override
        public String name() {
            return "aad";
        }

        @Override
        public SecurityProtocols protocol() {
            return SecurityProtocols.RDSAAD;
        }

        @Override
        public boolean canUse(ConnectionSpec spec) {
            return true;
        }

        @Override
        public CompletionStage<Attempt> prepare(ConnectionSpec spec, StageClock clock, Executor blocking) {
            return CompletableFuture.completedFuture(c -> Optional.empty());
        }
    }
}
