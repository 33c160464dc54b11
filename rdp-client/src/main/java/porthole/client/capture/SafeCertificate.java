package porthole.client.capture;

import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import porthole.client.safe.Pseudonyms;
import porthole.client.safe.Pseudonyms.Kind;

/** What a certificate is like, without names, serial number, key and fingerprint, by which public logs find the names. */
final class SafeCertificate {
    private static final Map<String, String> USAGES =
            Map.of("1.3.6.1.5.5.7.3.1", "server authentication", "1.3.6.1.5.5.7.3.2", "client authentication");

    private SafeCertificate() {}

    /** @param depth 0 for the one that was shown first */
    static Map<String, Object> facts(X509Certificate certificate, int depth, boolean trusted, Pseudonyms names) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("certificate", names.of(Kind.CERTIFICATE, identity(certificate)));
        facts.put("depth", depth);
        facts.put("trusted", trusted);
        facts.put(
                "subject",
                names.of(Kind.HOST, certificate.getSubjectX500Principal().getName()));
        facts.put(
                "issuer",
                names.of(Kind.HOST, certificate.getIssuerX500Principal().getName()));
        facts.put("selfIssued", certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()));
        facts.put("notBefore", certificate.getNotBefore().toInstant().toString());
        facts.put("notAfter", certificate.getNotAfter().toInstant().toString());
        if (certificate.getPublicKey() instanceof RSAPublicKey rsa) {
            facts.put("key", "RSA");
            facts.put("keyBits", rsa.getModulus().bitLength());
        } else if (certificate.getPublicKey() instanceof ECPublicKey ec) {
            facts.put("key", "EC");
            facts.put("keyBits", ec.getParams().getOrder().bitLength());
        }
        if (certificate.getSigAlgName().matches("[A-Za-z0-9]{3,20}")) {
            facts.put("signature", certificate.getSigAlgName());
        }
        facts.put("authority", certificate.getBasicConstraints() >= 0);
        try {
            facts.put(
                    "names",
                    certificate.getSubjectAlternativeNames() == null
                            ? 0
                            : certificate.getSubjectAlternativeNames().size());
            List<String> usages = certificate.getExtendedKeyUsage();
            if (usages != null) {
                facts.put(
                        "usages",
                        usages.stream()
                                .map(oid -> USAGES.getOrDefault(oid, "another"))
                                .toList());
            }
        } catch (CertificateParsingException e) {
            facts.put("extensions", "unreadable");
        }
        return facts;
    }

    private static String identity(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            return certificate.getSerialNumber().toString();
        }
    }
}
