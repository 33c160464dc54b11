package porthole.transport.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import porthole.protocol.failure.LocalFailure;
import porthole.transport.CertificateHashes;

/** A usage that fits, a chain to an authority and a matching name, in this order. */
final class StrictTrust {
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final String ANY_USAGE = "2.5.29.37.0";
    /** What Windows' certificate templates for Remote Desktop carry, often alone. */
    private static final String RDP_AUTH = "1.3.6.1.4.1.311.54.1.2";

    private final Optional<Path> authorities;

    StrictTrust(Optional<Path> authorities) {
        this.authorities = authorities;
    }

    /** Why a chain passes, in words. Throws the {@link LocalFailure} that says why it does not. */
    String judge(X509Certificate[] shown, String authType, String name) throws CertificateException {
        X509Certificate own = shown[0];
        boolean forServers = checkUsage(own);
        try {
            X509TrustManager manager = manager();
            if (forServers) {
                manager.checkServerTrusted(shown, authType);
            } else {
                checkChain(manager.getAcceptedIssuers(), shown);
            }
        } catch (GeneralSecurityException e) {
            throw new LocalFailure(
                    "certificate-untrusted",
                    "no known authority vouches for the host's certificate",
                    "issuer " + own.getIssuerX500Principal().getName() + ", " + CertificateHashes.of(own) + ", "
                            + e.getMessage(),
                    "a chain to an authority of " + source(),
                    "RDP hosts often show a certificate that they made themselves: compare its SHA-256 with the host's and use --certificate pin:SHA256, or --certificate tofu");
        }
        String matched = CertificateNames.match(own, name)
                .orElseThrow(() -> new LocalFailure(
                        "certificate-name",
                        "the host's certificate is for another name",
                        CertificateNames.describe(own),
                        name,
                        "connect by a name that the certificate carries, or pin the certificate"));
        return "a chain to an authority of " + source() + ", issued by "
                + own.getIssuerX500Principal().getName() + ", and its name " + matched + " covers " + name;
    }

    private String source() {
        return authorities.map(Path::toString).orElse("the system");
    }

    /** Whether the certificate may be a TLS server's; one that is only for RDP passes too, with false. */
    private static boolean checkUsage(X509Certificate own) {
        List<String> usages;
        try {
            usages = own.getExtendedKeyUsage();
        } catch (CertificateParsingException e) {
            throw wrongUsage("an extension that cannot be read: " + e.getMessage());
        }
        if (usages == null || usages.contains(SERVER_AUTH) || usages.contains(ANY_USAGE)) {
            return true;
        }
        if (usages.contains(RDP_AUTH)) {
            return false;
        }
        throw wrongUsage(String.join(", ", usages));
    }

    private static LocalFailure wrongUsage(String seen) {
        return new LocalFailure(
                "certificate-usage",
                "the host's certificate is not for servers",
                "extended key usage " + seen,
                "serverAuth (" + SERVER_AUTH + ") or Remote Desktop (" + RDP_AUTH + ")",
                "give the host a certificate with one of these usages, or pin the certificate");
    }

    /** The platform's trust manager wants serverAuth, so certificates for RDP alone are judged by PKIX directly. */
    private static void checkChain(X509Certificate[] authorities, X509Certificate[] shown)
            throws GeneralSecurityException {
        Set<TrustAnchor> anchors = new HashSet<>();
        for (X509Certificate authority : authorities) {
            if (authority.equals(shown[0])) {
                authority.checkValidity();
                return;
            }
            anchors.add(new TrustAnchor(authority, null));
        }
        if (anchors.isEmpty()) {
            throw new CertificateException("there is no authority");
        }
        X509CertSelector own = new X509CertSelector();
        own.setCertificate(shown[0]);
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, own);
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(List.of(shown))));
        parameters.setRevocationEnabled(false); // as the platform's trust manager has it
        CertPathBuilder.getInstance("PKIX").build(parameters);
    }

    private X509TrustManager manager() throws CertificateException {
        try {
            KeyStore store = null; // null means the system's authorities
            if (authorities.isPresent()) {
                store = KeyStore.getInstance(KeyStore.getDefaultType());
                store.load(null, null);
                try (InputStream in = Files.newInputStream(authorities.get())) {
                    int index = 0;
                    for (Certificate authority :
                            CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                        store.setCertificateEntry("authority-" + index++, authority);
                    }
                }
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509TrustManager x509) {
                    return x509;
                }
            }
            throw new CertificateException("the platform has no X.509 trust manager");
        } catch (GeneralSecurityException | IOException e) {
            throw e instanceof CertificateException c
                    ? c
                    : new CertificateException("the authorities cannot be read: " + e.getMessage(), e);
        }
    }
}
