package porthole.cli.output;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import porthole.aad.avd.AvdBroker;
import porthole.transport.ConnectionEvent;
import porthole.transport.ConnectionObserver;

/** Tells that a broker asks for patience, while a host is being started for example: to programs and to people. */
public final class BrokerLines implements ConnectionObserver {
    private final Output output;
    private final Consumer<Map<String, Object>> events;

    /** @param events is told every pause */
    public BrokerLines(Output output, Consumer<Map<String, Object>> events) {
        this.output = output;
        this.events = events;
    }

    @Override
    public void on(ConnectionEvent event) {
        if (event instanceof ConnectionEvent.Note note && note.name().equals(AvdBroker.WAITING)) {
            Map<String, Object> facts = note.facts();
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("event", AvdBroker.WAITING);
            object.putAll(facts);
            events.accept(object);
            output.say("porthole: the broker says " + facts.get("code") + "; asking again in "
                    + facts.get("againSeconds") + " s (" + facts.get("asked") + " of " + facts.get("of") + ")");
        }
    }
}
