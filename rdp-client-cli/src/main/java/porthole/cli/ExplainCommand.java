package porthole.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import porthole.aad.entra.Authority;
import porthole.aad.explain.AssertionContext;
import porthole.aad.explain.CodeExplainer;
import porthole.aad.explain.Explanation;
import porthole.aad.explain.RefusedAssertion;
import porthole.aad.verify.TokenKeys;
import porthole.cli.base.UsageException;
import porthole.cli.option.InputText;
import porthole.cli.option.Values;
import porthole.client.capture.CaptureException;
import porthole.client.explain.Explainer;
import porthole.protocol.wire.Bytes;

/** Says why something was refused, as far as what is at hand shows it. */
@Command(
        name = "explain",
        sortOptions = false,
        description =
                "Say why a sign-in or a connection was refused: causes in the order of their likelihood, with rule "
                        + "and remedy.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  porthole explain -2146893048",
            "  porthole explain assertion.jwt --host cloudpc --tenant T --at 2026-01-31T12:00:00Z",
            "  porthole explain assertion.jwt --result -2146893048",
            "  porthole explain session.porthole --host cloudpc",
            "  porthole explain AADSTS293004",
            "  porthole probe host.example --until auth --json > result.jsonl; porthole explain result.jsonl",
            "",
            "INPUT is an RDP assertion or the octets that held it, a client assertion, an access token, an",
            "authentication_result in any spelling, an AADSTS code or error document, a negotiation failure, error info,",
            "HRESULT or NTSTATUS (neg:N, errinfo:N, result:N where a number can be several), a saved result of probe or",
            "connect, a support bundle, or a capture. No token, nonce or signature is printed."
        })
final class ExplainCommand extends PortholeCommand {
    private static final int MOST_PIPED = 64 << 20;

    @Parameters(paramLabel = "INPUT|FILE|-", description = "What is at hand.")
    private String input;

    @Option(
            names = "--host",
            paramLabel = "NAME",
            description = "The Entra name of the host that answered, or its resource URI.")
    private String host;

    @Option(names = "--tenant", paramLabel = "ID", description = "The tenant of the host.")
    private String tenant;

    @Option(
            names = "--authority",
            paramLabel = "URL|CLOUD",
            description = "The authority of the host's cloud: a URL, or public, us-government, china.")
    private String authority;

    @Option(names = "--at", paramLabel = "TIME", description = "When it was refused, by a right clock.")
    private String at;

    @Option(names = "--nonce", paramLabel = "NONCE", description = "The ts_nonce that the host had sent.")
    private String nonce;

    @Option(
            names = "--result",
            paramLabel = "CODE",
            description = "What the host answered to the assertion: an authentication_result in any spelling.")
    private String result;

    @Option(names = "--jwks", paramLabel = "FILE", description = "The authority's signing keys, from its jwks_uri.")
    private Path jwks;

    @Option(
            names = "--before",
            paramLabel = "FILE",
            description = "The assertion of an attempt before; may be given several times.")
    private List<String> before = List.of();

    @Override
    ExitCode run() throws IOException {
        if (input.startsWith("--")) {
            throw new UsageException("unknown option " + input.split("=", 2)[0]);
        }
        Explanation explanation = explanation(context())
                .orElseThrow(() -> new UsageException("INPUT is nothing that can be explained; see --help"));
        explain(result == null ? explanation : RefusedAssertion.of(explanation, answer()));
        return ExitCode.OK;
    }

    private Explanation answer() {
        String code = result.strip();
        return CodeExplainer.explain("result:" + code)
                .or(() -> CodeExplainer.explain(code))
                .orElseThrow(() -> new UsageException("--result: no authentication_result; for example -2146893048"));
    }

    private Optional<Explanation> explanation(AssertionContext context) throws IOException {
        Optional<Path> path = path();
        try {
            if (path.isPresent()) {
                return Explainer.file(path.get(), context);
            }
        } catch (CaptureException e) {
            throw new UsageException("FILE is nothing that can be explained: " + e.getMessage(), e);
        }
        if (input.equals("-")) {
            return piped(context);
        }
        return Explainer.text(InputText.of(surroundings(), "INPUT", input).text(), context);
    }

    private Optional<Explanation> piped(AssertionContext context) throws IOException {
        byte[] octets = surroundings().in().readNBytes(MOST_PIPED + 1);
        if (octets.length > MOST_PIPED) {
            throw new UsageException("INPUT: more than " + MOST_PIPED + " octets; name the file instead");
        }
        try {
            return Explainer.piped("-", Bytes.of(octets), context);
        } catch (CaptureException e) {
            throw new UsageException("INPUT is nothing that can be explained: " + e.getMessage(), e);
        }
    }

    private Optional<Path> path() {
        try {
            return input.equals("-")
                    ? Optional.empty()
                    : Optional.of(Path.of(input)).filter(Files::exists);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private AssertionContext context() throws IOException {
        AssertionContext context = AssertionContext.NONE;
        if (host != null) {
            context = context.withHost(host);
        }
        if (tenant != null) {
            context = context.withTenant(tenant);
        }
        if (authority != null) {
            context = context.withAuthority(
                    Authority.of(authority, Authority.ANY_TENANT).base().getRawAuthority());
        }
        if (at != null) {
            context = context.withAt(Values.instant("--at", at));
        }
        if (nonce != null) {
            context = context.withServerNonce(nonce);
        }
        if (jwks != null) {
            context = context.withKeys(TokenKeys.ofJwks(Files.readString(jwks)));
        }
        for (String file : before) {
            context = context.withEarlier(
                    InputText.of(surroundings(), "--before", file).text());
        }
        return context;
    }
}
