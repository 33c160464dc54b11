package porthole.client.explain;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import porthole.aad.explain.Explanation;
import porthole.aad.explain.FailureExplainer;
import porthole.aad.rdsaad.RdsAadAuthentication;
import porthole.protocol.failure.RdpFailure;
import porthole.transport.ConnectionEvent;
import porthole.transport.ConnectionObserver;

/** Keeps what an attempt shows, so that its failure can be explained. Thread-safe. */
public final class AttemptEvidence implements ConnectionObserver {
    private final Map<String, Object> stages = new LinkedHashMap<>();
    private Optional<Explanation> explanation = Optional.empty();

    @Override
    public synchronized void on(ConnectionEvent event) {
        if (event instanceof ConnectionEvent.StageFinished finished) {
            stages.putAll(finished.evidence());
        } else if (event instanceof ConnectionEvent.Note note
                && note.facts().get(RdsAadAuthentication.EXPLANATION) instanceof Explanation made) {
            explanation = Optional.of(made);
        }
    }

    /** Why the attempt may have failed; empty where the failure itself says all there is to say. */
    public synchronized Optional<Explanation> explain(RdpFailure failure) {
        if (explanation.isPresent()) {
            return explanation;
        }
        Explanation more = FailureExplainer.explain(failure.report(), stages);
        boolean same = more.findings().size() == 1
                && more.findings().get(0).remedy().equals(failure.report().remedy());
        return same ? Optional.empty() : Optional.of(more);
    }
}
