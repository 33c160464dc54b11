package porthole.cli.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import porthole.cli.base.UsageException;
import porthole.cli.output.WholeFile;
import porthole.cli.rdpfile.RdpDocument;
import porthole.cli.rdpfile.RdpKey;
import porthole.cli.rdpfile.lint.Finding;
import porthole.cli.rdpfile.lint.RdpLint;
import porthole.cli.rdpfile.signature.SignerTrust;
import porthole.client.support.SupportBundle;
import porthole.graphics.h264.H264Decoder;

/** Whether what a command sees is kept for somebody who helps. */
public final class SupportOptions {
    @Option(
            names = "--support-bundle",
            paramLabel = "F.zip",
            description =
                    "Write there what somebody needs who helps: a recording that replay, decode and explain read, stages, "
                            + "findings, certificates, versions. Without secrets and names; mode 0600; after success and failure.")
    private Path file;

    private SupportBundle bundle;

    /** The bundle, where one is wanted; begins it. */
    public Optional<SupportBundle> begin(CommandSpec command) {
        if (file == null) {
            return Optional.empty();
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(file)) {
            throw new UsageException("--support-bundle: " + file + " cannot be written: "
                    + (Files.isDirectory(file) ? "it is a folder" : "there is no such folder"));
        }
        bundle = new SupportBundle(command.name());
        ParseResult line = command.commandLine().getParseResult();
        String version = SupportOptions.class.getPackage().getImplementationVersion();
        bundle.about("porthole", version == null ? "(development)" : version);
        bundle.about("java", Runtime.version().toString());
        bundle.about("vm", System.getProperty("java.vm.name") + ", " + System.getProperty("java.vm.vendor"));
        bundle.about(
                "os",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
        bundle.about("processors", Runtime.getRuntime().availableProcessors());
        bundle.about("h264", decoders());
        bundle.about("options", OptionsUsed.of(line));
        return Optional.of(bundle);
    }

    private static List<String> decoders() {
        return ServiceLoader.load(H264Decoder.Provider.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparingInt(H264Decoder.Provider::preference)
                        .reversed())
                .map(provider -> provider.name() + (provider.isAvailable() ? "" : " (not on this machine)"))
                .toList();
    }

    /** Adds what is wrong with the connection file. */
    public void lint(Path rdpFile, SignerTrust signers) {
        if (bundle == null) {
            return;
        }
        bundle.linted();
        for (Finding finding : RdpLint.check(RdpDocument.read(rdpFile), signers)) {
            String key = RdpKey.named(finding.key()).isPresent() ? finding.key() : "";
            bundle.lint(finding.severity().label(), finding.line(), key, finding.code());
        }
    }

    /** Writes the bundle as a whole or not at all; for its owner only. */
    public void write(Optional<Integer> exitCode) throws IOException {
        if (bundle != null) {
            exitCode.ifPresent(code -> bundle.about("exitCode", code));
            WholeFile.writePrivate(file, bundle::writeTo);
        }
    }

    /** Where it is written, if it is wanted and has begun. */
    public Optional<Path> file() {
        return bundle == null ? Optional.empty() : Optional.of(file);
    }
}
