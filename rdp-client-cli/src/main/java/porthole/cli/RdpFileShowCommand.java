package porthole.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import porthole.cli.rdpfile.RdpDocument;
import porthole.cli.rdpfile.RdpKey;
import porthole.cli.rdpfile.RdpLine;

/** Prints the settings of a connection file and what each does here. */
@Command(
        name = "show",
        sortOptions = false,
        description = "List the settings of an .rdp file, and what porthole does with each. Credentials are not shown.",
        footerHeading = "%nExample:%n",
        footer = {"  porthole rdp-file show office.rdp"})
final class RdpFileShowCommand extends PortholeCommand {
    @Parameters(paramLabel = "FILE", description = "A connection file.")
    private Path file;

    @Override
    ExitCode run() {
        RdpDocument document = RdpDocument.read(file);
        for (RdpLine line : document.lines()) {
            if (line.isSetting()) {
                print(line, document.line(line.key()).map(line::equals).orElse(true));
            }
        }
        return ExitCode.OK;
    }

    private void print(RdpLine line, boolean counts) {
        Optional<RdpKey> key = RdpKey.named(line.key());
        String effect = counts
                ? key.map(known -> known.effect().name().toLowerCase(Locale.ROOT))
                        .orElse("unknown")
                : "repeated";
        String here = counts ? key.map(RdpKey::here).orElse("kept, no effect") : "another line of this key counts";
        boolean hidden = key.map(RdpKey::isCredential).orElse(line.key().contains("password"));
        String value = hidden && !line.value().isEmpty() ? "(hidden)" : line.value();
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("line", line.number());
        object.put("key", line.key());
        object.put("type", String.valueOf(line.type()));
        object.put("value", value);
        object.put("effect", effect);
        object.put("here", here);
        output().data(String.format("%-9s  %s = %s  (%s)", effect, line.key(), value, here), object);
    }
}
