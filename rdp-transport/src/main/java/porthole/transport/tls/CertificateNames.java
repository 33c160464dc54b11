package porthole.transport.tls;

import io.netty.util.NetUtil;
import java.net.IDN;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;

/**
 * The names a certificate is for (RFC 6125).
 *
 * <p>Alternative names of the DNS and IP kinds where there is any of either, else the last common name for a DNS name.
 */
final class CertificateNames {
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private CertificateNames() {}

    /** The name in the certificate that covers {@code name}, if one does. */
    static Optional<String> match(X509Certificate certificate, String name) {
        boolean address = NetUtil.isValidIpV4Address(name) || NetUtil.isValidIpV6Address(name);
        List<String> dns;
        List<String> addresses;
        try {
            dns = alternatives(certificate, DNS_NAME);
            addresses = alternatives(certificate, IP_ADDRESS);
        } catch (CertificateParsingException unreadable) {
            return Optional.empty(); // what cannot be read might have excluded the common name
        }
        if (address) {
            return addresses.stream().filter(known -> sameAddress(known, name)).findFirst();
        }
        List<String> patterns = dns.isEmpty() && addresses.isEmpty() ? commonName(certificate) : dns;
        return patterns.stream().filter(pattern -> matches(pattern, name)).findFirst();
    }

    static String describe(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            names.addAll(alternatives(certificate, DNS_NAME));
            names.addAll(alternatives(certificate, IP_ADDRESS));
        } catch (CertificateParsingException unreadable) {
            return "alternative names that cannot be read";
        }
        return names.isEmpty() ? certificate.getSubjectX500Principal().getName() : String.join(", ", names);
    }

    /** A wildcard stands for exactly one whole left-most label, and only above two others. */
    static boolean matches(String pattern, String name) {
        String wanted = plain(name);
        String given = pattern.toLowerCase(Locale.ROOT);
        if (wanted.isEmpty() || given.indexOf('\0') >= 0 || wanted.indexOf('\0') >= 0) {
            return false;
        }
        if (!given.startsWith("*.")) {
            return given.equals(wanted);
        }
        int dot = wanted.indexOf('.');
        return dot > 0
                && given.indexOf('*', 1) < 0
                && given.indexOf('.', 2) > 0
                && given.substring(1).equals(wanted.substring(dot));
    }

    /** As certificates write names: in lower case and ASCII, without the root's dot. */
    private static String plain(String name) {
        String plain = name;
        try {
            plain = IDN.toASCII(name);
        } catch (IllegalArgumentException notInternational) {
            // compared as it is
        }
        plain = plain.toLowerCase(Locale.ROOT);
        return plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain;
    }

    private static boolean sameAddress(String a, String b) {
        byte[] left = NetUtil.createByteArrayFromIpAddressString(a);
        return left != null && Arrays.equals(left, NetUtil.createByteArrayFromIpAddressString(b));
    }

    /** By structure, not by text: a name may hold commas and equals signs. */
    private static List<String> commonName(X509Certificate certificate) {
        String last = null;
        X500Name subject;
        try {
            subject = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        } catch (IllegalArgumentException unreadable) {
            return List.of();
        }
        for (RDN relative : subject.getRDNs(BCStyle.CN)) {
            for (AttributeTypeAndValue part : relative.getTypesAndValues()) {
                if (part.getType().equals(BCStyle.CN) && part.getValue() instanceof ASN1String text) {
                    last = text.getString();
                }
            }
        }
        return last == null ? List.of() : List.of(last);
    }

    private static List<String> alternatives(X509Certificate certificate, int type) throws CertificateParsingException {
        List<String> names = new ArrayList<>();
        Collection<List<?>> all = certificate.getSubjectAlternativeNames();
        if (all != null) {
            for (List<?> entry : all) {
                if (entry.get(0).equals(type) && entry.get(1) instanceof String name) {
                    names.add(name);
                }
            }
        }
        return names;
    }
}
