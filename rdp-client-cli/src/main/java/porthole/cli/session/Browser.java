package porthole.cli.session;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Opens a page in the browser of this machine, where there is one; whoever called says the URL in any case. */
public final class Browser {
    private static final List<String> OPENERS = List.of("xdg-open", "open");

    private Browser() {}

    /** Starts the opener and does not wait for it. */
    public static void open(Map<String, String> environment, URI page) {
        for (String folder : environment.getOrDefault("PATH", "").split(":")) {
            for (String opener : OPENERS) {
                Path program = Path.of(folder.isEmpty() ? "." : folder, opener);
                if (!folder.isEmpty() && Files.isExecutable(program)) {
                    try {
                        new ProcessBuilder(program.toString(), page.toString())
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .redirectError(ProcessBuilder.Redirect.DISCARD)
                                .start();
                    } catch (IOException e) {
                        continue; // the next one, or the person, opens it
                    }
                    return;
                }
            }
        }
    }
}
