package porthole.cli.control;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import porthole.cli.base.UsageException;
import porthole.cli.option.Values;

/** One command of the control protocol. */
sealed interface ControlCommand {
    /** Writes the picture; {@code pointer} says whether the pointer is drawn into it. */
    record Screenshot(Path file, Optional<Boolean> pointer) implements ControlCommand {}

    /** Types text as Unicode keystrokes. */
    record Type(String text) implements ControlCommand {}

    /** Presses or releases one key, or both. */
    record Key(Scancode scancode, Action action) implements ControlCommand {}

    /** Moves the pointer and perhaps uses a button; {@code button} 0 is none, 1 left, 2 right, 3 middle, 4 and 5 extra. */
    record Pointer(int x, int y, int button, Action action) implements ControlCommand {}

    /** Turns the wheel by {@code delta}: 120 is one notch away from the user, or to the right; -1 is where the pointer is. */
    record Wheel(int delta, boolean horizontal, int x, int y) implements ControlCommand {}

    /** Sets the lock keys. */
    record Sync(boolean scroll, boolean num, boolean caps, boolean kana) implements ControlCommand {}

    /** Asks the host to stop or to go on drawing. */
    record SuppressOutput(boolean suppress) implements ControlCommand {}

    /** Asks the host to draw a rectangle again; an empty one is the whole desktop. */
    record Refresh(Optional<Rectangle> area) implements ControlCommand {}

    /** Asks for another desktop size. */
    record Resize(int width, int height) implements ControlCommand {}

    /** Waits for the picture. */
    record Wait(Condition condition, Duration timeout, Duration quiet) implements ControlCommand {}

    /** Ends this connection and makes the same one again. */
    record Reconnect() implements ControlCommand {}

    /** Asks the host to end the session, and ends the command. */
    record Logoff() implements ControlCommand {}

    /** Ends the session, and the command. */
    record Disconnect() implements ControlCommand {}

    /** What is done with a key or a button. */
    enum Action {
        MOVE,
        DOWN,
        UP,
        TAP
    }

    /** What a wait is for. */
    enum Condition {
        /** The first frame, if there was none yet. */
        FRAME,
        /** No change for a while. */
        QUIET,
        /** The next change. */
        CHANGE
    }

    /** In pixels. */
    record Rectangle(int x, int y, int width, int height) {}

    /** The names of all commands. */
    List<String> NAMES = List.of(
            "screenshot",
            "type",
            "key",
            "pointer",
            "wheel",
            "sync",
            "suppress-output",
            "refresh",
            "resize",
            "wait",
            "reconnect",
            "logoff",
            "disconnect");

    /** Reads the fields of the named command. */
    static ControlCommand read(String name, Map<String, Object> object) throws ControlException {
        Fields fields = new Fields(object);
        fields.raw("command");
        fields.raw("id");
        ControlCommand command = switch (name) {
            case "screenshot" -> screenshot(fields);
            case "type" -> new Type(fields.text("text", 1 << 16));
            case "key" -> key(fields);
            case "pointer" -> pointer(fields);
            case "wheel" ->
                new Wheel(
                        fields.number("delta", -255, 255),
                        fields.flag("horizontal", false),
                        fields.number("x", 0, 65535, -1),
                        fields.number("y", 0, 65535, -1));
            case "sync" -> sync(fields);
            case "suppress-output" -> new SuppressOutput(fields.flag("suppress", true));
            case "refresh" -> refresh(fields);
            case "resize" -> new Resize(fields.number("width", 200, 8192), fields.number("height", 200, 8192));
            case "wait" -> waiting(fields);
            case "reconnect" -> new Reconnect();
            case "logoff" -> new Logoff();
            case "disconnect" -> new Disconnect();
            default ->
                throw new ControlException("bad-command", "there is no command '" + name + "'; there are " + NAMES);
        };
        fields.end();
        return command;
    }

    private static ControlCommand screenshot(Fields fields) throws ControlException {
        String file = fields.text("file", 4096);
        Optional<Boolean> pointer =
                fields.has("pointer") ? Optional.of(fields.flag("pointer", false)) : Optional.empty();
        try {
            if (file.isEmpty()) {
                throw new ControlException("bad-command", "'file' is empty");
            }
            return new Screenshot(Path.of(file), pointer);
        } catch (InvalidPathException e) {
            throw new ControlException("bad-command", "'file' is not a path: " + e.getReason());
        }
    }

    private static ControlCommand key(Fields fields) throws ControlException {
        if (fields.has("name") == fields.has("scancode")) {
            throw new ControlException("bad-command", "a key has either a 'name' or a 'scancode'");
        }
        Scancode scancode;
        if (fields.has("name")) {
            String name = fields.text("name", 40);
            scancode = Scancode.named(name)
                    .orElseThrow(() -> new ControlException(
                            "bad-command", "no key is named '" + name + "'; there are " + Scancode.names()));
        } else {
            // 0xE0 in front of a scan code marks the extended keys, as keyboards send it
            int code = fields.number("scancode", 0, 0xE0FF);
            int low = code & 0xFF;
            if (code > 0xFF && code >> 8 != 0xE0 || low < 1 || low > 127) {
                throw new ControlException("bad-command", "'scancode' is 1 to 127, or 0xE000 + 1 to 127");
            }
            boolean extended = fields.flag("extended", false);
            scancode = new Scancode(low, extended || code > 0xFF);
        }
        return new Key(scancode, action(fields.word("action", List.of("down", "up", "tap"), "tap")));
    }

    private static ControlCommand pointer(Fields fields) throws ControlException {
        int x = fields.number("x", 0, 65535);
        int y = fields.number("y", 0, 65535);
        boolean hasButton = fields.has("button");
        int button = 0;
        if (hasButton) {
            List<String> names = List.of("left", "right", "middle", "x1", "x2");
            button = names.indexOf(fields.word("button", names, null)) + 1;
        }
        String action = fields.word("action", List.of("move", "down", "up", "click"), hasButton ? "click" : "move");
        if (hasButton == action.equals("move")) {
            throw new ControlException("bad-command", "down, up and click need a 'button', move has none");
        }
        return new Pointer(x, y, button, action(action));
    }

    private static Action action(String word) {
        return switch (word) {
            case "down" -> Action.DOWN;
            case "up" -> Action.UP;
            case "move" -> Action.MOVE;
            default -> Action.TAP;
        };
    }

    private static ControlCommand sync(Fields fields) throws ControlException {
        List<?> locks = fields.list("locks");
        List<String> names = List.of("scroll", "num", "caps", "kana");
        for (Object lock : locks) {
            if (!(lock instanceof String name) || !names.contains(name)) {
                throw new ControlException("bad-command", "'locks' has to be a list of some of " + names);
            }
        }
        return new Sync(
                locks.contains("scroll"), locks.contains("num"), locks.contains("caps"), locks.contains("kana"));
    }

    private static ControlCommand refresh(Fields fields) throws ControlException {
        if (!fields.has("x") && !fields.has("y") && !fields.has("width") && !fields.has("height")) {
            return new Refresh(Optional.empty());
        }
        return new Refresh(Optional.of(new Rectangle(
                fields.number("x", 0, 32766),
                fields.number("y", 0, 32766),
                fields.number("width", 1, 32767),
                fields.number("height", 1, 32767))));
    }

    private static ControlCommand waiting(Fields fields) throws ControlException {
        String condition = fields.word("for", List.of("frame", "quiet", "change"), null);
        return new Wait(
                Condition.valueOf(condition.toUpperCase(Locale.ROOT)),
                duration(fields, "timeout", Duration.ofSeconds(10)),
                duration(fields, "quiet", Duration.ofMillis(500)));
    }

    private static Duration duration(Fields fields, String name, Duration otherwise) throws ControlException {
        if (!fields.has(name)) {
            return otherwise;
        }
        Object value = fields.raw(name);
        try {
            return Values.duration(String.valueOf(value));
        } catch (UsageException e) {
            throw new ControlException("bad-command", "'" + name + "': " + e.getMessage());
        }
    }
}
