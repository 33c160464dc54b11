package porthole.cli;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import porthole.aad.credential.AssertionField;
import porthole.aad.credential.ClientAssertion;
import porthole.aad.entra.Authority;
import porthole.aad.explain.ClientAssertionContext;
import porthole.aad.explain.ClientAssertionExplainer;
import porthole.aad.explain.Explanation;
import porthole.cli.base.UsageException;
import porthole.cli.option.AssertionOptions;
import porthole.cli.option.AuthorityOptions;
import porthole.cli.option.InputText;
import porthole.cli.option.Values;

/** Makes a client assertion and says what each field is for, or names what is wrong with one. */
@Command(
        name = "assertion",
        sortOptions = false,
        description = "Print a client assertion made with a certificate, or check somebody else's.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  porthole token assertion --certificate app.pem --client-id ID --tenant T",
            "  porthole token assertion --certificate app.p12 --password-file pass --client-id ID --tenant T --alg RS256 "
                    + "--thumbprint x5t",
            "  porthole token assertion --check assertion.jwt",
            "  porthole token assertion --check - --certificate app.crt --client-id ID --tenant T",
            "",
            "Exit code 35 says that the authority would refuse the assertion that was checked."
        })
final class TokenAssertionCommand extends PortholeCommand {
    @Option(
            names = "--check",
            paramLabel = "JWT|FILE|-",
            description = "Name what is wrong with this assertion instead of making one.")
    private String check;

    @Mixin
    private AssertionOptions assertion;

    @Option(names = "--client-id", paramLabel = "ID", description = "The application's client id: issuer and subject.")
    private String clientId;

    @Mixin
    private AuthorityOptions authority;

    @Option(names = "--lifetime", paramLabel = "TIME", description = "Until it expires (default: 5m).")
    private String lifetime = "5m";

    @Option(names = "--at", paramLabel = "TIME", description = "Make or check it for this time (default: now).")
    private String at;

    @Override
    ExitCode run() throws IOException {
        Instant time = at == null ? Clock.systemUTC().instant() : Values.instant("--at", at);
        return check == null ? make(time) : check(time);
    }

    private ExitCode make(Instant time) {
        if (clientId == null) {
            throw new UsageException("an assertion needs --client-id");
        }
        Authority to = authority.authority(surroundings());
        if (to.tenant().equals(Authority.ANY_TENANT)) {
            output().say(
                            "porthole: without --tenant the assertion is for no particular tenant, which is refused mostly");
        }
        Duration life = Values.duration(lifetime);
        ClientAssertion.Claims claims = new ClientAssertion.Claims(
                clientId,
                to.base() + "/" + to.tenant() + "/oauth2/v2.0/token",
                UUID.randomUUID().toString(),
                time,
                life);
        ClientAssertion made =
                ClientAssertion.sign(claims, assertion.certificate().pair(surroundings()), assertion.style());
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("event", "assertion");
        event.put("assertion", made.compact());
        output().data(made.compact(), event);
        List<AssertionField> fields = AssertionField.of(made.compact());
        if (output().isJson()) {
            fields.forEach(field -> output().json(object(field)));
        } else {
            fields.forEach(field -> output().text(String.format(
                    "  %-8s %-9s %s%n  %18s %s", field.part(), field.name(), field.value(), "", field.meaning())));
        }
        return ExitCode.OK;
    }

    private static Map<String, Object> object(AssertionField field) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("event", "field");
        object.put("part", field.part());
        object.put("name", field.name());
        object.put("value", field.value());
        object.put("meaning", field.meaning());
        return object;
    }

    private ExitCode check(Instant time) throws IOException {
        ClientAssertionContext context = new ClientAssertionContext(
                time,
                Optional.ofNullable(clientId),
                authority.tenant(surroundings()),
                authority.isGiven(surroundings())
                        ? Optional.of(authority.authority(surroundings()).base().getRawAuthority())
                        : Optional.empty(),
                assertion.certificate().certificate(surroundings()));
        Explanation explanation = ClientAssertionExplainer.explain(
                InputText.of(surroundings(), "--check", check).text(), context);
        explain(explanation);
        return explanation.isFaulty() ? ExitCode.FAULTY : ExitCode.OK;
    }
}
