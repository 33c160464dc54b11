package porthole.transport.nla;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import porthole.transport.Credentials;

/**
 * Where a Kerberos ticket for the host comes from.
 *
 * <p>The JDK has one Kerberos configuration for the whole process. Where {@code realm} or {@code kdc} is given, a private
 * one is in place while a ticket is fetched, so that sign-ins with Kerberos are done one after the other; whatever else in
 * the process uses Kerberos at that moment sees it, too.
 *
 * @param source what proves who we are
 * @param realm instead of the one that the user name or the system's configuration names
 * @param kdc host, or host and port, instead of the system's configuration; needs a realm
 */
public record KerberosSettings(Source source, Optional<String> realm, Optional<String> kdc) {
    private static final Pattern REALM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,254}");
    private static final Pattern KDC =
            Pattern.compile("([A-Za-z0-9._-]{1,255}|\\[[0-9A-Fa-f:.]{2,45}\\])(:[0-9]{1,5})?");

    /** What proves who we are. */
    public sealed interface Source {}

    /** The password of the credentials. */
    public record Password() implements Source {}

    /** A file with long-term keys. */
    public record Keytab(Path file) implements Source {}

    /** A file with tickets, as {@code kinit} makes it. */
    public record TicketCache(Path file) implements Source {}

    public KerberosSettings {
        if (realm.isPresent() && !REALM.matcher(realm.get()).matches()) {
            throw new IllegalArgumentException("'" + realm.get() + "' is no name of a realm");
        }
        if (kdc.isPresent() && !KDC.matcher(kdc.get()).matches()) {
            throw new IllegalArgumentException("'" + kdc.get() + "' is no HOST or HOST:PORT of a KDC");
        }
    }

    /** With the system's configuration. */
    public static KerberosSettings of(Source source) {
        return new KerberosSettings(source, Optional.empty(), Optional.empty());
    }

    public KerberosSettings withRealm(String name) {
        return new KerberosSettings(source, Optional.of(name), kdc);
    }

    public KerberosSettings withKdc(String hostAndPort) {
        return new KerberosSettings(source, realm, Optional.of(hostAndPort));
    }

    /** The realm of these credentials: as given, else the suffix of a user principal name, else a domain with a dot in it. */
    Optional<String> realmOf(Credentials who) {
        int at = who.user().lastIndexOf('@');
        String named = at >= 0 ? who.user().substring(at + 1) : who.domain();
        return realm.or(() -> Optional.of(named.toUpperCase(Locale.ROOT))
                .filter(name -> name.indexOf('.') > 0)
                .filter(name -> REALM.matcher(name).matches()));
    }

    /** Why a ticket cannot even be asked for; empty where it can. */
    Optional<String> obstacle(Credentials who) {
        if (kdc.isPresent() && realmOf(who).isEmpty()) {
            return Optional.of("a KDC was named, but no realm");
        }
        if (source instanceof Password && who.password().isEmpty()) {
            return Optional.of("there is no password");
        }
        if (source instanceof Password && realmOf(who).isEmpty()) {
            return Optional.of("no realm was named, and "
                    + (who.domain().isEmpty() ? "the user has no domain" : "the domain is no realm"));
        }
        return Optional.empty();
    }
}
