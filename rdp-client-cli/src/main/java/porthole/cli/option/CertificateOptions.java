package porthole.cli.option;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import picocli.CommandLine.Option;
import porthole.aad.credential.ClientCertificate;
import porthole.cli.base.Surroundings;
import porthole.cli.base.UsageException;
import porthole.transport.Secret;

/** A certificate with its private key, from a file or a token. */
public final class CertificateOptions {
    @Option(
            names = "--certificate",
            paramLabel = "FILE",
            description = "The certificate with its private key: PEM, or PKCS#12.")
    String certificate;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "The private key, where it is in a PEM file of its own.")
    String key;

    @Option(
            names = "--pkcs11",
            paramLabel = "FILE",
            description = "Take key and certificate from a PKCS#11 token: a configuration file with name and library.")
    String pkcs11;

    @Option(names = "--alias", paramLabel = "NAME", description = "Which key of the token (default: the first).")
    String alias;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "Read the password of key or file, or the PIN, from a file; - is the first line of standard "
                    + "input.")
    String passwordFile;

    @Option(
            names = "--password-env",
            paramLabel = "NAME",
            description = "Read the password of key or file, or the PIN, from this environment variable.")
    String passwordEnvironment;

    /** Whether a certificate was given. */
    public boolean isGiven() {
        return certificate != null || pkcs11 != null;
    }

    /** The pair that was given. */
    public ClientCertificate pair(Surroundings surroundings) {
        if (certificate == null == (pkcs11 == null)) {
            throw new UsageException("give either --certificate or --pkcs11");
        }
        if (pkcs11 != null) {
            return ClientCertificate.pkcs11(Path.of(pkcs11), password(surroundings), Optional.ofNullable(alias));
        }
        return ClientCertificate.read(
                Path.of(certificate), Optional.ofNullable(key).map(Path::of), password(surroundings));
    }

    /** The certificate that was given, which needs no key; empty where none was. */
    public Optional<X509Certificate> certificate(Surroundings surroundings) throws IOException {
        if (certificate != null) {
            try (InputStream in = Files.newInputStream(Path.of(certificate))) {
                return Optional.of((X509Certificate)
                        CertificateFactory.getInstance("X.509").generateCertificate(in));
            } catch (CertificateException e) {
                return Optional.of(pair(surroundings).certificate()); // in a file that begins with its key, or PKCS#12
            }
        }
        return pkcs11 == null
                ? Optional.empty()
                : Optional.of(pair(surroundings).certificate());
    }

    private Secret password(Surroundings surroundings) {
        SecretReader secrets = new SecretReader(surroundings);
        if (passwordFile != null && passwordEnvironment != null) {
            throw new UsageException("--password-file and --password-env exclude each other");
        }
        if (passwordFile != null) {
            return secrets.fromFile("--password-file", passwordFile);
        }
        return passwordEnvironment == null
                ? Secret.NONE
                : secrets.fromEnvironment("--password-env", passwordEnvironment);
    }
}
