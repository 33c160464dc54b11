package porthole.cli.option;

import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import picocli.CommandLine.Option;
import porthole.cli.base.Surroundings;
import porthole.transport.licensing.FileLicenseStore;
import porthole.transport.licensing.LicenseStore;

/** Where client access licences are kept that hosts issue. */
public final class LicenseOptions {
    private static final String NONE = "none";

    @Option(
            names = "--license-store",
            paramLabel = "DIR|none",
            description =
                    "Where licences that hosts issue are kept, to be shown again; none asks for a new one each time "
                            + "(default: ~/.config/porthole/licenses).")
    String folder;

    /**
     * The store, which makes its folder when it is needed.
     *
     * @param blocking where files are read and written
     * @param notes is told what is wrong with a file
     */
    public LicenseStore store(Surroundings surroundings, Executor blocking, Consumer<String> notes) {
        String wanted = HostOptions.value(folder, surroundings, "PORTHOLE_LICENSE_STORE")
                .orElse("");
        if (wanted.equals(NONE)) {
            return LicenseStore.NONE;
        }
        Path where = wanted.isEmpty()
                ? KnownHostsOptions.home(surroundings.environment()).resolve(".config/porthole/licenses")
                : Path.of(wanted);
        return new FileLicenseStore(where, blocking, notes);
    }
}
