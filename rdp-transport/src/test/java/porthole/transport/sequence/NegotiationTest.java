package porthole.transport.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.fixtures.Direction;
import porthole.fixtures.Fixtures;
import porthole.fixtures.NegotiationCase;
import porthole.fixtures.Script;
import porthole.fixtures.ScriptedHost;
import porthole.fixtures.ServerMessages;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Stage;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.x224.ConnectionConfirm;
import porthole.protocol.x224.ConnectionRequest;
import porthole.protocol.x224.CorrelationInfo;
import porthole.protocol.x224.NegotiationFailure;
import porthole.protocol.x224.NegotiationRequest;
import porthole.protocol.x224.SecurityProtocols;
import porthole.transport.ConnectionEvent;
import porthole.transport.ConnectionSpec;
import porthole.transport.Correlation;
import porthole.transport.Credentials;
import porthole.transport.Secret;
import porthole.transport.SecurityLayer;
import porthole.transport.SessionEnd;
import porthole.transport.SessionSink;
import porthole.transport.StageClock;
import porthole.transport.TlsSecurityLayer;
import porthole.transport.nla.NlaSecurityLayer;
import porthole.transport.nla.NlaSettings;

/** What is offered first, what after which refusal, and where it ends: over sockets, against scripted and recorded hosts. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class NegotiationTest {
    private static final SecurityLayer TLS = new TlsSecurityLayer();
    private static final SecurityLayer NLA = new NlaSecurityLayer(NlaSettings.of(Clock.systemUTC()));
    private static final SecurityLayer NLA_EXT =
            new NlaSecurityLayer(NlaSettings.of(Clock.systemUTC()).withEarlyAuthorization());
    private static final SecurityLayer RDP = new Asking("rdp", SecurityProtocols.RDP, false, new ArrayList<>());

    private static LiveConnections connections;

    /** A layer that only asks, and keeps a list of who was prepared. */
    private record Asking(String name, SecurityProtocols protocol, boolean isAskedForAlone, List<String> prepared)
            implements SecurityLayer {
        @Override
        public boolean canUse(ConnectionSpec spec) {
            return true;
        }

        @Override
        public CompletionStage<Attempt> prepare(ConnectionSpec spec, StageClock clock, Executor blocking) {
            prepared.add(name);
            return CompletableFuture.completedFuture(connection -> Optional.empty());
        }
    }

    /** What one run showed. */
    private record Seen(List<Map<String, Object>> attempts, List<byte[]> requests, Optional<RdpFailure> failure) {
        List<Object> asked() {
            return attempts.stream().map(a -> a.get("requestedProtocols")).toList();
        }

        Object layer() {
            return attempts.get(attempts.size() - 1).get("layer");
        }
    }

    @BeforeAll
    static void open() {
        connections = new LiveConnections();
    }

    @AfterAll
    static void close() {
        connections.close();
    }

    private static Script answering(List<byte[]> requests, byte[] answer) {
        return Script.EMPTY
                .expectTpkt("a connection request", requests::add)
                .send(answer)
                .expectEnd();
    }

    private static byte[] failure(int code) {
        return ConnectionConfirm.of(new NegotiationFailure(code)).toByteArray();
    }

    private static ConnectionSpec spec(int port, List<SecurityLayer> layers) {
        return LiveConnections.spec(port, Duration.ofSeconds(5))
                .withSecurity(layers)
                .withUntil(Stage.CONNECTION_INITIATION)
                .withCredentials(new Credentials("alice", "", Secret.of("Lab-Passw0rd")));
    }

    private static Seen run(ConnectionSpec spec) throws Exception {
        List<Map<String, Object>> attempts = new CopyOnWriteArrayList<>();
        List<SessionEnd> ends = new CopyOnWriteArrayList<>();
        SessionSink sink = new SessionSink() {
            @Override
            public void ended(SessionEnd end) {
                ends.add(end);
            }
        };
        SessionEnd end = connections
                .connect(spec, sink, event -> {
                    if (event instanceof ConnectionEvent.Note note
                            && note.name().equals("negotiation")) {
                        attempts.add(note.facts());
                    }
                })
                .ended()
                .get(20, TimeUnit.SECONDS);
        assertThat(ends).as("the session is over once").containsExactly(end);
        return new Seen(attempts, List.of(), end.failure());
    }

    private static Seen run(List<SecurityLayer> layers, byte[]... answers) throws Exception {
        List<byte[]> requests = new CopyOnWriteArrayList<>();
        Script[] scripts = Stream.of(answers)
                .map(answer -> answer.length == 0
                        ? Script.EMPTY
                                .expectTpkt("a connection request", requests::add)
                                .close()
                        : answering(requests, answer))
                .toArray(Script[]::new);
        try (ScriptedHost host = ScriptedHost.playing(scripts)) {
            Seen seen = run(spec(host.port(), layers));
            return new Seen(seen.attempts(), requests, seen.failure());
        }
    }

    private static ConnectionRequest request(byte[] octets) {
        return ConnectionRequest.decode(WireReader.of(Bytes.of(octets), "ConnectionRequest", "MS-RDPBCGR 2.2.1.1"));
    }

    @Test
    void theHostChoosesAmongAllThatIsStrongEnoughInOneRound() throws Exception {
        for (Map.Entry<Integer, String> choice :
                Map.of(8, "nla-ext", 2, "nla-ext", 1, "tls").entrySet()) {
            Seen seen = run(List.of(NLA_EXT, NLA, TLS), ServerMessages.confirm(choice.getKey()));
            assertThat(seen.failure()).isEmpty();
            assertThat(seen.asked()).containsExactly("TLS|HYBRID|HYBRID_EX");
            assertThat(seen.layer()).isEqualTo(choice.getValue());
        }
    }

    @Test
    void standardSecurityIsTakenOnTheSameConnectionWhereTheFloorAllowsIt() throws Exception {
        Seen allowed = run(List.of(NLA, TLS, RDP), ServerMessages.confirm(0));
        assertThat(allowed.failure()).isEmpty();
        assertThat(allowed.layer()).isEqualTo("rdp");
        Seen old = run(
                List.of(NLA, TLS, RDP), ConnectionConfirm.withoutNegotiation().toByteArray());
        assertThat(old.layer()).isEqualTo("rdp");

        Seen refused = run(List.of(NLA, TLS), ServerMessages.confirm(0));
        assertThat(refused.asked()).as("asking again for less is no use").hasSize(1);
        assertThat(refused.failure().orElseThrow().report().cause()).isEqualTo("selected-protocol");
        assertThat(refused.failure().get().report().remedy()).contains("--security-floor rdp");
    }

    @Test
    void onlyWhatIsOfferedIsPrepared() throws Exception {
        List<String> prepared = new CopyOnWriteArrayList<>();
        SecurityLayer aad = new Asking("aad", SecurityProtocols.RDSAAD, true, prepared);
        SecurityLayer tls = new Asking("tls", SecurityProtocols.TLS, false, prepared);
        try (ScriptedHost host = ScriptedHost.playing(
                answering(new ArrayList<>(), ServerMessages.confirm(16)),
                answering(new ArrayList<>(), failure(NegotiationFailure.SSL_REQUIRED_BY_SERVER)),
                answering(new ArrayList<>(), ServerMessages.confirm(1)))) {
            ConnectionSpec spec = spec(host.port(), List.of(aad, tls)).withUntil(Stage.AUTHENTICATION);
            run(spec);
            assertThat(prepared).containsExactly("aad");
            prepared.clear();
            run(spec);
            assertThat(prepared).containsExactly("aad", "tls");
        }
    }

    @Test
    void theCodesSteerTheNextAttempt() throws Exception {
        SecurityLayer aad = new Asking("aad", SecurityProtocols.RDSAAD, true, new ArrayList<>());
        List<SecurityLayer> all = List.of(aad, NLA_EXT, NLA, TLS, RDP);
        byte[] tls = ServerMessages.confirm(1);
        assertThat(run(all, failure(1), failure(1), failure(1), tls).asked())
                .containsExactly("RDSAAD", "TLS|HYBRID|HYBRID_EX", "TLS|HYBRID", "TLS");
        assertThat(run(all, failure(2), ServerMessages.confirm(0)).asked()).containsExactly("RDSAAD", "RDP");
        assertThat(run(all, failure(3), ServerMessages.confirm(0)).asked()).containsExactly("RDSAAD", "RDP");
        assertThat(run(all, failure(4), tls).asked()).containsExactly("RDSAAD", "TLS|HYBRID|HYBRID_EX");
        assertThat(run(all, failure(5), ServerMessages.confirm(2)).layer()).isEqualTo("nla-ext");
        assertThat(run(all, failure(5), failure(5), failure(5)).asked())
                .as("no weaker one, where network level authentication is required")
                .containsExactly("RDSAAD", "TLS|HYBRID|HYBRID_EX", "TLS|HYBRID");
        assertThat(run(all, failure(6), failure(6), failure(6), failure(6), ServerMessages.confirm(0))
                        .asked())
                .containsExactly("RDSAAD", "TLS|HYBRID|HYBRID_EX", "TLS|HYBRID", "TLS", "RDP");
        Seen last = run(List.of(TLS), failure(5));
        assertThat(last.asked()).containsExactly("TLS");
        assertThat(last.failure().orElseThrow().report().remedy()).contains("NLA with a user name and password");
        assertThat(last.attempts().get(0))
                .containsEntry("outcome", "failed")
                .containsEntry("cause", "negotiation-failure")
                .containsEntry("next", List.of());
    }

    @Test
    void aHostThatClosesOnFlagsThatItDoesNotKnowIsAskedForFewer() throws Exception {
        byte[] close = new byte[0];
        Seen seen = run(List.of(NLA_EXT, NLA, TLS), close, close, ServerMessages.confirm(1));
        assertThat(seen.failure()).isEmpty();
        assertThat(seen.asked()).containsExactly("TLS|HYBRID|HYBRID_EX", "TLS|HYBRID", "TLS");
        assertThat(seen.layer()).isEqualTo("tls");
        Seen never = run(List.of(NLA, TLS), close, close);
        assertThat(never.failure().orElseThrow().report().cause()).isIn("early-close", "io");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 400 Bad Request\r\n\r\n", "SSH-2.0-OpenSSH_9.2\r\n"})
    void whatIsNoRdpHostIsAskedOnce(String banner) throws Exception {
        Seen seen = run(List.of(NLA, TLS), banner.getBytes(StandardCharsets.US_ASCII));
        assertThat(seen.asked()).hasSize(1);
        assertThat(seen.failure().orElseThrow().report().cause()).isEqualTo("malformed-pdu");
    }

    @Test
    void aLayerThatKeepsThePasswordIsNotFollowedByOneThatSendsIt() throws Exception {
        SecurityLayer restricted =
                new NlaSecurityLayer(NlaSettings.of(Clock.systemUTC()).withRestrictedAdmin());
        Seen seen = run(List.of(restricted, TLS), ServerMessages.confirm(1));
        assertThat(seen.failure().orElseThrow().report().cause()).isEqualTo("selected-protocol");
        assertThat(request(seen.requests().get(0))
                        .negotiationRequest()
                        .orElseThrow()
                        .flags())
                .isEqualTo(NegotiationRequest.RESTRICTED_ADMIN_MODE_REQUIRED
                        | NegotiationRequest.CORRELATION_INFO_PRESENT);
    }

    @Test
    void theCorrelationIdIsTheSameInEveryAttemptAndInTheEvents() throws Exception {
        Seen seen = run(List.of(NLA, TLS), failure(1), ServerMessages.confirm(1));
        List<CorrelationInfo> sent = seen.requests().stream()
                .map(octets -> request(octets).correlationInfo().orElseThrow())
                .toList();
        assertThat(sent).hasSize(2);
        assertThat(sent.get(0)).isEqualTo(sent.get(1));
        assertThat(sent.get(0).isWellFormed()).isTrue();
        assertThat(seen.attempts())
                .allSatisfy(attempt -> assertThat(attempt)
                        .containsEntry(
                                "correlationId", Correlation.text(sent.get(0).correlationId())));
    }

    /** The layers that FreeRDP's options stand for; it does not fall below what it is told. */
    private static List<SecurityLayer> layers(NegotiationCase recorded) {
        List<String> options = recorded.client();
        List<SecurityLayer> all = new ArrayList<>(List.of(NLA, TLS, RDP));
        Map<String, List<SecurityLayer>> named = Map.of(
                "/sec:rdp", List.of(RDP),
                "/sec:tls", List.of(TLS),
                "/sec:nla", List.of(NLA),
                "/sec:ext", List.of(new Strict(NLA_EXT)),
                "/sec:aad", List.of(new Asking("aad", SecurityProtocols.RDSAAD, true, new ArrayList<>())));
        for (String option : options) {
            if (named.containsKey(option)) {
                return named.get(option);
            }
        }
        if (options.contains("/sec:nla:off")) {
            all.remove(NLA);
        }
        if (options.contains("/sec:rdp:off")) {
            all.remove(RDP);
        }
        return all;
    }

    /** FreeRDP told {@code /sec:ext} takes HYBRID_EX alone, where ours does without early authorization. */
    private record Strict(SecurityLayer layer) implements SecurityLayer {
        @Override
        public String name() {
            return layer.name();
        }

        @Override
        public SecurityProtocols protocol() {
            return layer.protocol();
        }

        @Override
        public boolean accepts(SecurityProtocols selected) {
            return selected.equals(SecurityProtocols.HYBRID_EX);
        }

        @Override
        public boolean canUse(ConnectionSpec spec) {
            return layer.canUse(spec);
        }

        @Override
        public CompletionStage<Attempt> prepare(ConnectionSpec spec, StageClock clock, Executor blocking) {
            return layer.prepare(spec, clock, blocking);
        }
    }

    static Stream<NegotiationCase> recorded() {
        return Fixtures.negotiations().stream()
                .filter(c -> c.connections().get(0).pdus().size() > 1)
                .filter(c -> c.connections().get(0).pdus().get(0).row().kind().equals("x224-cr"))
                .filter(c -> c.connections().get(0).pdus().get(1).row().dir() == Direction.S2C)
                // FreeRDP takes back what it offered, and starts again: a defect of its own
                .filter(c -> !c.client().contains("/sec:tls:off"))
                // the load balance info and the mode of remote guard are not a matter of this negotiation
                .filter(c ->
                        c.client().stream().noneMatch(o -> o.startsWith("/load-balance") || o.equals("/remoteGuard")));
    }

    /**
     * Against the answers that FreeRDP got, the same is asked for, and the same comes of it.
     *
     * <p>Where a host said that it allows no TLS, FreeRDP 3.15 asks for TLS once more: that connection is saved.
     */
    @ParameterizedTest
    @MethodSource("recorded")
    void goesTheWayOfFreeRdp(NegotiationCase recorded) throws Exception {
        List<NegotiationCase.Connection> theirs = new ArrayList<>(recorded.connections());
        boolean saved = recorded.name().equals("07-default-shadow-rdp");
        if (saved) {
            theirs.remove(1);
        }
        if (recorded.name().equals("10-sec-rdp-xrdp-tls")) {
            theirs.remove(1); // a second try of the whole session
        }
        byte[][] answers = theirs.stream().map(c -> c.pdus().get(1).bytes()).toArray(byte[][]::new);
        boolean restricted = recorded.client().contains("/restricted-admin");
        List<byte[]> requests = new CopyOnWriteArrayList<>();
        Script[] scripts = Stream.of(answers).map(a -> answering(requests, a)).toArray(Script[]::new);
        String user = request(theirs.get(0).pdus().get(0).bytes()).cookieText().orElseThrow();
        try (ScriptedHost host = ScriptedHost.playing(scripts)) {
            ConnectionSpec spec = spec(host.port(), restricted ? List.of(restricted()) : layers(recorded));
            Seen seen = run(spec.withCredentials(new Credentials(user, "", Secret.of("x")))
                    .withClient(
                            spec.client().but().correlation(Correlation.NONE).build()));
            assertThat(requests).hasSameSizeAs(theirs);
            for (int i = 0; i < theirs.size(); i++) {
                assertThat(Bytes.of(requests.get(i)))
                        .isEqualTo(Bytes.of(theirs.get(i).pdus().get(0).bytes()));
            }
            boolean wentOn = theirs.get(theirs.size() - 1).pdus().size() > 2;
            assertThat(seen.failure().isEmpty()).isEqualTo(wentOn);
        }
    }

    private static SecurityLayer restricted() {
        return new NlaSecurityLayer(NlaSettings.of(Clock.systemUTC()).withRestrictedAdmin());
    }
}
