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
    private static final int MOST_RUNS = 200;
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
            assertThat(leastAllocated(workload, most(name))).isLessThan(most(name));
        }
    }

    @ParameterizedTest
    @MethodSource("bulk")
    void nothingForAMessage(String name) {
        try (Workload workload = Bulk.of(name)) {
            assertThat(leastAllocated(workload, MOST)).isLessThan(MOST);
        }
    }

    /**
     * Octets that a frame allocates in the best run behind the one that makes the buffers: before the compiler is done, runs
     * allocate what it then finds to be needless. Ends with the first run below {@code enough}.
     */
    private static long leastAllocated(Workload workload, long enough) {
        long thread = Thread.currentThread().getId();
        workload.run();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < MOST_RUNS && least >= enough; i++) {
            long before = THREADS.getThreadAllocatedBytes(thread);
            workload.run();
            long allocated = Math.max(0, THREADS.getThreadAllocatedBytes(thread) - before);
            least = Math.min(least, allocated / workload.frames());
        }
        return least;
    }
}
