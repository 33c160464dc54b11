package porthole.client.probe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import porthole.client.RdpClient;
import porthole.client.RdpSession;
import porthole.client.SessionOptions;
import porthole.client.explain.AttemptEvidence;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Stage;
import porthole.protocol.x224.SecurityProtocols;
import porthole.transport.ConnectionEvent;
import porthole.transport.ConnectionSpec;
import porthole.transport.Failures;
import porthole.transport.SecurityLayer;
import porthole.transport.StageClock;

/** Probes hosts, so many at once as it was told and the others in order; usable from any thread. */
public final class Prober {
    private static final Map<String, SecurityProtocols> PROTOCOLS = protocols();

    private final RdpClient client;
    private final Admission admission;

    /** @param atOnce connections that may be open at the same time, 1 or more */
    public Prober(RdpClient client, int atOnce) {
        this.client = client;
        this.admission = new Admission(atOnce);
    }

    private static Map<String, SecurityProtocols> protocols() {
        Map<String, SecurityProtocols> protocols = new LinkedHashMap<>();
        protocols.put("RDP", SecurityProtocols.RDP);
        protocols.put("TLS", SecurityProtocols.TLS);
        protocols.put("NLA", SecurityProtocols.HYBRID);
        protocols.put("NLA-EX", SecurityProtocols.HYBRID_EX);
        protocols.put("RDSTLS", SecurityProtocols.RDSTLS);
        protocols.put("RDSAAD", SecurityProtocols.RDSAAD);
        return protocols;
    }

    /**
     * Connects as far as {@code spec.until()} says and closes again; {@link Stage#FIRST_FRAME} waits for the first picture.
     *
     * <p>The future never fails but by cancellation: what went wrong is in the result.
     */
    public CompletableFuture<ProbeResult> probe(ConnectionSpec spec) {
        return probe(spec, SessionOptions.DEFAULT);
    }

    /** The same with a session that does more besides, such as being recorded. */
    public CompletableFuture<ProbeResult> probe(ConnectionSpec spec, SessionOptions more) {
        return admission.run(() -> probing(spec, more));
    }

    /** Probes up to TLS for the host's certificate, whatever sign-in the host insists on afterwards. */
    public CompletableFuture<ProbeResult> upToTls(ConnectionSpec spec) {
        SecurityProtocols any = SecurityProtocols.TLS.with(SecurityProtocols.HYBRID);
        return probe(spec.withSecurity(List.of(new Asking("TLS", any))).withUntil(Stage.TLS));
    }

    private CompletableFuture<ProbeResult> probing(ConnectionSpec spec, SessionOptions more) {
        long start = System.nanoTime();
        List<StageResult> stages = new ArrayList<>();
        List<Map<String, Object>> negotiations = new CopyOnWriteArrayList<>();
        AttemptEvidence evidence = new AttemptEvidence();
        CompletableFuture<RdpSession> connected = client.connect(spec, more.withObserver(event -> {
            more.observer().on(event);
            note(event, stages);
            evidence.on(event);
            if (event instanceof ConnectionEvent.Note note && note.name().equals("negotiation")) {
                negotiations.add(note.facts());
            }
        }));
        CompletableFuture<ProbeResult> result = connected
                .thenCompose(session -> spec.until() == Stage.FIRST_FRAME
                        ? firstFrame(session, left(spec, start)).thenApply(frame -> session)
                        : CompletableFuture.completedFuture(session))
                .handle((session, failed) -> {
                    Optional<RdpFailure> failure = failed == null ? Optional.empty() : Optional.of(Failures.of(failed));
                    Duration took = Duration.ofNanos(System.nanoTime() - start);
                    synchronized (stages) {
                        return new ProbeResult(
                                spec.target(),
                                spec.until(),
                                stages,
                                negotiations,
                                took,
                                failure,
                                failure.flatMap(evidence::explain));
                    }
                })
                .thenCompose(probed -> closed(connected).thenApply(closed -> probed));
        result.whenComplete((probed, failed) -> {
            if (result.isCancelled()) {
                connected.cancel(true);
            }
        });
        return result;
    }

    private static Duration left(ConnectionSpec spec, long start) {
        Duration left = spec.deadlines().total().minusNanos(System.nanoTime() - start);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static CompletableFuture<Long> firstFrame(RdpSession session, Duration within) {
        return session.firstFrame()
                .orTimeout(within.toMillis(), TimeUnit.MILLISECONDS)
                .handle((frame, failed) -> {
                    if (failed == null) {
                        return frame;
                    }
                    if (failed instanceof TimeoutException) {
                        throw new LocalFailure(
                                        "deadline",
                                        "the session is up, but the host draws nothing",
                                        "no picture in " + within.toMillis() + " ms",
                                        "a first update",
                                        "the host may wait for somebody, or use graphics that were not offered")
                                .in(Stage.FIRST_FRAME);
                    }
                    throw Failures.of(failed).in(Stage.FIRST_FRAME);
                });
    }

    /** Says goodbye where there is somebody to say it to. */
    private static CompletableFuture<?> closed(CompletableFuture<RdpSession> connected) {
        return connected.isCompletedExceptionally()
                ? CompletableFuture.completedFuture(null)
                : connected.thenCompose(session -> session.disconnect("probed"));
    }

    private static void note(ConnectionEvent event, List<StageResult> stages) {
        StageResult result = null;
        if (event instanceof ConnectionEvent.StageFinished done) {
            result = new StageResult(done.stage(), done.at(), done.took(), true, done.evidence());
        } else if (event instanceof ConnectionEvent.StageFailed failed) {
            result = new StageResult(
                    failed.stage(),
                    failed.at(),
                    failed.took(),
                    false,
                    Map.of("failure", failed.failure().getMessage()));
        }
        if (result != null) {
            synchronized (stages) {
                stages.add(result);
            }
        }
    }

    /**
     * Asks for each security protocol alone, one TCP connection and one X.224 round each, one after the other.
     *
     * <p>Fails with the {@link RdpFailure} when the host cannot be reached at all.
     */
    public CompletableFuture<List<OfferedProtocol>> offered(ConnectionSpec spec) {
        return admission.run(() -> {
            CompletableFuture<List<OfferedProtocol>> all = CompletableFuture.completedFuture(new ArrayList<>());
            for (Map.Entry<String, SecurityProtocols> each : PROTOCOLS.entrySet()) {
                all = all.thenCompose(
                        sofar -> ask(spec, each.getKey(), each.getValue()).thenApply(answer -> {
                            sofar.add(answer);
                            return sofar;
                        }));
            }
            return all.thenApply(List::copyOf);
        });
    }

    private CompletableFuture<OfferedProtocol> ask(ConnectionSpec spec, String name, SecurityProtocols protocol) {
        ConnectionSpec question =
                spec.withSecurity(List.of(new Asking(name, protocol))).withUntil(Stage.CONNECTION_INITIATION);
        long start = System.nanoTime();
        return client.connect(question, SessionOptions.DEFAULT).handle((session, failed) -> {
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            if (failed == null) {
                return new OfferedProtocol(name, true, took, Optional.empty());
            }
            RdpFailure failure = Failures.of(failed);
            if (failure.stage()
                    .map(stage -> stage.compareTo(Stage.CONNECTION_INITIATION) < 0)
                    .orElse(false)) {
                throw failure;
            }
            return new OfferedProtocol(name, false, took, Optional.of(failure));
        });
    }

    /** Asks for a protocol and never gets as far as to use it. */
    private record Asking(String name, SecurityProtocols protocol) implements SecurityLayer {
        /** For RDP too: a host answers a request without negotiation with a bare confirm, which says nothing. */
        @Override
        public boolean negotiates() {
            return true;
        }

        @Override
        public boolean canUse(ConnectionSpec spec) {
            return true;
        }

        @Override
        public CompletionStage<Attempt> prepare(ConnectionSpec spec, StageClock clock, Executor blocking) {
            return CompletableFuture.completedFuture(connection -> Optional.empty());
        }
    }
}
