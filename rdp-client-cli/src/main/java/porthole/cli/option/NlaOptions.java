package porthole.cli.option;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;
import porthole.cli.base.Surroundings;
import porthole.cli.base.UsageException;
import porthole.transport.nla.KerberosSettings;
import porthole.transport.nla.NlaSettings;
import porthole.transport.nla.NlaSettings.Mechanism;

/** How network level authentication proves who we are. */
public final class NlaOptions {
    private static final String CACHE_VARIABLE = "KRB5CCNAME";
    private static final String FILE_PREFIX = "FILE:";
    private static final Path SYSTEM_CONFIGURATION = Path.of("/etc/krb5.conf");

    @Option(
            names = "--nla-mechanism",
            paramLabel = "auto|kerberos|ntlm",
            description = "For nla: auto offers Kerberos where a ticket can be had, and NTLM; kerberos forbids NTLM "
                    + "(default: auto).")
    String mechanism;

    @Option(names = "--no-ntlm", description = "The same as --nla-mechanism kerberos.")
    boolean noNtlm;

    @Option(names = "--keytab", paramLabel = "FILE", description = "Kerberos keys of the user, instead of a password.")
    Path keytab;

    @Option(
            names = "--ccache",
            paramLabel = "FILE",
            description = "Kerberos tickets of the user, as kinit makes them (default without a password: KRB5CCNAME).")
    String cache;

    @Option(
            names = "--kdc",
            paramLabel = "HOST[:PORT]",
            description = "The Kerberos server, instead of the system's krb5 configuration; needs a realm.")
    String kdc;

    @Option(
            names = "--realm",
            paramLabel = "REALM",
            description = "The Kerberos realm (default: from user@realm or the domain).")
    String realm;

    @Option(
            names = "--password-hash-file",
            paramLabel = "FILE",
            description = "Read the NT hash, 32 hexadecimal digits, instead of a password; NTLM alone takes it.")
    String hashFile;

    @Option(
            names = "--restricted-admin",
            description = "Ask for a session without handing the user's password over; administrators only.")
    boolean restrictedAdmin;

    /** Whether something other than a password proves who we are, so that nobody is asked for one. */
    boolean doesWithoutPassword() {
        return keytab != null || cache != null || hashFile != null;
    }

    /** Whether the hash comes from standard input. */
    boolean readsStandardInput() {
        return "-".equals(hashFile);
    }

    /** @param hasPassword whether a password is at hand; otherwise the environment's ticket cache is taken */
    NlaSettings settings(Surroundings surroundings, boolean hasPassword) {
        if (keytab != null && cache != null) {
            throw new UsageException("--keytab and --ccache exclude each other");
        }
        Mechanism wanted = mechanism();
        Optional<KerberosSettings> kerberos =
                wanted == Mechanism.NTLM ? Optional.empty() : kerberos(surroundings, hasPassword, wanted);
        NlaSettings plain = NlaSettings.of(Clock.systemUTC());
        NlaSettings settings = new NlaSettings(
                plain.clock(),
                plain.earlyAuthorization(),
                plain.spnego(),
                restrictedAdmin,
                Optional.empty(),
                wanted,
                kerberos);
        if (hashFile == null) {
            return settings;
        }
        try {
            return settings.withNtHash(new SecretReader(surroundings).fromFile("--password-hash-file", hashFile));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--password-hash-file: " + e.getMessage(), e);
        }
    }

    private Mechanism mechanism() {
        Mechanism wanted = mechanism == null
                ? Mechanism.AUTO
                : Values.oneOf(
                        Mechanism.class,
                        "--nla-mechanism",
                        mechanism,
                        one -> one.name().toLowerCase(Locale.ROOT));
        if (noNtlm && wanted == Mechanism.NTLM) {
            throw new UsageException("--no-ntlm and --nla-mechanism ntlm exclude each other");
        }
        return noNtlm ? Mechanism.KERBEROS : wanted;
    }

    private Optional<KerberosSettings> kerberos(Surroundings surroundings, boolean hasPassword, Mechanism wanted) {
        boolean asked = wanted == Mechanism.KERBEROS
                || keytab != null
                || cache != null
                || kdc != null
                || realm != null
                || !hasPassword && surroundings.environment().containsKey(CACHE_VARIABLE);
        if (!asked && !Files.isReadable(SYSTEM_CONFIGURATION)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new KerberosSettings(
                    source(surroundings, hasPassword), Optional.ofNullable(realm), Optional.ofNullable(kdc)));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--realm, --kdc: " + e.getMessage(), e);
        }
    }

    private KerberosSettings.Source source(Surroundings surroundings, boolean hasPassword) {
        if (keytab != null) {
            return new KerberosSettings.Keytab(readable("--keytab", keytab));
        }
        if (cache != null) {
            return new KerberosSettings.TicketCache(readable("--ccache", file("--ccache", cache)));
        }
        String named = surroundings.environment().get(CACHE_VARIABLE);
        return hasPassword || named == null
                ? new KerberosSettings.Password()
                : new KerberosSettings.TicketCache(file(CACHE_VARIABLE, named));
    }

    private static Path file(String option, String name) {
        if (name.startsWith(FILE_PREFIX)) {
            return Path.of(name.substring(FILE_PREFIX.length()));
        }
        if (name.matches("[A-Z]{2,}:.*")) {
            throw new UsageException(option + ": only ticket caches in files can be read, and " + name + " is none");
        }
        return Path.of(name);
    }

    private static Path readable(String option, Path file) {
        if (!Files.isReadable(file)) {
            throw new UsageException(option + ": cannot read " + file);
        }
        return file;
    }
}
