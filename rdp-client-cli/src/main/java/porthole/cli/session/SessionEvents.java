package porthole.cli.session;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import porthole.cli.output.Output;
import porthole.client.SessionListener;
import porthole.graphics.picture.PixelRect;
import porthole.transport.SessionEnd;

/** Turns what happens in a session into the events of the JSON output: connected, resized, reconnecting, reconnected, note, ended. */
public final class SessionEvents implements SessionListener {
    private final Consumer<Map<String, Object>> events;
    private final Runnable painted;

    /**
     * @param events is called on threads of the session, one call at a time
     * @param painted is told when the picture has changed, and returns at once
     */
    public SessionEvents(Consumer<Map<String, Object>> events, Runnable painted) {
        this.events = events;
        this.painted = painted;
    }

    /** Sends an event that comes from elsewhere, in turn with the others. */
    public synchronized void send(Map<String, Object> event) {
        events.accept(event);
    }

    private void send(String name, Map<String, Object> facts) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("event", name);
        event.putAll(facts);
        send(event);
    }

    @Override
    public void painted(long frame, List<PixelRect> dirty) {
        painted.run();
    }

    @Override
    public void resized(int width, int height, int bitsPerPixel) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("width", width);
        facts.put("height", height);
        facts.put("bitsPerPixel", bitsPerPixel);
        send("desktop", facts);
    }

    @Override
    public void reconnecting(int attempt, Duration wait, SessionEnd why) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("attempt", attempt);
        facts.put("waitMs", wait);
        why.failure().ifPresent(failure -> facts.put("failure", Output.object(failure.report())));
        send("reconnecting", facts);
    }

    @Override
    public void reconnected(int attempts) {
        send("reconnected", Map.of("attempts", attempts));
    }

    @Override
    public void note(String name, String detail) {
        send("note", Map.of("name", name, "detail", detail));
    }

    @Override
    public void ended(SessionEnd end) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("kind", end.kind().name().toLowerCase(Locale.ROOT));
        facts.put("reason", end.reason());
        end.failure().ifPresent(failure -> facts.put("failure", Output.object(failure.report())));
        send("ended", facts);
    }
}
