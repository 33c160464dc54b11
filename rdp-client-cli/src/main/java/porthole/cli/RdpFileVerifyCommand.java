package porthole.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import porthole.cli.option.SignerOptions;
import porthole.cli.rdpfile.RdpDocument;
import porthole.cli.rdpfile.RdpLine;
import porthole.cli.rdpfile.signature.RdpSignature;
import porthole.cli.rdpfile.signature.SignatureReport;
import porthole.cli.rdpfile.signature.SignerTrust;

/** Verifies the signatures of connection files. */
@Command(
        name = "verify",
        sortOptions = false,
        description = "Verify the signature that rdpsign put into .rdp files: unaltered, a trusted signer, and every"
                + " setting that matters covered.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  porthole rdp-file verify office.rdp",
            "  porthole rdp-file verify --ca-file publisher.pem office.rdp",
            "",
            "The exit code is 0 only where all of that is so of every file, else 34."
        })
final class RdpFileVerifyCommand extends PortholeCommand {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Connection files.")
    private List<Path> files;

    @Mixin
    private SignerOptions signerOptions;

    @Override
    ExitCode run() {
        SignerTrust trust = signerOptions.trust(surroundings());
        ExitCode result = ExitCode.OK;
        for (Path file : files) {
            SignatureReport report = RdpSignature.verify(RdpDocument.read(file), trust);
            print(file, report);
            result = report.isTrusted() ? result : ExitCode.FILE_SIGNATURE;
        }
        return result;
    }

    private void print(Path file, SignatureReport report) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("file", file.toString());
        object.put("state", report.state().label());
        object.put("trusted", report.isTrusted());
        object.put("why", report.why());
        object.put("signer", report.signerName().isEmpty() ? null : report.signerName());
        object.put("certificate", report.signerHashes());
        object.put("digest", report.digest().isEmpty() ? null : report.digest());
        object.put("signed", RdpLine.shown(report.signed()));
        object.put("outside", RdpLine.shown(report.outside()));
        StringBuilder text = new StringBuilder();
        text.append(file)
                .append(": ")
                .append(report.state().label())
                .append(": ")
                .append(report.why());
        report.signerHashes()
                .ifPresent(hashes -> text.append("; signer ")
                        .append(report.signerName())
                        .append(", ")
                        .append(hashes)
                        .append(", ")
                        .append(report.digest()));
        if (!report.outside().isEmpty()) {
            text.append("; not covered: ").append(String.join(", ", RdpLine.shown(report.outside())));
        }
        output().data(text.toString(), object);
    }
}
