package porthole.transport;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Stage;

/** Times the stages of one attempt and tells the observer; usable from any thread. */
public final class StageClock {
    private final ConnectionObserver observer;
    private final LongSupplier nanos;
    private final long start;
    private final Map<Stage, Long> running = new EnumMap<>(Stage.class);

    /** @param nanos a monotonic clock, such as {@code System::nanoTime} or an event loop's */
    public StageClock(ConnectionObserver observer, LongSupplier nanos) {
        this.observer = observer;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
    }

    /** Time since the attempt began. */
    public Duration elapsed() {
        return Duration.ofNanos(nanos.getAsLong() - start);
    }

    public void started(Stage stage) {
        synchronized (running) {
            running.put(stage, nanos.getAsLong());
        }
        observer.on(new ConnectionEvent.StageStarted(stage, elapsed()));
    }

    /** Ends a running stage; one that is not running is passed over. */
    public void finished(Stage stage, Map<String, Object> evidence) {
        Duration took = stop(stage);
        if (took != null) {
            observer.on(new ConnectionEvent.StageFinished(stage, elapsed(), took, evidence));
        }
    }

    public void failed(Stage stage, RdpFailure failure) {
        Duration took = stop(stage);
        observer.on(new ConnectionEvent.StageFailed(stage, elapsed(), took == null ? Duration.ZERO : took, failure));
    }

    public void message(boolean fromHost, String name, int octets) {
        observer.on(new ConnectionEvent.Message(fromHost, name, octets, elapsed()));
    }

    public void note(String name, Map<String, Object> facts) {
        observer.on(new ConnectionEvent.Note(name, facts, elapsed()));
    }

    private Duration stop(Stage stage) {
        synchronized (running) {
            Long since = running.remove(stage);
            return since == null ? null : Duration.ofNanos(nanos.getAsLong() - since);
        }
    }
}
