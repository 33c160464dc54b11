package porthole.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The benchmarks themselves, run for a moment with JMH's profiler of what is allocated. */
class GcProfileTest {
    /** Octets for a frame: no object is smaller. */
    private static final double FOR_A_FRAME = 16;
    /** What JMH itself allocates while it measures: a few kilobytes, other threads' included. */
    private static final double OF_THE_HARNESS = 32_768;

    private static final int MILLISECONDS = 150;

    @Test
    void codecsAllocateNothing() throws RunnerException {
        assertNothingAllocated(
                "codec",
                Codecs.names().stream()
                        .filter(name -> !AllocationTest.decodesH264(name))
                        .toArray(String[]::new));
    }

    @Test
    void bulkCompressionAllocatesNothing() throws RunnerException {
        assertNothingAllocated("type", Bulk.names().toArray(String[]::new));
    }

    private static void assertNothingAllocated(String parameter, String[] names) throws RunnerException {
        String benchmark = parameter.equals("codec") ? "codec" : "bulk";
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(DecodeBenchmark.class.getName() + "." + benchmark + "$")
                        .param(parameter, names)
                        .addProfiler(GCProfiler.class)
                        .forks(0)
                        .warmupIterations(1)
                        .warmupTime(TimeValue.milliseconds(100))
                        .measurementIterations(1)
                        .measurementTime(TimeValue.milliseconds(MILLISECONDS))
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        assertThat(results.stream().map(result -> result.getParams().getParam(parameter)))
                .containsExactlyInAnyOrder(names);
        for (RunResult result : results) {
            double perSecond = result.getPrimaryResult().getScore(); // runs of the whole corpus
            double runs = Math.max(1, perSecond * MILLISECONDS / 1_000);
            double frames = score(result, "frames") / perSecond;
            assertThat(score(result, "gc.alloc.rate.norm"))
                    .as(result.getParams().getParam(parameter))
                    .isLessThan(FOR_A_FRAME * frames + OF_THE_HARNESS / runs);
        }
    }

    private static double score(RunResult result, String name) {
        return result.getSecondaryResults().get(name).getScore();
    }
}
