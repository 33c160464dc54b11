package porthole.cli.option;

import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import porthole.aad.credential.ClientAssertion;
import porthole.aad.credential.SigningAlgorithm;
import porthole.aad.credential.Thumbprint;

/** With what a client assertion is made, and how it looks. */
public final class AssertionOptions {
    @Mixin
    CertificateOptions certificate;

    @Option(names = "--alg", paramLabel = "PS256|RS256", description = "How to sign (default: PS256).")
    String algorithm = "PS256";

    @Option(
            names = "--thumbprint",
            paramLabel = "x5t#S256|x5t|both",
            description = "How the header names the certificate (default: x5t#S256).")
    String thumbprint = "x5t#S256";

    @Option(names = "--x5c", description = "Send the certificate along, for subject name and issuer authentication.")
    boolean chain;

    /** The certificate with its key. */
    public CertificateOptions certificate() {
        return certificate;
    }

    /** How the assertion looks. */
    public ClientAssertion.Style style() {
        Set<Thumbprint> thumbprints = thumbprint.equals("both")
                ? EnumSet.allOf(Thumbprint.class)
                : Set.of(Values.oneOf(Thumbprint.class, "--thumbprint", thumbprint, Thumbprint::member));
        return new ClientAssertion.Style(
                Values.oneOf(SigningAlgorithm.class, "--alg", algorithm, SigningAlgorithm::name), thumbprints, chain);
    }
}
