package porthole.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import porthole.cli.base.UsageException;
import porthole.cli.output.WholeFile;

/** Certificates in PEM, for clients that are to trust a built-in server. */
final class CertificateFile {
    private CertificateFile() {}

    static void write(Path file, List<X509Certificate> certificates) throws IOException {
        WholeFile.write(file, out -> out.write(pem(certificates).getBytes(StandardCharsets.US_ASCII)));
    }

    private static String pem(List<X509Certificate> certificates) {
        StringBuilder pem = new StringBuilder();
        Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
        for (X509Certificate certificate : certificates) {
            try {
                pem.append("-----BEGIN CERTIFICATE-----\n")
                        .append(lines.encodeToString(certificate.getEncoded()))
                        .append("\n-----END CERTIFICATE-----\n");
            } catch (CertificateEncodingException e) {
                throw new UsageException("the certificate cannot be encoded", e);
            }
        }
        return pem.toString();
    }
}
