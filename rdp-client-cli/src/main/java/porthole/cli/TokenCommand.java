package porthole.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tokens and client assertions, looked at and asked for by hand. */
@Command(
        name = "token",
        subcommands = {
            TokenAssertionCommand.class,
            TokenDecryptCommand.class,
            TokenRequestCommand.class,
            TokenShowCommand.class
        },
        description = "Make and check client assertions, decrypt access tokens, ask for tokens, list kept ones.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  porthole token assertion --certificate app.pem --client-id ID --tenant T",
            "  porthole token assertion --check assertion.jwt --certificate app.crt",
            "  porthole token decrypt token.jwe --certificate resource.p12 --password-file pass --jwks keys.json",
            "  porthole token request --certificate app.pem --client-id ID --tenant T --scope api://other/.default",
            "  porthole token show"
        })
final class TokenCommand {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean help;
}
