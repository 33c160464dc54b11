package porthole.host.licensing;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.licensing.HardwareId;
import porthole.protocol.licensing.LicenseBinaryBlob;
import porthole.protocol.licensing.LicenseKeys;
import porthole.protocol.licensing.LicenseRequest;
import porthole.protocol.licensing.LicensingPdu;
import porthole.protocol.licensing.NewLicenseInformation;
import porthole.protocol.security.RsaPublicKey;
import porthole.protocol.security.ServerCertificate;
import porthole.protocol.wire.Bytes;

/**
 * The licence server that a host has built in: its certificate chain, and licences that only it can make.
 *
 * <p>A licence is a serial number, the device and an HMAC of both. Usable from any thread.
 */
public final class LicenseServer {
    private static final int KEY_BITS = 2048;
    private static final int SERIAL = 16;
    private static final int MAC = 32;
    private static final long VERSION = 0x60000;
    private static final Bytes SCOPE = Bytes.ascii("porthole.test\0");
    private static final Bytes COMPANY = Bytes.utf16le("Porthole\0");
    private static final Bytes PRODUCT = Bytes.utf16le("P01\0");
    private static final int CHAIN_PADDING = 16;

    private final HostLicensing how;
    private final SecureRandom random;
    private final SecretKeySpec seal;

    /** The certificates are those of every licence server of this program; the licences are not. */
    public LicenseServer(HostLicensing how, SecureRandom random) {
        this.how = how;
        this.random = random;
        this.seal = new SecretKeySpec(octets(MAC).toArray(), "HmacSHA256");
    }

    /** Made when the first host needs it, as two RSA keys take a moment. */
    private static final class Identity {
        static final Identity OURS = new Identity(new SecureRandom());

        final RSAPrivateKey key;
        final ServerCertificate certificate;

        private Identity(SecureRandom random) {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(KEY_BITS, random);
                KeyPair issuer = generator.generateKeyPair();
                KeyPair own = generator.generateKeyPair();
                X500Name issuerName = name("Porthole Licensing");
                X509Certificate root = certificate(issuer, issuerName, issuer, issuerName, random);
                X509Certificate leaf = certificate(own, name("Porthole Host"), issuer, issuerName, random);
                RSAPublicKey known = (RSAPublicKey) own.getPublic();
                key = (RSAPrivateKey) own.getPrivate();
                certificate = new ServerCertificate.X509Chain(
                        ServerCertificate.CERT_CHAIN_VERSION_2,
                        List.of(Bytes.of(root.getEncoded()), Bytes.of(leaf.getEncoded())),
                        new RsaPublicKey(known.getModulus(), known.getPublicExponent()),
                        Bytes.of(new byte[CHAIN_PADDING]));
            } catch (GeneralSecurityException | OperatorCreationException e) {
                throw new LocalFailure(
                        "certificate",
                        "the licensing certificate could not be made",
                        e.toString(),
                        "",
                        "see the cause",
                        e);
            }
        }
    }

    private static X500Name name(String common) {
        return new X500NameBuilder().addRDN(BCStyle.CN, common).build();
    }

    private static X509Certificate certificate(
            KeyPair of, X500Name subject, KeyPair by, X500Name issuer, SecureRandom random)
            throws GeneralSecurityException, OperatorCreationException {
        Instant from = Instant.now().minus(Duration.ofDays(1));
        var builder = new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(127, random),
                Date.from(from),
                Date.from(from.plus(Duration.ofDays(30))),
                subject,
                of.getPublic());
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(by.getPrivate())));
    }

    /** What clients go through. */
    public HostLicensing how() {
        return how;
    }

    /** A request with a fresh random. */
    public LicenseRequest request() {
        return new LicenseRequest(
                LicensingPdu.PREAMBLE_VERSION_3_0,
                octets(LicenseKeys.RANDOM_SIZE),
                new LicenseRequest.ProductInformation(VERSION, COMPANY, PRODUCT),
                new LicenseBinaryBlob(LicenseBinaryBlob.BB_KEY_EXCHG_ALG_BLOB, Bytes.hex("01000000")),
                new LicenseBinaryBlob(
                        LicenseBinaryBlob.BB_CERTIFICATE_BLOB, Bytes.of(Identity.OURS.certificate.toByteArray())),
                List.of(new LicenseBinaryBlob(LicenseBinaryBlob.BB_SCOPE_BLOB, SCOPE)),
                Bytes.EMPTY);
    }

    /** Random octets. */
    public Bytes octets(int count) {
        byte[] octets = new byte[count];
        random.nextBytes(octets);
        return Bytes.of(octets);
    }

    /** The keys of an exchange, from what the client encrypted for this server; textbook RSA, little-endian. */
    public LicenseKeys keys(Bytes encryptedPremaster, Bytes clientRandom, Bytes serverRandom) {
        BigInteger cipher = new BigInteger(1, reversed(encryptedPremaster.toArray()));
        RSAPrivateKey key = Identity.OURS.key;
        byte[] plain = reversed(
                cipher.modPow(key.getPrivateExponent(), key.getModulus()).toByteArray());
        byte[] premaster = Arrays.copyOf(plain, LicenseKeys.PREMASTER_SIZE);
        return LicenseKeys.derive(Bytes.of(premaster), clientRandom, serverRandom);
    }

    /** A fresh licence for a device, as it goes into an encrypted blob. */
    public NewLicenseInformation issue(HardwareId device) {
        Bytes serial = octets(SERIAL);
        Bytes license = Bytes.hex(serial.toHex() + hmac(serial, device).toHex());
        return new NewLicenseInformation(VERSION, SCOPE, COMPANY, PRODUCT, license, Bytes.EMPTY);
    }

    /** Whether this server issued the licence, to this device. */
    public boolean issued(Bytes license, HardwareId device) {
        return license.size() == SERIAL + MAC
                && MessageDigest.isEqual(
                        license.slice(SERIAL, MAC).toArray(),
                        hmac(license.slice(0, SERIAL), device).toArray());
    }

    /** The licence's number, for events. */
    public static Optional<String> serial(Bytes license) {
        return license.size() < SERIAL
                ? Optional.empty()
                : Optional.of(license.slice(0, SERIAL).toHex());
    }

    private Bytes hmac(Bytes serial, HardwareId device) {
        try {
            Mac mac = Mac.getInstance(seal.getAlgorithm());
            mac.init(seal);
            mac.update(serial.toArray());
            return Bytes.of(mac.doFinal(device.toByteArray()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HMAC-SHA-256", e);
        }
    }

    private static byte[] reversed(byte[] octets) {
        byte[] turned = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            turned[i] = octets[octets.length - 1 - i];
        }
        return turned;
    }
}
