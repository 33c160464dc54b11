package porthole.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Decoding allocates nothing once its buffers are there, counted by the JVM; {@link GcProfileTest} lets JMH say it, too. */
class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int RUNS = 3;
    /** Octets for a frame: less than any object has, so nothing is allocated even for a message. */
    private static final long MOST = 16;
    /** The same of H.264, which describes some pictures in objects. */
    private static final long MOST_OF_H264 = 2_048;

    static Stream<String> codecs() {
        return Codecs.names().stream();
    }

    private static long most(String codec) {
        return decodesH264(codec) ? MOST_OF_H264 : MOST;
    }

    static boolean decodesH264(String codec) {
        return codec.equals("avc420") || codec.equals("avc444");
    }

    static Stream<String> bulk() {
        return Bulk.names().stream();
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void nothingForATileOrAFrame(String name) {
        try (Workload workload = Codecs.of(name)) {
            assertThat(allocated(workload)).isLessThan(most(name) * workload.frames() * RUNS);
        }
    }

    @ParameterizedTest
    @MethodSource("bulk")
    void nothingForAMessage(String name) {
        try (Workload workload = Bulk.of(name)) {
            assertThat(allocated(workload)).isLessThan(MOST * workload.frames() * RUNS);
        }
    }

    /** Octets that the runs allocate after two that make the buffers. */
    private static long allocated(Workload workload) {
        workload.run();
        workload.run();
        long thread = Thread.currentThread().getId();
        long before = THREADS.getThreadAllocatedBytes(thread);
        for (int i = 0; i < RUNS; i++) {
            workload.run();
        }
        return Math.max(0, THREADS.getThreadAllocatedBytes(thread) - before);
    }
}
