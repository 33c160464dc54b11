package porthole.client.support;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import porthole.aad.explain.Explanation;
import porthole.aad.explain.Finding;
import porthole.client.capture.Recorder;
import porthole.client.capture.SafeTranscript;
import porthole.client.safe.Pseudonyms;
import porthole.client.safe.SafeFacts;
import porthole.protocol.failure.FailureReport;
import porthole.protocol.failure.RdpFailure;
import porthole.transport.ConnectionEvent;
import porthole.transport.ConnectionObserver;

/**
 * What one attempt, with all its connections, may tell somebody else. Everything is put into its harmless form when it comes,
 * and kept in no other. Thread-safe.
 */
public final class SupportAttempt implements ConnectionObserver {
    private static final Set<String> NOTES = Set.of("negotiation", "redirected", "error-info", "gateway-fallback");
    private static final int MOST_CONNECTIONS = 50;
    private static final int MOST_ROWS = 5000;

    private final Pseudonyms names;
    private final SafeFacts facts;
    private final List<SafeTranscript> transcripts = new ArrayList<>();
    private final List<Map<String, Object>> rows = new ArrayList<>();
    private Map<String, Object> findings = Map.of();
    private boolean failed;

    SupportAttempt(Pseudonyms names) {
        this.names = names;
        this.facts = new SafeFacts(names);
    }

    /** Keeps the next connection of this attempt. */
    public Recorder connection() {
        SafeTranscript transcript = new SafeTranscript(names, facts);
        synchronized (this) {
            if (transcripts.size() >= MOST_CONNECTIONS) {
                transcripts.remove(0); // of a session that reconnects for days, the last ones matter
            }
            transcripts.add(transcript);
        }
        return transcript;
    }

    @Override
    public void on(ConnectionEvent event) {
        if (event instanceof ConnectionEvent.StageFinished done) {
            Map<String, Object> row = stage(done.stage().label(), true, done.took(), done.at());
            row.put("evidence", facts.of(done.evidence()));
            add(row);
        } else if (event instanceof ConnectionEvent.StageFailed failure) {
            Map<String, Object> row = stage(failure.stage().label(), false, failure.took(), failure.at());
            row.put("cause", failure.failure().report().cause());
            add(row);
        } else if (event instanceof ConnectionEvent.Note note && NOTES.contains(note.name())) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("event", note.name());
            row.putAll(facts.of(note.facts()));
            add(row);
        }
    }

    private static Map<String, Object> stage(String label, boolean ok, Duration took, Duration at) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("event", "stage");
        row.put("stage", label);
        row.put("ok", ok);
        row.put("ms", millis(took));
        row.put("atMs", millis(at));
        return row;
    }

    private static double millis(Duration duration) {
        return Math.round(duration.toNanos() / 1e3) / 1e3;
    }

    private synchronized void add(Map<String, Object> row) {
        if (rows.size() < MOST_ROWS) {
            rows.add(row);
        }
    }

    /** The attempt failed, and this is what is known of the causes. */
    public synchronized void failed(RdpFailure failure, Optional<Explanation> explanation) {
        failed = true;
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("event", "failure");
        row.putAll(report(failure.report()));
        add(row);
        explanation.ifPresent(found -> findings = findings(found));
    }

    /** The attempt failed in a way that is no failure of a connection; {@code cause} is one of this program's own words. */
    public synchronized void failed(String cause) {
        failed = true;
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("event", "failure");
        row.put("cause", cause);
        add(row);
    }

    private Map<String, Object> report(FailureReport report) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("kind", report.kind());
        row.put("stage", report.stage());
        row.put("cause", report.cause());
        if (report.section().matches("[A-Za-z0-9 .,;-]{0,80}")) {
            row.put("section", report.section());
        }
        Map<String, Object> details = facts.of(report.details());
        if (!details.isEmpty()) {
            row.put("details", details);
        }
        return row;
    }

    /** Names of causes and constants; what was seen stays behind, as it can be anything. */
    private Map<String, Object> findings(Explanation explanation) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Finding finding : explanation.findings()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("cause", finding.cause());
            one.put("certainty", finding.certainty().label());
            if (SafeFacts.isConstant(finding.answer())) {
                one.put("answer", finding.answer());
            }
            if (!finding.alike().isEmpty()) {
                one.put("alike", finding.alike());
            }
            all.add(one);
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("facts", facts.of(explanation.facts()));
        object.put("findings", all);
        return object;
    }

    /** Whether it failed. */
    synchronized boolean hasFailed() {
        return failed;
    }

    synchronized List<Map<String, Object>> rows() {
        return List.copyOf(rows);
    }

    synchronized Map<String, Object> findings() {
        return findings;
    }

    synchronized List<SafeTranscript> transcripts() {
        return List.copyOf(transcripts);
    }

    Set<String> factsLeftOut() {
        return facts.leftOut();
    }
}
