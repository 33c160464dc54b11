package porthole.transport.tls;

import io.netty.util.NetUtil;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names a certificate is for (RFC 6125): alternative names where there are any, else the common name. */
final class CertificateNames {
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;
    private static final Pattern COMMON_NAME = Pattern.compile("(?:^|,)CN=([^,+]+)");

    private CertificateNames() {}

    static boolean match(X509Certificate certificate, String name) {
        boolean address = NetUtil.isValidIpV4Address(name) || NetUtil.isValidIpV6Address(name);
        List<String> alternatives = alternatives(certificate, address ? IP_ADDRESS : DNS_NAME);
        if (!alternatives.isEmpty() || !alternatives(certificate, DNS_NAME).isEmpty()) {
            return alternatives.stream()
                    .anyMatch(pattern -> address ? sameAddress(pattern, name) : matches(pattern, name));
        }
        return !address && commonName(certificate).stream().anyMatch(cn -> matches(cn, name));
    }

    static String describe(X509Certificate certificate) {
        List<String> names = new ArrayList<>(alternatives(certificate, DNS_NAME));
        names.addAll(alternatives(certificate, IP_ADDRESS));
        return names.isEmpty() ? certificate.getSubjectX500Principal().getName() : String.join(", ", names);
    }

    /** A wildcard stands for exactly one whole left-most label, and only above two others. */
    static boolean matches(String pattern, String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        String given = pattern.toLowerCase(Locale.ROOT);
        if (given.indexOf('\0') >= 0 || wanted.indexOf('\0') >= 0) {
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

    private static boolean sameAddress(String a, String b) {
        byte[] left = NetUtil.createByteArrayFromIpAddressString(a);
        return left != null && Arrays.equals(left, NetUtil.createByteArrayFromIpAddressString(b));
    }

    private static List<String> commonName(X509Certificate certificate) {
        Matcher matcher =
                COMMON_NAME.matcher(certificate.getSubjectX500Principal().getName());
        return matcher.find() ? List.of(matcher.group(1)) : List.of();
    }

    private static List<String> alternatives(X509Certificate certificate, int type) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            if (all != null) {
                for (List<?> entry : all) {
                    if (entry.get(0).equals(type) && entry.get(1) instanceof String name) {
                        names.add(name);
                    }
                }
            }
        } catch (CertificateParsingException unreadable) {
            return List.of(); // no name that can be read is no name that matches
        }
        return names;
    }
}
