package porthole.cli.rdpfile.signature;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignerDigestMismatchException;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.DefaultAlgorithmNameFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.util.Selector;
import porthole.cli.rdpfile.RdpDocument;
import porthole.cli.rdpfile.RdpLine;

/** Verifies {@code signature} and {@code signscope}, which rdpsign writes into a file. */
public final class RdpSignature {
    private static final Set<String> BROKEN_DIGESTS = Set.of("MD2", "MD4", "MD5", "SHA1", "SHA-1");

    private RdpSignature() {}

    /** Judges the signature of a file; a file without one is {@link SignatureReport.State#UNSIGNED}. */
    public static SignatureReport verify(RdpDocument document, SignerTrust trust) {
        Optional<RdpLine> signature = document.line("signature");
        Optional<RdpLine> signscope = document.line("signscope");
        if (signature.isEmpty() && signscope.isEmpty()) {
            return SignatureReport.without(SignatureReport.State.UNSIGNED, "the file has no signature");
        }
        if (signature.isEmpty() || signscope.isEmpty()) {
            String missing = signature.isEmpty() ? "signature" : "signscope";
            return SignatureReport.without(SignatureReport.State.MALFORMED, "the file has no '" + missing + "'");
        }
        if (document.settings("signature").size() > 1
                || document.settings("signscope").size() > 1) {
            return SignatureReport.without(SignatureReport.State.MALFORMED, "the file has two signatures");
        }
        SignedScope scope = SignedScope.of(document, signscope.get().value());
        try {
            return judge(scope, SignatureBlob.der(signature.get().value()), trust);
        } catch (SignatureBlob.Malformed e) {
            return report(SignatureReport.State.MALFORMED, "the signature cannot be read: " + e.getMessage(), scope);
        }
    }

    private static SignatureReport judge(SignedScope scope, byte[] der, SignerTrust trust)
            throws SignatureBlob.Malformed {
        CMSSignedData data;
        SignerInformation signer;
        List<X509Certificate> certificates = new ArrayList<>();
        X509Certificate own;
        try {
            if (new CMSSignedData(der).getSignedContent() != null) {
                throw new SignatureBlob.Malformed("it carries a content of its own");
            }
            data = new CMSSignedData(new CMSProcessableByteArray(scope.message()), der);
            Collection<SignerInformation> signers = data.getSignerInfos().getSigners();
            if (signers.size() != 1) {
                throw new SignatureBlob.Malformed("it has " + signers.size() + " signers");
            }
            signer = signers.iterator().next();
            JcaX509CertificateConverter converter = new JcaX509CertificateConverter();
            for (X509CertificateHolder holder : data.getCertificates().getMatches(null)) {
                certificates.add(converter.getCertificate(holder));
            }
            own = converter.getCertificate(signerCertificate(data, signer));
        } catch (CMSException | CertificateException | RuntimeException e) {
            // the library answers broken DER with exceptions of many kinds
            throw new SignatureBlob.Malformed("it is no PKCS #7 signature: " + e.getMessage());
        }
        String digest = digest(signer);
        if (!matches(signer, own)) {
            return new SignatureReport(
                    SignatureReport.State.ALTERED,
                    scope.absent().isEmpty()
                            ? "the signed lines are not those that " + own.getSubjectX500Principal() + " signed"
                            : "lines that were signed are missing: " + String.join(", ", scope.absent()),
                    Optional.of(own),
                    digest,
                    scope.lines(),
                    scope.outside());
        }
        Optional<String> objection = BROKEN_DIGESTS.contains(digest)
                ? Optional.of("the signature uses " + digest + ", which can be forged")
                : trust.objection(own, certificates);
        return new SignatureReport(
                objection.isPresent() ? SignatureReport.State.UNTRUSTED : SignatureReport.State.VALID,
                objection.orElse("the signature is right and the signer is trusted"),
                Optional.of(own),
                digest,
                scope.lines(),
                scope.outside());
    }

    @SuppressWarnings("unchecked")
    private static X509CertificateHolder signerCertificate(CMSSignedData data, SignerInformation signer)
            throws SignatureBlob.Malformed {
        Collection<X509CertificateHolder> found =
                data.getCertificates().getMatches((Selector<X509CertificateHolder>) signer.getSID());
        if (found.isEmpty()) {
            throw new SignatureBlob.Malformed("its signer's certificate is missing");
        }
        return found.iterator().next();
    }

    private static boolean matches(SignerInformation signer, X509Certificate own) throws SignatureBlob.Malformed {
        try {
            return signer.verify(new JcaSimpleSignerInfoVerifierBuilder().build(own.getPublicKey()));
        } catch (CMSSignerDigestMismatchException e) {
            return false;
        } catch (CMSException | OperatorCreationException | RuntimeException e) {
            throw new SignatureBlob.Malformed("it cannot be checked: " + e.getMessage());
        }
    }

    private static String digest(SignerInformation signer) {
        return new DefaultAlgorithmNameFinder().getAlgorithmName(new ASN1ObjectIdentifier(signer.getDigestAlgOID()));
    }

    private static SignatureReport report(SignatureReport.State state, String why, SignedScope scope) {
        return new SignatureReport(state, why, Optional.empty(), "", scope.lines(), scope.outside());
    }
}
