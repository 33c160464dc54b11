package porthole.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import porthole.client.capture.Capture;
import porthole.client.replay.Replay;
import porthole.client.replay.ReplayOptions;

/**
 * Replays a capture again and again in one process and prints the processor time of one repetition once the JVM is warm, in
 * milliseconds: user and system time of all threads, the JIT compiler's and the collector's included.
 */
public final class ReplayBench {
    private static final double MEASURED = 2;

    private ReplayBench() {}

    /** @param arguments the capture, and for how many seconds of processor time it is replayed before anything is measured */
    public static void main(String[] arguments) throws IOException {
        Capture capture = Capture.open(Path.of(arguments[0]));
        replayed(capture, Double.parseDouble(arguments[1]));
        System.out.printf("%.1f%n", replayed(capture, MEASURED));
    }

    /** Milliseconds of one of the repetitions that fill so many seconds: the JVM counts in steps of 10 ms. */
    private static double replayed(Capture capture, double seconds) {
        OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long begin = process.getProcessCpuTime();
        long used;
        int repetitions = 0;
        do {
            Replay.run(capture, ReplayOptions.DEFAULT.withoutMessages());
            repetitions++;
            used = process.getProcessCpuTime() - begin;
        } while (used < seconds * 1e9);
        return used / 1e6 / repetitions;
    }
}
