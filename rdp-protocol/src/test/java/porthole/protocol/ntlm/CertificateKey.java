package porthole.protocol.ntlm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import porthole.fixtures.Recording;
import porthole.protocol.wire.Ber;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

/** The subject public key of a recorded host's certificate, as CredSSP binds to it. */
final class CertificateKey {
    private static final int BIT_STRING = 0x03;

    private CertificateKey() {}

    static Bytes of(Recording recording) {
        try (InputStream in = Files.newInputStream(recording.serverCertificate().orElseThrow())) {
            byte[] info = CertificateFactory.getInstance("X.509")
                    .generateCertificate(in)
                    .getPublicKey()
                    .getEncoded();
            WireReader body =
                    Ber.element(WireReader.of(info, "SubjectPublicKeyInfo", "RFC 5280 4.1"), Ber.SEQUENCE, "sequence");
            Ber.element(body, Ber.SEQUENCE, "algorithm");
            WireReader bits = Ber.element(body, BIT_STRING, "subjectPublicKey");
            bits.u8("unusedBits");
            return bits.rest("key");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (CertificateException e) {
            throw new AssertionError(e);
        }
    }
}
