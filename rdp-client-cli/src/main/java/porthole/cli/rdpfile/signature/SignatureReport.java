package porthole.cli.rdpfile.signature;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import porthole.cli.rdpfile.RdpLine;
import porthole.transport.CertificateHashes;

/**
 * What a file's signature says.
 *
 * @param why in words
 * @param signer who signed, where that can be told
 * @param digest the hash algorithm of the signature; empty where it cannot be told
 * @param signed the lines that are covered
 * @param outside lines that matter and are not covered
 */
public record SignatureReport(
        State state,
        String why,
        Optional<X509Certificate> signer,
        String digest,
        List<RdpLine> signed,
        List<RdpLine> outside) {
    /** From bad to good. */
    public enum State {
        /** The file was changed, or its signature was. */
        ALTERED("altered"),
        /** The signature cannot be read. */
        MALFORMED("malformed"),
        /** The signature is right, but nobody who is trusted vouches for the signer. */
        UNTRUSTED("untrusted"),
        /** There is no signature. */
        UNSIGNED("unsigned"),
        /** The signature is right and its signer trusted. */
        VALID("valid");

        private final String label;

        State(String label) {
            this.label = label;
        }

        /** The word for people and programs. */
        public String label() {
            return label;
        }
    }

    public SignatureReport {
        signed = List.copyOf(signed);
        outside = List.copyOf(outside);
    }

    static SignatureReport without(State state, String why) {
        return new SignatureReport(state, why, Optional.empty(), "", List.of(), List.of());
    }

    /** Whether every line that matters is as somebody trusted wrote it. */
    public boolean isTrusted() {
        return state == State.VALID && outside.isEmpty();
    }

    /** The hashes of the signer's certificate and of its public key; empty where nobody can be named. */
    public Optional<String> signerHashes() {
        try {
            return signer.isEmpty()
                    ? Optional.empty()
                    : Optional.of(CertificateHashes.of(signer.get()).toString());
        } catch (CertificateException e) {
            return Optional.empty();
        }
    }

    /** The name of the signer; empty where nobody can be named. */
    public String signerName() {
        return signer.map(certificate -> certificate.getSubjectX500Principal().getName())
                .orElse("");
    }
}
