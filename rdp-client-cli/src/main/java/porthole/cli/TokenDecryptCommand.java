package porthole.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import porthole.aad.jwe.TokenDecryption;
import porthole.aad.jwe.TokenPolicy;
import porthole.aad.jwe.TokenValidator;
import porthole.aad.verify.TokenKeys;
import porthole.cli.option.CertificateOptions;
import porthole.cli.option.InputText;
import porthole.cli.option.Values;

/** Decrypts an access token, verifies the token inside and enforces a policy, as its resource does. */
@Command(
        name = "decrypt",
        sortOptions = false,
        description = "Decrypt an access token, verify the token inside against a JWKS and enforce a policy.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  porthole token decrypt token.jwe --certificate resource.pem",
            "  porthole token decrypt - --certificate resource.p12 --password-file pass --jwks keys.json "
                    + "--audience api://resource --client ID --client-credential 2",
            "",
            "Prints the claims, never the token. Exit code 35 says that the token is not accepted; without --jwks no",
            "token is, as its signature cannot be verified."
        })
final class TokenDecryptCommand extends PortholeCommand {
    @Parameters(paramLabel = "TOKEN|FILE|-", description = "The access token, encrypted or not.")
    private String token;

    @Mixin
    private CertificateOptions certificate;

    @Option(names = "--jwks", paramLabel = "FILE", description = "The authority's signing keys, from its jwks_uri.")
    private Path jwks;

    @Option(names = "--issuer", paramLabel = "URL", description = "The iss that is accepted.")
    private String issuer;

    @Option(names = "--audience", paramLabel = "URI", description = "The aud that is accepted.")
    private String audience;

    @Option(names = "--tenant", paramLabel = "ID", description = "The tid that is accepted.")
    private String tenant;

    @Option(names = "--client", paramLabel = "ID", description = "The azp (or appid) that is accepted.")
    private String client;

    @Option(
            names = "--client-credential",
            paramLabel = "0|1|2",
            description = "The azpacr (or appidacr) that is accepted: 0 public client, 1 secret, 2 certificate.")
    private String credential;

    @Option(names = "--at", paramLabel = "TIME", description = "Judge it for this time (default: now).")
    private String at;

    @Override
    ExitCode run() throws IOException {
        Instant time = at == null ? Clock.systemUTC().instant() : Values.instant("--at", at);
        TokenPolicy policy = new TokenPolicy(
                Optional.ofNullable(issuer),
                Optional.ofNullable(audience),
                Optional.ofNullable(tenant),
                Optional.ofNullable(client),
                Optional.ofNullable(credential),
                TokenPolicy.ANY.tolerance());
        Optional<TokenKeys> keys =
                jwks == null ? Optional.empty() : Optional.of(TokenKeys.ofJwks(Files.readString(jwks)));
        TokenDecryption decryption =
                new TokenDecryption(certificate.isGiven() ? List.of(certificate.pair(surroundings())) : List.of());
        TokenValidator.Verdict verdict = new TokenValidator(decryption, keys, policy)
                .check(InputText.of(surroundings(), "TOKEN", token).text(), time);
        verdict.claims().ifPresent(this::print);
        explain(verdict.explanation());
        return verdict.isAccepted() ? ExitCode.OK : ExitCode.FAULTY;
    }

    private void print(ObjectNode claims) {
        claims.properties().forEach(claim -> {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("event", "claim");
            object.put("name", claim.getKey());
            String value = claim.getValue().isTextual()
                    ? claim.getValue().textValue()
                    : claim.getValue().toString();
            object.put("value", value);
            output().data(String.format("  %-20s %s", claim.getKey(), value), object);
        });
    }
}
