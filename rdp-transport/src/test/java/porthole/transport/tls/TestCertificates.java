package porthole.transport.tls;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import porthole.fixtures.HostCertificate;

/** Certificates with chosen names and usages, made by an authority of their own. */
final class TestCertificates {
    static final String RDP_USAGE = "1.3.6.1.4.1.311.54.1.2";
    static final String CLIENT_USAGE = "1.3.6.1.5.5.7.3.2";
    static final String SERVER_USAGE = "1.3.6.1.5.5.7.3.1";
    static final String ANY_USAGE = "2.5.29.37.0";

    private static final X500Name AUTHORITY_NAME = new X500Name("CN=Test Authority");
    static final KeyPair AUTHORITY_KEYS = keys();
    static final X509Certificate AUTHORITY = authority();

    private final KeyPair keys;
    private final List<GeneralName> names = new ArrayList<>();
    private final List<KeyPurposeId> usages = new ArrayList<>();
    private String subject = "CN=rdphost";

    private TestCertificates(KeyPair keys) {
        this.keys = keys;
    }

    static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static TestCertificates of(KeyPair keys) {
        return new TestCertificates(keys);
    }

    TestCertificates subject(String name) {
        subject = name;
        return this;
    }

    TestCertificates dns(String name) {
        names.add(new GeneralName(GeneralName.dNSName, new DERIA5String(name)));
        return this;
    }

    TestCertificates address(int... octets) {
        byte[] address = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            address[i] = (byte) octets[i];
        }
        names.add(new GeneralName(GeneralName.iPAddress, new DEROctetString(address)));
        return this;
    }

    TestCertificates usage(String identifier) {
        usages.add(KeyPurposeId.getInstance(new ASN1ObjectIdentifier(identifier)));
        return this;
    }

    HostCertificate create() {
        return new HostCertificate(certificate(false), keys.getPrivate());
    }

    private static X509Certificate authority() {
        return new TestCertificates(AUTHORITY_KEYS).subject("CN=Test Authority").certificate(true);
    }

    private X509Certificate certificate(boolean authority) {
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    AUTHORITY_NAME,
                    new BigInteger(120, new SecureRandom()),
                    Date.from(Instant.now().minus(Duration.ofDays(1))),
                    Date.from(Instant.now().plus(Duration.ofDays(30))),
                    new X500Name(subject),
                    keys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (!names.isEmpty()) {
                builder.addExtension(
                        Extension.subjectAlternativeName, false, new GeneralNames(names.toArray(new GeneralName[0])));
            }
            if (!usages.isEmpty()) {
                builder.addExtension(
                        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(usages.toArray(new KeyPurposeId[0])));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(
                            new JcaContentSignerBuilder("SHA256withRSA").build(AUTHORITY_KEYS.getPrivate())));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
