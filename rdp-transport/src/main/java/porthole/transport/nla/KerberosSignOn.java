package porthole.transport.nla;

import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.GSSName;
import org.ietf.jgss.Oid;
import porthole.protocol.wire.Bytes;
import porthole.transport.Credentials;

/** Gets a ticket for the host by the JDK's Kerberos; waits for the KDC, so never on an event loop. */
final class KerberosSignOn {
    /** The login module and the Kerberos configuration exist once in a process. */
    private static final Object ONE_AT_A_TIME = new Object();

    private static final String MODULE = "com.sun.security.auth.module.Krb5LoginModule";

    private KerberosSignOn() {}

    /**
     * Signs in at the KDC and makes the first token for {@code TERMSRV/host}.
     *
     * @throws porthole.protocol.failure.RdpFailure with the KDC's reason
     */
    static KerberosMechanism begin(KerberosSettings settings, Credentials who, String host) {
        synchronized (ONE_AT_A_TIME) {
            Krb5Configuration configuration = Krb5Configuration.use(settings, who);
            try {
                LoginContext login = new LoginContext(
                        "porthole", new Subject(), answering(who), configuration(options(settings, who)));
                login.login();
                return Subject.doAs(login.getSubject(), (PrivilegedExceptionAction<KerberosMechanism>)
                        () -> mechanism(settings, who, host));
            } catch (LoginException e) {
                throw KerberosFailures.ofLogin(e, settings);
            } catch (PrivilegedActionException e) {
                throw KerberosFailures.ofTicket(e.getCause(), "TERMSRV/" + host);
            } finally {
                configuration.close();
            }
        }
    }

    private static KerberosMechanism mechanism(KerberosSettings settings, Credentials who, String host)
            throws GSSException {
        Oid kerberos = new Oid(porthole.protocol.spnego.Oid.KERBEROS.toString());
        String realm = settings.realmOf(who).map(name -> "@" + name).orElse("");
        GSSManager manager = GSSManager.getInstance();
        GSSName service =
                manager.createName("TERMSRV/" + host + realm, new Oid("1.2.840.113554.1.2.2.1")); // KRB5_PRINCIPAL_NAME
        GSSContext context = manager.createContext(service, kerberos, null, GSSContext.DEFAULT_LIFETIME);
        context.requestMutualAuth(true);
        context.requestConf(true);
        context.requestInteg(true);
        context.requestReplayDet(true);
        context.requestSequenceDet(true);
        byte[] first = context.initSecContext(new byte[0], 0, 0);
        return new KerberosMechanism(context, Bytes.of(first));
    }

    private static Map<String, String> options(KerberosSettings settings, Credentials who) {
        Map<String, String> options = new HashMap<>();
        options.put("refreshKrb5Config", "true");
        principal(settings, who).ifPresent(name -> options.put("principal", name));
        if (settings.source() instanceof KerberosSettings.Keytab keytab) {
            options.put("useKeyTab", "true");
            options.put("keyTab", keytab.file().toString());
            options.put("doNotPrompt", "true");
        } else if (settings.source() instanceof KerberosSettings.TicketCache cache) {
            options.put("useTicketCache", "true");
            options.put("ticketCache", cache.file().toString());
            options.put("doNotPrompt", "true");
        }
        return options;
    }

    /** With a ticket cache and no user, whoever the tickets are for. */
    private static Optional<String> principal(KerberosSettings settings, Credentials who) {
        if (who.user().isEmpty()) {
            return Optional.empty();
        }
        int at = who.user().lastIndexOf('@');
        String name = at > 0 ? who.user().substring(0, at) : who.user();
        return Optional.of(
                name + settings.realmOf(who).map(realm -> "@" + realm).orElse(""));
    }

    private static Configuration configuration(Map<String, String> options) {
        return new Configuration() {
            @Override
            public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
                return new AppConfigurationEntry[] {
                    new AppConfigurationEntry(MODULE, AppConfigurationEntry.LoginModuleControlFlag.REQUIRED, options)
                };
            }
        };
    }

    private static CallbackHandler answering(Credentials who) {
        return callbacks -> {
            for (Callback callback : callbacks) {
                if (callback instanceof PasswordCallback password) {
                    password.setPassword(who.password().reveal().toCharArray());
                } else if (callback instanceof NameCallback name) {
                    name.setName(who.user());
                } else {
                    throw new UnsupportedCallbackException(callback);
                }
            }
        };
    }
}
