package porthole.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import porthole.aad.signin.CacheEntry;
import porthole.cli.option.TokenCacheOptions;

/** Lists what is kept of sign-ins. */
@Command(
        name = "show",
        sortOptions = false,
        description = "List the kept tokens: whose, for what, until when.",
        footerHeading = "%nExamples:%n",
        footer = {"  porthole token show", "  porthole token show --json", "  porthole token show --print-token"})
final class TokenShowCommand extends PortholeCommand {
    @Option(names = "--print-token", description = "Print the tokens, too.")
    private boolean printToken;

    @Mixin
    private TokenCacheOptions cacheOptions;

    @Override
    ExitCode run() {
        for (CacheEntry entry : cacheOptions
                .cache(surroundings(), note -> output().say("porthole: " + note))
                .entries()) {
            boolean refresh = entry.kind() == CacheEntry.Kind.REFRESH;
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("kind", refresh ? "refresh" : "access");
            object.put("user", entry.user());
            object.put("authority", entry.authority());
            object.put("clientId", entry.clientId());
            object.put("scope", refresh ? null : entry.audience());
            object.put("popKey", entry.popKey().isEmpty() ? null : entry.popKey());
            object.put("expiresAt", entry.expiresAt());
            if (printToken) {
                object.put("token", entry.token());
            }
            output().data(
                            String.format(
                                    "%-8s %s  %s  client %s%s%s%s",
                                    refresh ? "refresh" : "access",
                                    entry.user(),
                                    entry.authority(),
                                    entry.clientId(),
                                    refresh ? "" : "  for " + entry.audience(),
                                    entry.expiresAt().map(t -> "  until " + t).orElse(""),
                                    printToken ? "\n  " + entry.token() : ""),
                            object);
        }
        return ExitCode.OK;
    }
}
