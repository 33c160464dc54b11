package porthole.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import porthole.cli.base.Surroundings;
import porthole.cli.output.JsonText;

/** Runs command lines in this process and keeps what they write. */
public final class Shell {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> environment = new HashMap<>();
    private InputStream in = new ByteArrayInputStream(new byte[0]);

    public Shell with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    public Shell in(String text) {
        return in(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    public Shell in(InputStream stream) {
        in = stream;
        return this;
    }

    public Surroundings surroundings() {
        return new Surroundings(
                in,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                environment,
                Optional.empty());
    }

    public int run(String... arguments) {
        out.reset();
        err.reset();
        return Porthole.run(surroundings(), arguments);
    }

    /** Standard output so far; another thread may still write. */
    public String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    public String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** Every line of standard output, each of which has to be a JSON object. */
    public List<Map<String, Object>> objects() {
        return out().lines()
                .map(line -> {
                    try {
                        return JsonText.readObject(line);
                    } catch (IOException e) {
                        throw new AssertionError("not a JSON object: " + line, e);
                    }
                })
                .toList();
    }
}
