package porthole.host.entra;

import java.io.IOException;
import java.security.SecureRandom;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateEntry;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;

/**
 * TLS 1.2 and 1.3 for clients that put the port into the server name: FreeRDP sends {@code HOST:PORT} there, which is no
 * host name, and the platform's own TLS breaks such a handshake off. This server does not look at the name.
 */
final class TlsAuthorityServer extends DefaultTlsServer {
    private final JcaTlsCrypto crypto;
    private final AuthorityCertificate identity;

    TlsAuthorityServer(AuthorityCertificate identity, SecureRandom random) {
        this(new JcaTlsCryptoProvider().create(random), identity);
    }

    private TlsAuthorityServer(JcaTlsCrypto crypto, AuthorityCertificate identity) {
        super(crypto);
        this.crypto = crypto;
        this.identity = identity;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.TLSv13.downTo(ProtocolVersion.TLSv12);
    }

    @Override
    public TlsCredentials getCredentials() throws IOException {
        try {
            TlsCertificate own = crypto.createCertificate(identity.certificate().getEncoded());
            Certificate chain = TlsUtils.isTLSv13(context)
                    ? new Certificate(TlsUtils.EMPTY_BYTES, new CertificateEntry[] {new CertificateEntry(own, null)})
                    : new Certificate(new TlsCertificate[] {own});
            return new JcaDefaultTlsCredentialedSigner(
                    new TlsCryptoParameters(context),
                    crypto,
                    identity.key(),
                    chain,
                    SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
        } catch (java.security.cert.CertificateEncodingException e) {
            throw new IOException("the certificate cannot be encoded", e);
        }
    }
}
