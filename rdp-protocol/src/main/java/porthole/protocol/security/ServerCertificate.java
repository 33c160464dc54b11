package porthole.protocol.security;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPBCGR 2.2.1.4.3.1 Server Certificate (SERVER_CERTIFICATE), which is proprietary or a chain of X.509 certificates. */
public sealed interface ServerCertificate extends Pdu {
    /** The lower 31 bits of {@code dwVersion}: a certificate of the protocol's own form. */
    int CERT_CHAIN_VERSION_1 = 1;
    /** The lower 31 bits of {@code dwVersion}: a chain of X.509 certificates. */
    int CERT_CHAIN_VERSION_2 = 2;
    /** The top bit of {@code dwVersion}: the certificate was issued for the time being. */
    long TEMPORARY = 0x80000000L;

    /** dwVersion. */
    long version();

    /** The key that secrets for the server are encrypted with. */
    RsaPublicKey publicKey();

    /** Reads a certificate that fills {@code in}. */
    static ServerCertificate decode(WireReader in) {
        long version = in.u32le("dwVersion");
        int form = (int) (version & ~TEMPORARY);
        in.check(
                form == CERT_CHAIN_VERSION_1 || form == CERT_CHAIN_VERSION_2,
                "dwVersion",
                form,
                "certificate form 1 or 2");
        return form == CERT_CHAIN_VERSION_1
                ? in.within("proprietaryCertificate", "MS-RDPBCGR 2.2.1.4.3.1.1", r -> Proprietary.decode(version, r))
                : in.within("x509CertificateChain", "MS-RDPELE 2.2.1.4.2", r -> X509Chain.decode(version, r));
    }

    /**
     * 2.2.1.4.3.1.1 Server Proprietary Certificate (PROPRIETARYSERVERCERTIFICATE).
     *
     * @param publicKeyBlob 2.2.1.4.3.1.1.1 RSA_PUBLIC_KEY as it was
     * @param signatureBlob with its eight octets of padding
     */
    record Proprietary(
            long version,
            long sigAlgId,
            long keyAlgId,
            int publicKeyBlobType,
            Bytes publicKeyBlob,
            int signatureBlobType,
            Bytes signatureBlob,
            RsaPublicKey publicKey,
            Bytes trailing)
            implements ServerCertificate {
        private static final long RSA1 = 0x31415352L;
        private static final int BB_RSA_KEY_BLOB = 6;
        private static final int BB_RSA_SIGNATURE_BLOB = 8;
        private static final int KEY_PADDING = 8;
        private static final int SIGNATURE_ALG_RSA = 1;
        private static final int KEY_EXCHANGE_ALG_RSA = 1;

        /** A certificate for {@code key}, signed with the {@link TerminalServicesKey}. */
        public static Proprietary of(RsaPublicKey key) {
            int octets = key.size();
            byte[] modulus = Arrays.copyOf(RsaPublicKey.reversed(key.modulus().toByteArray()), octets + KEY_PADDING);
            Arrays.fill(modulus, octets, modulus.length, (byte) 0);
            Bytes blob = Bytes.of(WireWriter.toByteArray(out -> out.u32le(RSA1)
                    .u32le(modulus.length)
                    .u32le(octets * 8L)
                    .u32le(octets - 1)
                    .u32le(key.exponent().longValueExact())
                    .bytes(modulus)));
            Proprietary unsigned = with(blob, key, Bytes.EMPTY);
            return with(blob, key, TerminalServicesKey.sign(unsigned));
        }

        private static Proprietary with(Bytes blob, RsaPublicKey key, Bytes signature) {
            return new Proprietary(
                    CERT_CHAIN_VERSION_1,
                    SIGNATURE_ALG_RSA,
                    KEY_EXCHANGE_ALG_RSA,
                    BB_RSA_KEY_BLOB,
                    blob,
                    BB_RSA_SIGNATURE_BLOB,
                    signature,
                    key,
                    Bytes.EMPTY);
        }

        static Proprietary decode(long version, WireReader in) {
            long sigAlgId = in.u32le("dwSigAlgId");
            long keyAlgId = in.u32le("dwKeyAlgId");
            int keyType = in.u16le("wPublicKeyBlobType");
            in.expect(keyType, BB_RSA_KEY_BLOB, 2, "wPublicKeyBlobType");
            int keyLength = in.u16le("wPublicKeyBlobLen");
            WireReader keyReader = in.sub(keyLength, "publicKeyBlob", "MS-RDPBCGR 2.2.1.4.3.1.1.1");
            Key key = Key.decode(keyReader);
            int signatureType = in.u16le("wSignatureBlobType");
            Bytes signature = in.bytes(in.u16le("wSignatureBlobLen"), "signatureBlob");
            return new Proprietary(
                    version,
                    sigAlgId,
                    keyAlgId,
                    keyType,
                    key.blob(),
                    signatureType,
                    signature,
                    key.key(),
                    in.rest("trailing"));
        }

        /** A key and the blob that it was read from. */
        private record Key(RsaPublicKey key, Bytes blob) {
            static Key decode(WireReader in) {
                in.expect(in.u32le("magic"), RSA1, 4, "magic");
                long keylen = in.u32le("keylen");
                int length = in.count(keylen, 1, "keylen");
                in.check(length > KEY_PADDING, "keylen", length, "more than its 8 octets of padding");
                long bitlen = in.u32le("bitlen");
                in.check(bitlen == 8L * (length - KEY_PADDING), 4, "bitlen", bitlen, "eight for each octet of the key");
                long datalen = in.u32le("datalen");
                long pubExp = in.u32le("pubExp");
                Bytes modulus = in.bytes(length, "modulus");
                BigInteger number = new BigInteger(1, RsaPublicKey.reversed(modulus.toArray()));
                BigInteger exponent = BigInteger.valueOf(pubExp);
                in.check(
                        RsaPublicKey.isUsable(number, exponent),
                        "modulus",
                        number.bitLength() + " bits, exponent " + pubExp,
                        RsaPublicKey.RULE);
                Bytes rest = in.rest("trailing");
                byte[] blob = WireWriter.toByteArray(out -> out.u32le(RSA1)
                        .u32le(keylen)
                        .u32le(bitlen)
                        .u32le(datalen)
                        .u32le(pubExp)
                        .bytes(modulus)
                        .bytes(rest));
                return new Key(new RsaPublicKey(number, exponent), Bytes.of(blob));
            }
        }

        @Override
        public void encode(WireWriter out) {
            out.u32le(version).u32le(sigAlgId).u32le(keyAlgId);
            out.u16le(publicKeyBlobType).u16le(publicKeyBlob.size()).bytes(publicKeyBlob);
            out.u16le(signatureBlobType).u16le(signatureBlob.size()).bytes(signatureBlob);
            out.bytes(trailing);
        }
    }

    /**
     * MS-RDPELE 2.2.1.4.2 X.509 Certificate Chain.
     *
     * @param certificates DER, the root first and the server's own last
     * @param padding what follows the certificates
     */
    record X509Chain(long version, List<Bytes> certificates, RsaPublicKey publicKey, Bytes padding)
            implements ServerCertificate {
        private static final int MOST = 200;

        public X509Chain {
            certificates = List.copyOf(certificates);
        }

        static X509Chain decode(long version, WireReader in) {
            int count = in.count(in.u32le("NumCertBlobs"), 4, "NumCertBlobs");
            in.check(count >= 1 && count <= MOST, "NumCertBlobs", count, "1 to " + MOST);
            List<Bytes> certificates = new ArrayList<>(count);
            RsaPublicKey key = null;
            for (int i = 0; i < count; i++) {
                int length = in.count(in.u32le("cbCert"), 1, "cbCert");
                if (i == count - 1) {
                    int at = in.offset();
                    Bytes last = in.bytes(length, "abCert");
                    certificates.add(last);
                    key = X509PublicKey.read(last, at);
                } else {
                    certificates.add(in.bytes(length, "abCert"));
                }
            }
            return new X509Chain(version, certificates, key, in.rest("padding"));
        }

        @Override
        public void encode(WireWriter out) {
            out.u32le(version).u32le(certificates.size());
            certificates.forEach(c -> out.u32le(c.size()).bytes(c));
            out.bytes(padding);
        }
    }
}
