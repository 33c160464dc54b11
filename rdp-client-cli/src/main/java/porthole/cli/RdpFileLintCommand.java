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
import porthole.cli.rdpfile.lint.Finding;
import porthole.cli.rdpfile.lint.Finding.Severity;
import porthole.cli.rdpfile.lint.RdpLint;
import porthole.cli.rdpfile.signature.SignerTrust;

/** Prints what is wrong or dangerous in connection files. */
@Command(
        name = "lint",
        sortOptions = false,
        description =
                "Say what is wrong or dangerous in .rdp files: types, ranges, repeated and unknown keys, credentials,"
                        + " redirections, gateway, sign-in, signature.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  porthole rdp-file lint office.rdp",
            "  porthole rdp-file lint --json *.rdp",
            "",
            "The exit code is that of the worst finding: 0 for notes, 32 for a warning, 33 for an error."
        })
final class RdpFileLintCommand extends PortholeCommand {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Connection files.")
    private List<Path> files;

    @Mixin
    private SignerOptions signerOptions;

    @Override
    ExitCode run() {
        SignerTrust trust = signerOptions.trust(surroundings());
        Severity worst = Severity.NOTE;
        for (Path file : files) {
            for (Finding finding : RdpLint.check(RdpDocument.read(file), trust)) {
                print(file, finding);
                worst = finding.severity().compareTo(worst) > 0 ? finding.severity() : worst;
            }
        }
        return switch (worst) {
            case NOTE -> ExitCode.OK;
            case WARNING -> ExitCode.FILE_WARNING;
            case ERROR -> ExitCode.FILE_ERROR;
        };
    }

    private void print(Path file, Finding finding) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("file", file.toString());
        object.put("severity", finding.severity().label());
        object.put("line", finding.line() == 0 ? null : finding.line());
        object.put("column", finding.column() == 0 ? null : finding.column());
        object.put("key", finding.key().isEmpty() ? null : finding.key());
        object.put("code", finding.code());
        object.put("text", finding.text());
        String place = finding.line() == 0 ? "" : finding.line() + ":" + finding.column() + ":";
        output().data(
                        String.format(
                                "%s:%s %s: %s [%s]",
                                file, place, finding.severity().label(), finding.text(), finding.code()),
                        object);
    }
}
