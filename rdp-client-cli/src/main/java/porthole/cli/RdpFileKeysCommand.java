package porthole.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import porthole.cli.rdpfile.RdpKey;

/** Prints every known key of connection files. */
@Command(
        name = "keys",
        sortOptions = false,
        description =
                "List every key of .rdp files that is known: type, values, default, meaning, what porthole does with it.",
        footerHeading = "%nExample:%n",
        footer = {"  porthole rdp-file keys --json"})
final class RdpFileKeysCommand extends PortholeCommand {
    @Override
    ExitCode run() {
        for (RdpKey key : RdpKey.all()) {
            String effect = key.effect().name().toLowerCase(Locale.ROOT);
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("key", key.name());
            object.put("type", String.valueOf(key.type()));
            object.put("values", key.values());
            object.put("default", key.standard().equals("-") ? null : key.standard());
            object.put("signed", key.signed());
            object.put("effect", effect);
            object.put("meaning", key.meaning());
            object.put("here", key.here());
            output().data(
                            String.format(
                                    "%-9s  %s:%s:  %s, default %s: %s (%s)",
                                    effect,
                                    key.name(),
                                    key.type(),
                                    key.values(),
                                    key.standard(),
                                    key.meaning(),
                                    key.here()),
                            object);
        }
        return ExitCode.OK;
    }
}
