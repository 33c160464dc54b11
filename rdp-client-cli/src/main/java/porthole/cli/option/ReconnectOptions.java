package porthole.cli.option;

import java.time.Duration;
import picocli.CommandLine.Option;
import porthole.cli.base.Surroundings;
import porthole.cli.rdpfile.RdpFile;
import porthole.client.ReconnectPolicy;

/** Whether and how a session is restored when the line is cut. */
public final class ReconnectOptions {
    /** What Microsoft's client does for a file that asks for it. */
    private static final int ATTEMPTS_OF_A_FILE = 20;

    private static final Duration WITHIN = Duration.ofMinutes(2);

    @Option(
            names = "--reconnect",
            paramLabel = "N",
            description =
                    "Restore the session when the line is cut, in up to N attempts, with growing pauses; a host that says "
                            + "why it ends a session is believed (default: 0, or 20 where the .rdp file enables it).")
    String attempts;

    @Option(
            names = "--reconnect-timeout",
            paramLabel = "TIME",
            description = "Begin no attempt later than that after the loss (default: 2m).")
    String timeout;

    /** The policy of the options, the environment and the file. */
    public ReconnectPolicy policy(Surroundings surroundings, RdpFile file) {
        String wanted = HostOptions.value(attempts, surroundings, "PORTHOLE_RECONNECT")
                .or(() -> file.autoReconnection()
                        .filter(Boolean::booleanValue)
                        .map(yes -> Integer.toString(file.reconnectionAttempts().orElse(ATTEMPTS_OF_A_FILE))))
                .orElse("0");
        Duration within = timeout == null ? WITHIN : Values.duration(timeout);
        return ReconnectPolicy.of((int) Values.number("--reconnect", wanted, 0, 1000), within);
    }
}
