package porthole.transport.nla;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.security.spec.PSSParameterSpec;
import java.util.Locale;
import java.util.Optional;
import porthole.protocol.ntlm.Ntlm;
import porthole.protocol.wire.Bytes;

/** The tls-server-end-point binding of a host's certificate (RFC 5929 4.1), in the form that NTLM carries. */
public final class ChannelBindings {
    private static final Bytes NONE = Bytes.of(new byte[16]);

    private ChannelBindings() {}

    /** 16 octets; zeros where the certificate's signature has no digest to take. */
    public static Bytes of(X509Certificate certificate) {
        try {
            Optional<String> digest = digest(certificate);
            if (digest.isEmpty()) {
                return NONE;
            }
            byte[] hash = MessageDigest.getInstance(digest.get()).digest(certificate.getEncoded());
            return Ntlm.channelBindings(Bytes.of(hash));
        } catch (GeneralSecurityException | IOException e) {
            return NONE; // a binding that cannot be computed is one that is not claimed
        }
    }

    private static Optional<String> digest(X509Certificate certificate) throws GeneralSecurityException, IOException {
        String name = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        if (name.equals("RSASSA-PSS") && certificate.getSigAlgParams() != null) {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("RSASSA-PSS");
            parameters.init(certificate.getSigAlgParams());
            name = parameters
                            .getParameterSpec(PSSParameterSpec.class)
                            .getDigestAlgorithm()
                            .replace("-", "")
                    + "WITHPSS";
        }
        int with = name.indexOf("WITH");
        return switch (with < 0 ? "" : name.substring(0, with)) {
            case "MD5", "SHA1", "SHA", "SHA256" -> Optional.of("SHA-256");
            case "SHA384" -> Optional.of("SHA-384");
            case "SHA512" -> Optional.of("SHA-512");
            default -> Optional.empty();
        };
    }
}
