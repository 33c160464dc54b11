package porthole.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import porthole.client.capture.Capture;
import porthole.client.replay.Replay;
import porthole.client.replay.ReplayOptions;

/**
 * Replays a capture again and again in one process and prints the processor time of one repetition once the JVM is warm, in
 * milliseconds: user and system time of all threads, the JIT compiler's and the collector's included.
 */
public final class ReplayBench {
    private ReplayBench() {}

    /** @param arguments the capture, and how many repetitions to print the median of; as many, at least 10 s, come before */
    public static void main(String[] arguments) throws IOException {
        Capture capture = Capture.open(Path.of(arguments[0]));
        int repetitions = Integer.parseInt(arguments[1]);
        double seconds = Double.parseDouble(arguments[2]);
        OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long warm = process.getProcessCpuTime() + (long) (seconds * 1e9);
        for (int i = 0; i < repetitions || process.getProcessCpuTime() < warm; i++) {
            Replay.run(capture, ReplayOptions.DEFAULT.withoutMessages());
        }
        long[] times = new long[repetitions];
        for (int i = 0; i < repetitions; i++) {
            long before = process.getProcessCpuTime();
            Replay.run(capture, ReplayOptions.DEFAULT.withoutMessages());
            times[i] = process.getProcessCpuTime() - before;
        }
        Arrays.sort(times);
        System.out.printf("%.1f%n", times[repetitions / 2] / 1e6);
    }
}
