package porthole.cli.control;

import com.fasterxml.jackson.core.JacksonException;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import porthole.cli.output.JsonText;
import porthole.cli.output.Output;
import porthole.protocol.failure.RdpFailure;

/** Reads commands, has them carried out one after the other, and answers each with exactly one event. */
public final class ControlLoop {
    private final LineReader lines;
    private final Consumer<Map<String, Object>> events;
    private final Desktop desktop;
    private final boolean drawPointer;

    /**
     * @param in one JSON object a line
     * @param events takes one event each; from this thread only
     * @param drawPointer whether screenshots show the pointer where the command does not say
     */
    public ControlLoop(InputStream in, Consumer<Map<String, Object>> events, Desktop desktop, boolean drawPointer) {
        this.lines = new LineReader(in);
        this.events = events;
        this.desktop = desktop;
        this.drawPointer = drawPointer;
    }

    /** Runs until the command {@code disconnect} or {@code logoff} or the end of the input, and disconnects then. */
    public void run() throws IOException, InterruptedException {
        try {
            boolean goesOn = true;
            while (goesOn) {
                goesOn = step();
            }
        } finally {
            desktop.disconnect();
        }
    }

    private boolean step() throws IOException, InterruptedException {
        Map<String, Object> object = Map.of();
        String name = null;
        try {
            Optional<String> line = lines.next();
            if (line.isEmpty()) {
                return false;
            }
            if (line.get().isBlank()) {
                return true;
            }
            object = parse(line.get());
            if (!(object.get("command") instanceof String command)) {
                throw new ControlException("bad-command", "'command' has to be the name of a command");
            }
            name = command;
            ControlCommand read = ControlCommand.read(name, object);
            Map<String, Object> answer = answer("done", name, object);
            answer.putAll(carryOut(read));
            events.accept(answer);
            return !(read instanceof ControlCommand.Disconnect || read instanceof ControlCommand.Logoff);
        } catch (ControlException e) {
            error(name, object, e.causeName(), e.getMessage());
        } catch (RdpFailure e) {
            Map<String, Object> answer = answer("error", name, object);
            answer.put("cause", desktop.isConnected() ? "not-possible" : "not-connected");
            answer.put("message", e.getMessage());
            answer.put("failure", Output.object(e.report()));
            events.accept(answer);
        }
        return true;
    }

    private static Map<String, Object> parse(String line) throws ControlException {
        try {
            return JsonText.readObject(line);
        } catch (JacksonException e) {
            throw new ControlException("bad-json", e.getOriginalMessage());
        } catch (IOException e) {
            throw new ControlException("bad-json", e.getMessage());
        }
    }

    private void error(String name, Map<String, Object> object, String cause, String message) {
        Map<String, Object> answer = answer("error", name, object);
        answer.put("cause", cause);
        answer.put("message", message);
        events.accept(answer);
    }

    private static Map<String, Object> answer(String event, String name, Map<String, Object> object) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("event", event);
        if (name != null) {
            answer.put("command", name);
        }
        if (object.containsKey("id")) {
            answer.put("id", object.get("id"));
        }
        return answer;
    }

    private Map<String, Object> carryOut(ControlCommand command) throws ControlException, InterruptedException {
        if (command instanceof ControlCommand.Disconnect) {
            return Map.of();
        }
        if (command instanceof ControlCommand.Reconnect) {
            desktop.reconnect();
            return Map.of();
        }
        if (!desktop.isConnected()) {
            throw new ControlException(
                    "not-connected", "the session has ended; only reconnect and disconnect are left");
        }
        if (command instanceof ControlCommand.Logoff) {
            return Map.of("agreed", desktop.logoff());
        }
        if (command instanceof ControlCommand.Screenshot screenshot) {
            return screenshot(screenshot);
        }
        if (command instanceof ControlCommand.Wait wait) {
            await(wait);
        } else if (command instanceof ControlCommand.Resize resize) {
            if (!desktop.resize(resize.width(), resize.height())) {
                throw new ControlException(
                        "not-possible", "this session has no display control channel, so its size cannot change");
            }
        } else {
            input(command);
        }
        return Map.of();
    }

    private Map<String, Object> screenshot(ControlCommand.Screenshot screenshot) throws ControlException {
        try {
            return desktop.screenshot(screenshot.file(), screenshot.pointer().orElse(drawPointer));
        } catch (IOException e) {
            throw new ControlException("file", "cannot write " + screenshot.file() + ": " + e);
        }
    }

    private void await(ControlCommand.Wait wait) throws ControlException, InterruptedException {
        boolean came = switch (wait.condition()) {
            case FRAME -> desktop.awaitFrame(wait.timeout());
            case QUIET -> desktop.awaitQuiet(wait.quiet(), wait.timeout());
            case CHANGE -> desktop.awaitChange(wait.timeout());
        };
        if (!came) {
            throw desktop.isConnected()
                    ? new ControlException(
                            "timeout", "not within " + wait.timeout().toMillis() + " ms")
                    : new ControlException("not-connected", "the session ended while waiting");
        }
    }

    private void input(ControlCommand command) throws InterruptedException {
        if (command instanceof ControlCommand.Type type) {
            desktop.type(type.text());
        } else if (command instanceof ControlCommand.Key key) {
            if (key.action() != ControlCommand.Action.UP) {
                desktop.key(key.scancode().code(), key.scancode().extended(), true);
            }
            if (key.action() != ControlCommand.Action.DOWN) {
                desktop.key(key.scancode().code(), key.scancode().extended(), false);
            }
        } else if (command instanceof ControlCommand.Pointer pointer) {
            pointer(pointer);
        } else if (command instanceof ControlCommand.Wheel wheel) {
            desktop.wheel(wheel.delta(), wheel.horizontal(), wheel.x(), wheel.y());
        } else if (command instanceof ControlCommand.Sync sync) {
            desktop.sync(sync.scroll(), sync.num(), sync.caps(), sync.kana());
        } else if (command instanceof ControlCommand.SuppressOutput suppress) {
            desktop.suppressOutput(suppress.suppress());
        } else if (command instanceof ControlCommand.Refresh refresh) {
            ControlCommand.Rectangle area = refresh.area().orElse(new ControlCommand.Rectangle(0, 0, 0, 0));
            desktop.refresh(area.x(), area.y(), area.width(), area.height());
        } else {
            throw new IllegalStateException("no way to carry out " + command);
        }
    }

    private void pointer(ControlCommand.Pointer pointer) throws InterruptedException {
        if (pointer.action() == ControlCommand.Action.MOVE) {
            desktop.movePointer(pointer.x(), pointer.y());
            return;
        }
        if (pointer.action() != ControlCommand.Action.UP) {
            desktop.button(pointer.button(), true, pointer.x(), pointer.y());
        }
        if (pointer.action() != ControlCommand.Action.DOWN) {
            desktop.button(pointer.button(), false, pointer.x(), pointer.y());
        }
    }
}
