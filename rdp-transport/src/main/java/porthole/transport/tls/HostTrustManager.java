package porthole.transport.tls;

import java.io.IOException;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import porthole.protocol.failure.LocalFailure;
import porthole.transport.CertificateHashes;
import porthole.transport.CertificatePin;
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

    private void judge(X509Certificate[] shown, String authType) throws CertificateException {
        if (shown == null || shown.length == 0) {
            throw new CertificateException("the host shows no certificate");
        }
        chain = shown.clone();
        try {
            because = judged(shown, authType);
        } catch (LocalFailure failure) {
            refusal = failure;
            throw new CertificateException(failure.report().summary(), failure);
        }
    }

    /** Why the certificate passes, in words. */
    private String judged(X509Certificate[] shown, String authType) throws CertificateException {
        if (rule instanceof Trust.Pin pin) {
            return judgePin(pin, CertificateHashes.of(shown[0]));
        }
        if (rule instanceof Trust.OnFirstUse known) {
            return judgeKnown(known, shown, authType);
        }
        if (rule instanceof Trust.Strict strict) {
            return new StrictTrust(strict.authorities()).judge(shown, authType, name);
        }
        return "checking was switched off, any certificate would have passed";
    }

    private static String judgePin(Trust.Pin rule, CertificateHashes hashes) {
        for (CertificatePin pin : rule.pins()) {
            if (pin.matches(hashes)) {
                return (pin.kind() == CertificatePin.Kind.CERTIFICATE ? "the certificate" : "the public key")
                        + " is pinned as " + pin;
            }
        }
        throw new LocalFailure(
                "certificate-pin",
                "the host's certificate is not a pinned one",
                hashes.toString(),
                rule.pins().stream().map(CertificatePin::toString).collect(Collectors.joining(" or ")),
                "if the host renewed its certificate, pin the new one, or its public key, which outlasts renewals; otherwise another machine answers in its place");
    }

    private String judgeKnown(Trust.OnFirstUse rule, X509Certificate[] shown, String authType)
            throws CertificateException {
        try {
            return new StrictTrust(Optional.empty()).judge(shown, authType, name);
        } catch (LocalFailure selfMade) {
            // the usual case for an RDP host: the known-hosts file decides
        }
        KnownHosts hosts = new KnownHosts(rule.knownHosts());
        CertificateHashes hashes = CertificateHashes.of(shown[0]);
        try {
            return switch (hosts.judge(endpoint, hashes)) {
                case ADDED -> "first use of " + endpoint + ", now kept in " + rule.knownHosts();
                case KNOWN -> "the same certificate as kept for " + endpoint + " in " + rule.knownHosts();
                case RENEWED ->
                    "renewed with the known key that is kept for " + endpoint + " in " + rule.knownHosts()
                            + ", which now has the new certificate";
                case CHANGED ->
                    throw new LocalFailure(
                            "certificate-changed",
                            "the host's certificate and its key have changed since the first use",
                            hashes.toString(),
                            hosts.find(endpoint).stream()
                                    .flatMap(entry -> entry.pins().stream())
                                    .map(CertificatePin::toString)
                                    .collect(Collectors.joining(" ")),
                            "if the host has a new certificate, see and keep it with 'porthole trust add --replace "
                                    + endpoint
                                    + " --known-hosts " + rule.knownHosts()
                                    + "'; otherwise another machine answers in its place");
            };
        } catch (IOException e) {
            throw new LocalFailure(
                    "known-hosts",
                    "the known-hosts file cannot be used",
                    String.valueOf(e.getMessage()),
                    "a readable and writable file",
                    "check the file's path and rights",
                    e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String authType, SSLEngine engine)
            throws CertificateException {
        judge(shown, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String authType, Socket socket)
            throws CertificateException {
        judge(shown, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String authType) throws CertificateException {
        judge(shown, authType);
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
