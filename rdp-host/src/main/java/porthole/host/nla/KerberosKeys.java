package porthole.host.nla;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.Map;
import javax.security.auth.Subject;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSCredential;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.Oid;
import porthole.protocol.failure.LocalFailure;

/** The long-term keys of a host's services, from a keytab; any principal in it is one that clients may ask for. */
public final class KerberosKeys {
    private static final String MODULE = "com.sun.security.auth.module.Krb5LoginModule";

    private final Subject subject;
    private final GSSCredential credential;

    private KerberosKeys(Subject subject, GSSCredential credential) {
        this.subject = subject;
        this.credential = credential;
    }

    /** Reads the file now, and again when a key in it changes. */
    public static KerberosKeys of(Path keytab) {
        if (!Files.isReadable(keytab)) {
            throw unusable(keytab, "it cannot be read", null);
        }
        Map<String, String> options = Map.of(
                "useKeyTab", "true",
                "keyTab", keytab.toString(),
                "principal", "*",
                "storeKey", "true",
                "isInitiator", "false",
                "doNotPrompt", "true");
        try {
            LoginContext login = new LoginContext("porthole-host", new Subject(), null, new Configuration() {
                @Override
                public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
                    return new AppConfigurationEntry[] {
                        new AppConfigurationEntry(
                                MODULE, AppConfigurationEntry.LoginModuleControlFlag.REQUIRED, options)
                    };
                }
            });
            login.login();
            Subject subject = login.getSubject();
            GSSCredential credential =
                    Subject.doAs(subject, (PrivilegedExceptionAction<GSSCredential>) () -> GSSManager.getInstance()
                            .createCredential(
                                    null, GSSCredential.INDEFINITE_LIFETIME, kerberos(), GSSCredential.ACCEPT_ONLY));
            return new KerberosKeys(subject, credential);
        } catch (LoginException | PrivilegedActionException e) {
            throw unusable(keytab, e.getMessage(), e);
        }
    }

    private static LocalFailure unusable(Path keytab, String why, Exception because) {
        return new LocalFailure(
                "keytab",
                "the host cannot use the keytab",
                keytab + ": " + why,
                "a keytab with keys of the host's services",
                "make one with kadmin's ktadd for TERMSRV/name",
                because);
    }

    private static Oid kerberos() throws GSSException {
        return new Oid(porthole.protocol.spnego.Oid.KERBEROS.toString());
    }

    GSSContext context() throws GSSException {
        return GSSManager.getInstance().createContext(credential);
    }

    /** One step of a context of these keys. */
    byte[] accept(GSSContext context, byte[] token) throws GSSException {
        try {
            return Subject.doAs(subject, (PrivilegedExceptionAction<byte[]>)
                    () -> context.acceptSecContext(token, 0, token.length));
        } catch (PrivilegedActionException e) {
            if (e.getCause() instanceof GSSException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public String toString() {
        return "KerberosKeys";
    }
}
