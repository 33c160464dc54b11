package porthole.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import porthole.cli.option.TokenCacheOptions;

/** Forgets sign-ins. */
@Command(
        name = "logout",
        sortOptions = false,
        description = "Forget the kept tokens: of one user, or all.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  porthole logout",
            "  porthole logout --user anna@contoso.example",
            "",
            "The authority is not told: revoke the sessions there if a token was stolen."
        })
final class LogoutCommand extends PortholeCommand {
    @Option(names = "--user", paramLabel = "NAME", description = "Only this user (default: everybody).")
    private String user;

    @Mixin
    private TokenCacheOptions cacheOptions;

    @Override
    ExitCode run() {
        int removed = cacheOptions
                .cache(surroundings(), note -> output().say("porthole: " + note))
                .remove(entry -> user == null || user.equalsIgnoreCase(entry.user()));
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("event", "signed-out");
        event.put("removed", removed);
        output().data("forgot " + removed + (removed == 1 ? " token" : " tokens"), event);
        return ExitCode.OK;
    }
}
