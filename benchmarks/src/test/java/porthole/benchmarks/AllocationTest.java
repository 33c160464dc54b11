package porthole.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What decoding allocates once its buffers are there, counted by the JVM. */
class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int RUNS = 3;
    /**
     * Octets for a frame: views of its message, and what lambdas take before they are compiled. A single tile has 16,384 octets of
     * pixels, and the number of tiles or matches in a frame goes into the hundreds.
     */
    private static final long MOST = 2_048;

    /** Rectangles of a picture's region, of which there are up to some hundred; a plane of the picture takes 921,600. */
    private static final long MOST_OF_H264 = 16_384;

    static Stream<String> codecs() {
        return Codecs.names().stream();
    }

    static Stream<String> bulk() {
        return Bulk.names().stream();
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void nothingForATileOrAFrame(String name) {
        try (Workload workload = Codecs.of(name)) {
            long most = name.startsWith("avc") ? MOST_OF_H264 : MOST;
            assertThat(allocated(workload)).isLessThan(most * workload.frames() * RUNS);
        }
    }

    @ParameterizedTest
    @MethodSource("bulk")
    void viewsOfAMessageAlone(String name) {
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
