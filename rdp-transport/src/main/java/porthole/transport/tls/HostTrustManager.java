package porthole.transport.tls;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import porthole.protocol.failure.LocalFailure;
import porthole.transport.Trust;

/**
 * Judges one host's certificate by a {@link Trust} rule and remembers why it passed or did not.
 *
 * <p>Runs inside the handshake, off the event loop, so that an untrusted host gets no octet more.
 */
final class HostTrustManager extends X509ExtendedTrustManager {
    private final Trust rule;
    private final String name;
    private final String endpoint;
    private volatile X509Certificate[] chain = {};
    private volatile String because = "";
    private volatile LocalFailure refusal;

    HostTrustManager(Trust rule, String name, String endpoint) {
        this.rule = rule;
        this.name = name;
        this.endpoint = endpoint;
    }

    X509Certificate[] chain() {
        return chain.clone();
    }

    String because() {
        return because;
    }

    /** Why the certificate was refused, where it was. */
    Optional<LocalFailure> refusal() {
        return Optional.ofNullable(refusal);
    }

    static String sha256(X509Certificate certificate) throws CertificateException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new CertificateException("the certificate cannot be encoded", e);
        }
    }

    private void judge(X509Certificate[] shown, String authType, SSLEngine engine) throws CertificateException {
        chain = shown.clone();
        if (rule instanceof Trust.Ignore) {
            because = "checking was switched off";
        } else if (rule instanceof Trust.Pin pin) {
            judgePin(pin, sha256(shown[0]));
        } else if (rule instanceof Trust.OnFirstUse known) {
            judgeKnown(known, shown, authType);
        } else if (rule instanceof Trust.Strict strict) {
            judgeStrict(strict, shown, authType);
        }
    }

    private void judgePin(Trust.Pin pin, String sha256) throws CertificateException {
        if (!pin.sha256().equals(sha256)) {
            throw refused(
                    "certificate-pin",
                    "the host's certificate is not the pinned one",
                    "SHA-256 " + sha256,
                    "SHA-256 " + pin.sha256(),
                    "if the host renewed its certificate, pin the new one; otherwise another machine answers in its place");
        }
        because = "pinned";
    }

    private void judgeStrict(Trust.Strict strict, X509Certificate[] shown, String authType)
            throws CertificateException {
        try {
            authorities(strict.authorities()).checkServerTrusted(shown, authType);
        } catch (CertificateException e) {
            throw refused(
                    "certificate-untrusted",
                    "no known authority vouches for the host's certificate",
                    "issuer " + shown[0].getIssuerX500Principal().getName() + ", SHA-256 " + sha256(shown[0]) + ", "
                            + e.getMessage(),
                    "a chain to a trusted authority",
                    "RDP hosts often show a certificate that they made themselves: compare its SHA-256 with the host's and use --certificate pin:SHA256, or --certificate tofu");
        }
        if (!CertificateNames.match(shown[0], name)) {
            throw refused(
                    "certificate-name",
                    "the host's certificate is for another name",
                    CertificateNames.describe(shown[0]),
                    name,
                    "connect by a name that the certificate carries, or pin the certificate");
        }
        because = "trusted authority and matching name";
    }

    private void judgeKnown(Trust.OnFirstUse rule, X509Certificate[] shown, String authType)
            throws CertificateException {
        try {
            authorities(Optional.empty()).checkServerTrusted(shown, authType);
            if (CertificateNames.match(shown[0], name)) {
                because = "trusted authority and matching name";
                return;
            }
        } catch (CertificateException selfMade) {
            because = ""; // the usual case for an RDP host: the known-hosts file decides
        }
        KnownHosts hosts = new KnownHosts(rule.knownHosts());
        String sha256 = sha256(shown[0]);
        try {
            Optional<String> known = hosts.find(endpoint);
            if (known.isEmpty()) {
                hosts.add(endpoint, sha256);
                because = "first use, now kept in the known-hosts file";
            } else if (known.get().equals(sha256)) {
                because = "known from an earlier use";
            } else {
                throw refused(
                        "certificate-changed",
                        "the host's certificate has changed since the first use",
                        "SHA-256 " + sha256,
                        "SHA-256 " + known.get(),
                        "if the host renewed its certificate, remove its line from " + rule.knownHosts()
                                + "; otherwise another machine answers in its place");
            }
        } catch (IOException e) {
            throw refused(
                    "known-hosts",
                    "the known-hosts file cannot be used",
                    String.valueOf(e.getMessage()),
                    "a readable and writable file",
                    "check the file's path and rights");
        }
    }

    private CertificateException refused(String cause, String summary, String seen, String expected, String remedy) {
        refusal = new LocalFailure(cause, summary, seen, expected, remedy);
        return new CertificateException(summary);
    }

    private static X509ExtendedTrustManager authorities(Optional<Path> file) throws CertificateException {
        try {
            KeyStore store = null; // null means the system's authorities
            if (file.isPresent()) {
                store = KeyStore.getInstance(KeyStore.getDefaultType());
                store.load(null, null);
                try (InputStream in = Files.newInputStream(file.get())) {
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
                if (manager instanceof X509ExtendedTrustManager extended) {
                    return extended;
                }
            }
            throw new CertificateException("the platform has no X.509 trust manager");
        } catch (GeneralSecurityException | IOException e) {
            throw e instanceof CertificateException c
                    ? c
                    : new CertificateException("the authorities cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String authType, SSLEngine engine)
            throws CertificateException {
        judge(shown, authType, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String authType, Socket socket)
            throws CertificateException {
        judge(shown, authType, null);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String authType) throws CertificateException {
        judge(shown, authType, null);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("this is a client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("this is a client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String authType) throws CertificateException {
        throw new CertificateException("this is a client");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
