package porthole.cli.rdpfile.signature;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import porthole.cli.base.UsageException;

/**
 * Whether somebody who is trusted vouches for the signer of a file: a usage that fits, and a chain to an authority.
 * Revocation lists are not asked for.
 */
public final class SignerTrust {
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
    private static final String ANY_USAGE = "2.5.29.37.0";
    private static final String RDP_AUTH = "1.3.6.1.4.1.311.54.1.2";
    private static final Set<String> USAGES = Set.of(SERVER_AUTH, CODE_SIGNING, ANY_USAGE, RDP_AUTH);

    private final Optional<Path> authorities;
    private final Instant now;

    /** @param authorities PEM; empty takes the system's */
    public SignerTrust(Optional<Path> authorities, Instant now) {
        this.authorities = authorities;
        this.now = now;
    }

    /** Why the signer is not trusted; empty where it is. */
    Optional<String> objection(X509Certificate signer, Collection<X509Certificate> others) {
        try {
            List<String> usages = signer.getExtendedKeyUsage();
            if (usages != null && Collections.disjoint(usages, USAGES)) {
                return Optional.of("the signer's certificate is neither for code nor for servers");
            }
            boolean[] keyUsage = signer.getKeyUsage();
            if (keyUsage != null && !keyUsage[0]) {
                return Optional.of("the signer's certificate is not for signatures");
            }
            Set<TrustAnchor> anchors = anchors();
            if (anchors.stream().anyMatch(anchor -> anchor.getTrustedCert().equals(signer))) {
                signer.checkValidity(Date.from(now));
                return Optional.empty();
            }
            if (anchors.isEmpty()) {
                return Optional.of("there is no authority");
            }
            X509CertSelector own = new X509CertSelector();
            own.setCertificate(signer);
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, own);
            List<X509Certificate> shown = new ArrayList<>(others);
            shown.add(signer);
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(shown)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            CertPathBuilder.getInstance("PKIX").build(parameters);
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            return Optional.of("no authority of " + source() + " vouches for the signer: " + e.getMessage());
        }
    }

    private String source() {
        return authorities.map(Path::toString).orElse("the system");
    }

    private Set<TrustAnchor> anchors() throws GeneralSecurityException {
        Set<TrustAnchor> anchors = new HashSet<>();
        if (authorities.isPresent()) {
            try (InputStream in = Files.newInputStream(authorities.get())) {
                for (Certificate authority :
                        CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                    anchors.add(new TrustAnchor((X509Certificate) authority, null));
                }
            } catch (IOException e) {
                throw new UsageException("--ca-file: cannot read " + authorities.get() + ": " + e, e);
            }
            return anchors;
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                for (X509Certificate authority : x509.getAcceptedIssuers()) {
                    anchors.add(new TrustAnchor(authority, null));
                }
            }
        }
        return anchors;
    }
}
