package porthole.cli.output;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import porthole.transport.ConnectionEvent;
import porthole.transport.ConnectionObserver;

/** Tells each attempt to negotiate: to programs always, to people where it failed and another one follows. */
public final class NegotiationLines implements ConnectionObserver {
    private static final String NOTE = "negotiation";

    private final Output output;
    private final Consumer<Map<String, Object>> events;

    /** @param events is told every attempt, on the thread that ended it */
    public NegotiationLines(Output output, Consumer<Map<String, Object>> events) {
        this.output = output;
        this.events = events;
    }

    @Override
    public void on(ConnectionEvent event) {
        if (event instanceof ConnectionEvent.Note note && note.name().equals(NOTE)) {
            events.accept(object(note.facts()));
            if (note.facts().get("next") instanceof List<?> next && !next.isEmpty()) {
                output.say("porthole: " + text(note.facts()));
            }
        }
    }

    /** One attempt for programs. */
    public static Map<String, Object> object(Map<String, Object> facts) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("event", NOTE);
        object.putAll(facts);
        return object;
    }

    /** One attempt for people. */
    public static String text(Map<String, Object> facts) {
        String offered = "negotiation " + facts.get("attempt") + ": offered " + facts.get("layers") + " ("
                + facts.get("requestedProtocols") + "), ";
        return facts.get("outcome").equals("selected")
                ? offered + "the host selected " + facts.get("selectedProtocol") + ": " + facts.get("layer")
                : offered + facts.get("cause") + " " + facts.get("seen") + ", next " + facts.get("next");
    }
}
