package porthole.transport.nla;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import porthole.protocol.failure.LocalFailure;
import porthole.transport.Credentials;

/**
 * A Kerberos configuration of our own in a private file, in place of the system's until it is closed. The file is named by
 * a system property, which is all that the JDK offers; so only one may be open at a time.
 */
final class Krb5Configuration {
    private static final String PROPERTY = "java.security.krb5.conf";
    private static final int KDC_TIMEOUT_MILLIS = 5000;

    private final Optional<Path> file;
    private final String before;

    private Krb5Configuration(Optional<Path> file, String before) {
        this.file = file;
        this.before = before;
    }

    /** Puts the configuration in place; does nothing where the settings name neither realm nor KDC. */
    static Krb5Configuration use(KerberosSettings settings, Credentials who) {
        if (settings.kdc().isEmpty()) {
            return new Krb5Configuration(Optional.empty(), null);
        }
        String before = System.getProperty(PROPERTY);
        try {
            Path file = Files.createTempFile("porthole-krb5-", ".conf");
            Files.writeString(
                    file,
                    text(settings.realmOf(who).orElseThrow(), settings.kdc().get()));
            System.setProperty(PROPERTY, file.toString());
            return new Krb5Configuration(Optional.of(file), before);
        } catch (IOException e) {
            throw new LocalFailure(
                    "kerberos-configuration",
                    "the Kerberos configuration could not be written",
                    e.toString(),
                    "a folder for temporary files",
                    "see whether the folder for temporary files can be written to",
                    e);
        }
    }

    private static String text(String realm, String kdc) {
        return String.format("""
                [libdefaults]
                default_realm = %1$s
                dns_lookup_kdc = false
                dns_lookup_realm = false
                dns_canonicalize_hostname = false
                udp_preference_limit = 1
                kdc_timeout = %3$d
                max_retries = 1
                [realms]
                %1$s = {
                  kdc = %2$s
                }
                """, realm, kdc, KDC_TIMEOUT_MILLIS);
    }

    /** Puts back what was there before. */
    void close() {
        if (file.isEmpty()) {
            return;
        }
        if (before == null) {
            System.clearProperty(PROPERTY);
        } else {
            System.setProperty(PROPERTY, before);
        }
        try {
            Files.deleteIfExists(file.get());
        } catch (IOException e) {
            file.get().toFile().deleteOnExit();
        }
    }
}
