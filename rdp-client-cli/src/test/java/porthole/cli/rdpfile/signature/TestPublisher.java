package porthole.cli.rdpfile.signature;

import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** Signs files in ways that rdpsign does, and in ways that it does not. */
final class TestPublisher {
    private final KeyPair keys;
    private final X509Certificate certificate;
    boolean withAttributes;
    boolean withContent;
    boolean withCertificate = true;
    int signers = 1;
    String algorithm = "SHA256withRSA";

    TestPublisher(Instant from, Duration validity, int keyUsage, KeyPurposeId... usages) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        keys = generator.generateKeyPair();
        X500Name name = new X500Name("CN=Publisher of the test");
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                name, BigInteger.TEN, Date.from(from), Date.from(from.plus(validity)), name, keys.getPublic());
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(keyUsage));
        if (usages.length > 0) {
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(usages));
        }
        certificate = new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate())));
    }

    /** The certificate as a file of authorities. */
    Path authority(Path folder) throws Exception {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
            pem.writeObject(certificate);
        }
        return Files.writeString(folder.resolve("publisher.pem"), text.toString());
    }

    /** A file with an address, signed. */
    String file() throws Exception {
        String head = "full address:s:h\r\n";
        String scope = "signscope:s:Full Address\r\n";
        byte[] message = (head + scope + "\0").getBytes(StandardCharsets.UTF_16LE);
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        for (int i = 0; i < signers; i++) {
            generator.addSignerInfoGenerator(
                    new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
                            .setDirectSignature(!withAttributes)
                            .build(new JcaContentSignerBuilder(algorithm).build(keys.getPrivate()), certificate));
        }
        if (withCertificate) {
            generator.addCertificates(new JcaCertStore(List.of(certificate)));
        }
        byte[] der = generator
                .generate(new CMSProcessableByteArray(message), withContent)
                .getEncoded();
        byte[] blob = ByteBuffer.allocate(12 + der.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0x00010001)
                .putInt(1)
                .putInt(der.length)
                .put(der)
                .array();
        return head + scope + "signature:s:" + Base64.getEncoder().encodeToString(blob) + "\r\n";
    }
}
