package porthole.cli.output;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import porthole.protocol.failure.Stage;
import porthole.transport.ConnectionEvent;
import porthole.transport.ConnectionObserver;

/** Keeps how long each stage took and what it showed, and logs every event for {@code --verbose}. */
public final class StageTable implements ConnectionObserver {
    private final boolean verbose;
    private final Consumer<Row> each;
    private final List<Row> rows = new ArrayList<>();

    public StageTable(boolean verbose) {
        this(verbose, row -> {});
    }

    /** @param each is told every stage as soon as it ended, on the thread that ended it */
    public StageTable(boolean verbose, Consumer<Row> each) {
        this.verbose = verbose;
        this.each = each;
    }

    /**
     * One stage.
     *
     * @param stage which
     * @param at when it ended, from the start of the attempt
     * @param took how long it took
     * @param ok whether it ended well
     * @param evidence what it showed, or the parts of the failure
     */
    public record Row(Stage stage, Duration at, Duration took, boolean ok, Map<String, Object> evidence) {
        /** For people: stage, milliseconds, evidence. */
        public String text() {
            StringJoiner facts = new StringJoiner(", ");
            evidence.forEach((name, value) -> facts.add(name + " " + value));
            return String.format(
                            Locale.ROOT,
                            "%-28s %9.1f ms  %s%s",
                            stage.label(),
                            JsonText.milliseconds(took),
                            ok ? "" : "FAILED  ",
                            facts)
                    .stripTrailing();
        }

        /** For programs. */
        public Map<String, Object> object() {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("event", "stage");
            object.put("stage", stage.label());
            object.put("ok", ok);
            object.put("ms", took);
            object.put("atMs", at);
            object.put(ok ? "evidence" : "failure", evidence);
            return object;
        }
    }

    @Override
    public void on(ConnectionEvent event) {
        if (verbose) {
            Log.event(event);
        }
        if (event instanceof ConnectionEvent.StageFinished finished) {
            add(new Row(finished.stage(), finished.at(), finished.took(), true, finished.evidence()));
        } else if (event instanceof ConnectionEvent.StageFailed failed) {
            add(new Row(
                    failed.stage(),
                    failed.at(),
                    failed.took(),
                    false,
                    Output.object(failed.failure().report())));
        }
    }

    private void add(Row row) {
        synchronized (rows) {
            rows.add(row);
        }
        each.accept(row);
    }

    /** The stages so far, in the order in which they ended. */
    public List<Row> rows() {
        synchronized (rows) {
            return List.copyOf(rows);
        }
    }

    /** A holder, so that the logger is only made when somebody wants to read it. */
    private static final class Log {
        private static final Logger LOG = LoggerFactory.getLogger("porthole");

        static void event(ConnectionEvent event) {
            if (event instanceof ConnectionEvent.Message message) {
                LOG.debug("{} {} ({} octets)", message.fromHost() ? "<-" : "->", message.name(), message.octets());
            } else if (event instanceof ConnectionEvent.StageStarted started) {
                LOG.info("{} begins at {} ms", started.stage(), started.at().toMillis());
            } else if (event instanceof ConnectionEvent.StageFinished finished) {
                LOG.info(
                        "{} took {} ms {}",
                        finished.stage(),
                        JsonText.milliseconds(finished.took()),
                        Output.harmless(finished.evidence().toString()));
            } else if (event instanceof ConnectionEvent.StageFailed failed) {
                LOG.info("{} failed after {} ms", failed.stage(), JsonText.milliseconds(failed.took()));
            } else if (event instanceof ConnectionEvent.Note note) {
                LOG.info("{} {}", note.name(), Output.harmless(note.facts().toString()));
            }
        }
    }
}
