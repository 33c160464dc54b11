package porthole.cli.rdpfile.lint;

import static porthole.cli.rdpfile.lint.Finding.Severity.ERROR;
import static porthole.cli.rdpfile.lint.Finding.Severity.NOTE;
import static porthole.cli.rdpfile.lint.Finding.Severity.WARNING;

import java.util.List;
import porthole.cli.rdpfile.RdpDocument;
import porthole.cli.rdpfile.RdpLine;
import porthole.cli.rdpfile.signature.RdpSignature;
import porthole.cli.rdpfile.signature.SignatureReport;
import porthole.cli.rdpfile.signature.SignerTrust;

/** All checks of a connection file. */
public final class RdpLint {
    private RdpLint() {}

    /** What there is to know, in the order of the file. */
    public static List<Finding> check(RdpDocument document, SignerTrust trust) {
        Findings findings = new Findings();
        new LineChecks(findings).check(document);
        new FileChecks(document, findings).check();
        signature(document, RdpSignature.verify(document, trust), findings);
        return findings.sorted();
    }

    private static void signature(RdpDocument document, SignatureReport report, Findings findings) {
        Finding.Severity severity = switch (report.state()) {
            case ALTERED, MALFORMED -> ERROR;
            case UNTRUSTED -> WARNING;
            case UNSIGNED, VALID -> NOTE;
        };
        String signer = report.signerName().isEmpty() ? "" : " (" + report.signerName() + ")";
        String code = "signature-" + report.state().label();
        document.line("signature")
                .ifPresentOrElse(
                        line -> findings.at(severity, line, 1, code, report.why() + signer),
                        () -> findings.file(severity, "signature", code, report.why() + signer));
        for (RdpLine line : report.outside()) {
            findings.at(WARNING, line, 1, "unsigned-setting", "'" + line.shown() + "' is not covered by the signature");
        }
    }
}
