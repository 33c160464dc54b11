package porthole.transport.tls;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;

/** Which implementation of TLS is used: the JDK's, or Bouncy Castle's for hosts that the JDK's cannot reach. */
public enum TlsEngines {
    /** SunJSSE: accepts the certificates that Windows hosts create for themselves. */
    JDK {
        @Override
        SSLContext context(X509TrustManager trust, Optional<TlsKeyLog.Session> log) throws GeneralSecurityException {
            if (log.isPresent()) {
                throw new GeneralSecurityException("the JDK does not show TLS secrets: a key log needs Bouncy Castle");
            }
            return initialised(SSLContext.getInstance("TLS"), trust);
        }
    },
    /** BCJSSE, made as lenient about key usage as the JDK is. */
    BC {
        @Override
        SSLContext context(X509TrustManager trust, Optional<TlsKeyLog.Session> log) throws GeneralSecurityException {
            Provider provider = log.isPresent()
                    ? new BouncyCastleJsseProvider(false, new LenientTlsCrypto.Provider(log))
                    : BouncyCastle.PROVIDER;
            return initialised(SSLContext.getInstance("TLS", provider), trust);
        }
    };

    /** Made when it is first asked for: it takes a while and most connections do without. */
    private static final class BouncyCastle {
        static final Provider PROVIDER =
                new BouncyCastleJsseProvider(false, new LenientTlsCrypto.Provider(Optional.empty()));
    }

    /** A context for one connection; only {@link #BC} can have a {@code log}. */
    abstract SSLContext context(X509TrustManager trust, Optional<TlsKeyLog.Session> log)
            throws GeneralSecurityException;

    private static SSLContext initialised(SSLContext context, X509TrustManager trust) throws GeneralSecurityException {
        context.init(null, new TrustManager[] {trust}, new SecureRandom());
        return context;
    }
}
