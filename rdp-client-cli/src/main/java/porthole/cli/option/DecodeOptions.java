package porthole.cli.option;

import picocli.CommandLine.Option;
import porthole.cli.base.Surroundings;
import porthole.client.SessionOptions;

/** How pictures are decoded. */
public final class DecodeOptions {
    @Option(
            names = "--decode-threads",
            paramLabel = "N",
            description = "Decode the tiles of a RemoteFX or progressive frame with N threads, 1 to 16 (default: 1).")
    String threads;

    /** The number of threads of the option or the environment. */
    public int threads(Surroundings surroundings) {
        return HostOptions.value(threads, surroundings, "PORTHOLE_DECODE_THREADS")
                .map(text -> (int) Values.number("--decode-threads", text, 1, SessionOptions.MOST_DECODE_THREADS))
                .orElse(SessionOptions.DEFAULT.decodeThreads());
    }
}
