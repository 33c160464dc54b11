package porthole.cli.output;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import porthole.cli.base.Surroundings;
import porthole.protocol.failure.FailureReport;
import porthole.protocol.failure.RdpFailure;

/**
 * The two streams of a command: data on standard output, as text or as JSON lines, and words for people on standard
 * error.
 *
 * <p>Text that came from a host cannot steer a terminal: control characters are shown, not sent.
 */
public final class Output {
    private final PrintStream out;
    private final PrintStream err;
    private final boolean json;

    public Output(Surroundings surroundings, boolean json) {
        this.out = surroundings.out();
        this.err = surroundings.err();
        this.json = json;
    }

    public boolean isJson() {
        return json;
    }

    /** One line of data, in the form that was asked for. */
    public void data(String text, Map<String, ?> object) {
        synchronized (out) {
            out.println(json ? JsonText.line(object) : harmless(text));
            out.flush();
        }
    }

    /** One JSON line, whatever form was asked for. */
    public void json(Map<String, ?> object) {
        synchronized (out) {
            out.println(JsonText.line(object));
            out.flush();
        }
    }

    /** Data that is text only. */
    public void text(String text) {
        synchronized (out) {
            out.println(harmless(text));
            out.flush();
        }
    }

    /** One line for people. */
    public void say(String text) {
        err.println(harmless(text));
        err.flush();
    }

    /** What this program drew for people: sent as it is, control characters included. */
    public void draw(String drawing) {
        err.print(drawing);
        err.flush();
    }

    /** A failure: one line for people, and with {@code --json} an object on standard output. */
    public void failure(RdpFailure failure) {
        say("porthole: " + failure.report().line());
        if (json) {
            json(event(failure));
        }
    }

    /** The failure as an event of its own. */
    public static Map<String, Object> event(RdpFailure failure) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("event", "failure");
        event.putAll(object(failure.report()));
        return event;
    }

    /** The parts of a failure by name; empty parts are left out. */
    public static Map<String, Object> object(FailureReport report) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("kind", report.kind());
        object.put("stage", report.stage());
        object.put("cause", report.cause());
        object.put("summary", report.summary());
        object.put("seen", report.seen());
        object.put("expected", report.expected());
        object.put("remedy", report.remedy());
        object.put("section", report.section());
        object.values().removeIf(""::equals);
        if (!report.details().isEmpty()) {
            object.put("details", report.details());
        }
        return object;
    }

    /** The text with control characters written as {@code \}{@code xNN}; line breaks and tabs stay. */
    public static String harmless(String text) {
        StringBuilder harmless = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean bad = (Character.isISOControl(c) && c != '\n' && c != '\t') || (c >= '\u202A' && c <= '\u202E');
            if (bad && harmless == null) {
                harmless = new StringBuilder(text.length() + 16).append(text, 0, i);
            }
            if (harmless != null) {
                if (bad) {
                    harmless.append(String.format("\\x%02X", (int) c));
                } else {
                    harmless.append(c);
                }
            }
        }
        return harmless == null ? text : harmless.toString();
    }
}
