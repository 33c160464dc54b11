package porthole.aad.credential;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import porthole.transport.Secret;

/** The blocks of a PEM file (RFC 7468): certificates, and a private RSA key in any of its three wrappings. */
final class PemFile {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");
    /** SEQUENCE { INTEGER 0, SEQUENCE { rsaEncryption, NULL } } without its outer header. */
    private static final byte[] RSA_VERSION_AND_ALGORITHM = {
        2, 1, 0, 0x30, 0x0D, 6, 9, 0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 0x0D, 1, 1, 1, 5, 0
    };

    private record Block(String label, byte[] der) {}

    private final List<Block> blocks;

    private PemFile(List<Block> blocks) {
        this.blocks = blocks;
    }

    static boolean looksLike(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1).contains("-----BEGIN ");
    }

    static PemFile parse(byte[] octets) {
        List<Block> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(new String(octets, StandardCharsets.ISO_8859_1));
        while (block.find()) {
            try {
                blocks.add(new Block(block.group(1), Base64.getMimeDecoder().decode(block.group(2))));
            } catch (IllegalArgumentException e) {
                throw ClientCertificate.unusable("a PEM block that is no base64", "check the file");
            }
        }
        return new PemFile(blocks);
    }

    List<X509Certificate> certificates() {
        List<X509Certificate> found = new ArrayList<>();
        for (Block block : blocks) {
            if (block.label.equals("CERTIFICATE")) {
                try {
                    found.add((X509Certificate) CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(block.der)));
                } catch (GeneralSecurityException e) {
                    throw ClientCertificate.unusable("a PEM block that is no certificate", "check the file");
                }
            }
        }
        return found;
    }

    PrivateKey privateKey(Secret password) {
        for (Block block : blocks) {
            switch (block.label) {
                case "PRIVATE KEY":
                    return key(block.der);
                case "RSA PRIVATE KEY":
                    return key(pkcs8(block.der));
                case "ENCRYPTED PRIVATE KEY":
                    return key(decrypted(block.der, password));
                default: // a certificate, or what concerns somebody else
            }
        }
        throw ClientCertificate.unusable(
                "a PEM file without a private key", "put the key into the file, or give it as a file of its own");
    }

    private static PrivateKey key(byte[] der) {
        try {
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException e) {
            throw ClientCertificate.unusable("a PEM block that is no private RSA key", "use an RSA key");
        }
    }

    private static byte[] decrypted(byte[] der, Secret password) {
        if (password.isEmpty()) {
            throw ClientCertificate.unusable("an encrypted key and no password", "give the password of the key");
        }
        try {
            EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(der);
            // PBES2 names its two halves in its parameters alone
            String name = info.getAlgParameters().toString();
            String scheme = name.startsWith("PBEWith") ? name : info.getAlgName();
            Cipher cipher = Cipher.getInstance(scheme);
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    SecretKeyFactory.getInstance(scheme)
                            .generateSecret(new PBEKeySpec(password.reveal().toCharArray())),
                    info.getAlgParameters());
            return info.getKeySpec(cipher).getEncoded();
        } catch (IOException | GeneralSecurityException e) {
            throw ClientCertificate.unusable("an encrypted key that this password does not open", "check the password");
        }
    }

    /** A PKCS#1 key in the wrapping of PKCS#8. */
    private static byte[] pkcs8(byte[] pkcs1) {
        byte[] octetString = tagged(4, pkcs1);
        ByteBuffer body = ByteBuffer.allocate(RSA_VERSION_AND_ALGORITHM.length + octetString.length);
        body.put(RSA_VERSION_AND_ALGORITHM).put(octetString);
        return tagged(0x30, body.array());
    }

    private static byte[] tagged(int tag, byte[] content) {
        int lengthOctets = content.length < 0x80 ? 0 : content.length < 0x100 ? 1 : content.length < 0x10000 ? 2 : 3;
        ByteBuffer out = ByteBuffer.allocate(2 + lengthOctets + content.length);
        out.put((byte) tag).put((byte) (lengthOctets == 0 ? content.length : 0x80 | lengthOctets));
        for (int i = lengthOctets - 1; i >= 0; i--) {
            out.put((byte) (content.length >> 8 * i));
        }
        return out.put(content).array();
    }
}
