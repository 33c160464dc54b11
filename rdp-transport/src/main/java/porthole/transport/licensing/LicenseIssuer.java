package porthole.transport.licensing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Certificate;
import porthole.protocol.licensing.LicenseKeys;
import porthole.protocol.security.RsaPublicKey;
import porthole.protocol.security.ServerCertificate;
import porthole.protocol.security.TerminalServicesKey;
import porthole.protocol.wire.Bytes;

/**
 * What can be told of the certificate with which a host or its licence server asks for a licence.
 *
 * <p>It is not an identity: its authorities are nobody's that a client knows, and the key only keeps the licence from
 * eavesdroppers. So its structure is checked, and what it says is recorded.
 */
public final class LicenseIssuer {
    /** Raising to a longer exponent would buy a hostile host computing time. */
    private static final int LONGEST_EXPONENT = 32;

    private LicenseIssuer() {}

    /** Whether the premaster secret can be encrypted with this key, at a price that is worth it. */
    public static boolean isUsable(RsaPublicKey key) {
        return key.exponent().bitLength() <= LONGEST_EXPONENT
                && key.modulus().bitLength() > Byte.SIZE * LicenseKeys.PREMASTER_SIZE;
    }

    /** The facts, by name, in order. */
    public static Map<String, Object> facts(ServerCertificate certificate) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("certificate", certificate instanceof ServerCertificate.Proprietary ? "proprietary" : "X.509");
        facts.put("keyBits", certificate.publicKey().modulus().bitLength());
        facts.put("temporary", (certificate.version() & ServerCertificate.TEMPORARY) != 0);
        if (certificate instanceof ServerCertificate.X509Chain chain) {
            facts.putAll(chain(chain.certificates()));
        } else if (certificate instanceof ServerCertificate.Proprietary own) {
            facts.put("signature", TerminalServicesKey.signed(own) ? "the published key's" : "not the published key's");
        }
        return facts;
    }

    /** The names from the first certificate to the server's own, and whether each issued the next. */
    private static Map<String, Object> chain(List<Bytes> certificates) {
        List<String> names = new ArrayList<>();
        boolean linked = true;
        X500Name issuer = null;
        try {
            for (Bytes octets : certificates) {
                Certificate one = Certificate.getInstance(octets.toArray());
                linked &= issuer == null || issuer.equals(one.getIssuer());
                issuer = one.getSubject();
                names.add(issuer.toString());
            }
        } catch (RuntimeException unreadable) { // the parser throws more kinds of it than it says
            return Map.of("chain", "unreadable behind " + names, "chainLinked", false);
        }
        return Map.of("chain", String.join(" > ", names), "chainLinked", linked);
    }
}
