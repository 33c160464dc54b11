package porthole.cli.option;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine.Option;
import porthole.cli.base.Surroundings;
import porthole.cli.base.UsageException;
import porthole.cli.output.Output;
import porthole.client.RdpClient;
import porthole.transport.tls.TlsEngines;
import porthole.transport.tls.TlsKeyLog;

/** Which TLS engine a client uses, and whether its secrets are logged for Wireshark. */
public final class TlsEngineOptions {
    /** As browsers and curl have it. */
    private static final String KEY_LOG = "SSLKEYLOGFILE";

    @Option(
            names = "--tls-provider",
            paramLabel = "jdk|bc",
            description =
                    "The TLS engine: the JDK's, or Bouncy Castle's (default: jdk; bc where SSLKEYLOGFILE is set, which "
                            + "only bc can follow).")
    String tlsProvider;

    /** A client with this engine and one event loop; says so where secrets go into a file. */
    public RdpClient client(Surroundings surroundings) {
        Optional<String> chosen = HostOptions.value(tlsProvider, surroundings, "PORTHOLE_TLS_PROVIDER");
        Optional<String> file = HostOptions.value(null, surroundings, KEY_LOG);
        TlsEngines engine = chosen.map(word -> Values.word(TlsEngines.class, "--tls-provider", word))
                .orElse(file.isPresent() ? TlsEngines.BC : TlsEngines.JDK);
        if (engine == TlsEngines.BC) {
            BouncyCastleLog.LOGGER.setLevel(Level.SEVERE);
        }
        Output output = new Output(surroundings, false);
        if (file.isPresent() && engine != TlsEngines.BC) {
            output.say("porthole: " + KEY_LOG + " is not followed: that needs --tls-provider bc");
        } else if (file.isPresent()) {
            output.say("porthole: " + KEY_LOG + " is set: TLS by Bouncy Castle, and whoever reads " + file.get()
                    + " can decrypt this session");
            return new RdpClient(engine, 1, Optional.of(keyLog(file.get())));
        }
        return new RdpClient(engine, 1);
    }

    private static TlsKeyLog keyLog(String file) {
        try {
            return TlsKeyLog.open(Path.of(file));
        } catch (IOException e) {
            throw new UsageException(KEY_LOG + ": cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /** Bouncy Castle tells about each security property as it loads; loaded itself only where that engine is used. */
    private static final class BouncyCastleLog {
        /** Kept here, as the log manager would forget it and with it the level. */
        static final Logger LOGGER = Logger.getLogger("org.bouncycastle");
    }
}
