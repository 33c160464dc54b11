package porthole.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Codecs, bulk compression and whole sessions on the corpus, in megapixels and compressed megabytes a second. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class DecodeBenchmark {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** What JMH reports beside the runs of the whole corpus. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Rates {
        public double megapixels;
        public double compressedMB;
        public double frames;
        /** Processor time: on a busy machine less than a second in a second. */
        public double cpuSeconds;
        /** Octets that the thread allocated; the profiler's number has the harness's own in it. */
        public double allocated;

        void run(Workload done) {
            long thread = Thread.currentThread().getId();
            long octetsBefore = THREADS.getThreadAllocatedBytes(thread);
            long before = THREADS.getCurrentThreadCpuTime();
            done.run();
            cpuSeconds += (THREADS.getCurrentThreadCpuTime() - before) / 1e9;
            allocated += THREADS.getThreadAllocatedBytes(thread) - octetsBefore;
            megapixels += done.pixels() / 1e6;
            compressedMB += done.octets() / 1e6;
            frames += done.frames();
        }
    }

    /** The bitmap codecs. */
    @State(Scope.Thread)
    public static class Codec extends Prepared {
        @Param({
            "avc420",
            "avc420-colors",
            "avc444",
            "avc444-colors",
            "clearcodec",
            "interleaved-15",
            "interleaved-16",
            "interleaved-24",
            "interleaved-8",
            "nscodec",
            "planar",
            "planar-gfx",
            "progressive",
            "progressive-upgrades",
            "remotefx-rlgr1",
            "remotefx-rlgr3",
            "remotefx-surface-commands",
            "uncompressed"
        })
        public String codec;

        @Setup(Level.Trial)
        public void prepare() {
            workload = Codecs.of(codec);
        }
    }

    /** Bulk compression. */
    @State(Scope.Thread)
    public static class Compression extends Prepared {
        @Param({"mppc-64k", "mppc-8k", "ncrush", "xcrush", "zgfx", "zgfx-stored"})
        public String type;

        @Setup(Level.Trial)
        public void prepare() {
            workload = Bulk.of(type);
        }
    }

    /** Whole sessions. */
    @State(Scope.Thread)
    public static class Session extends Prepared {
        @Param({
            "freerdp-gfx-shadow/gfx-progressive",
            "freerdp-gfx-shadow/gfx-rfx",
            "freerdp-gfx-shadow/gfx-planar",
            "freerdp-gfx-shadow/gfx-avc420",
            "freerdp-gfx-shadow/bitmap-16",
            "freerdp-gfx-shadow/nsc",
            "freerdp-tls-xrdp/bpp32-photo"
        })
        public String recording;

        @Setup(Level.Trial)
        public void prepare() {
            workload = Sessions.of(recording);
        }
    }

    /** A workload that is closed at the end. */
    @State(Scope.Thread)
    public abstract static class Prepared {
        Workload workload;

        @TearDown(Level.Trial)
        public void close() {
            workload.close();
        }
    }

    @Benchmark
    public void codec(Codec prepared, Rates rates) {
        rates.run(prepared.workload);
    }

    @Benchmark
    public void bulk(Compression prepared, Rates rates) {
        rates.run(prepared.workload);
    }

    @Benchmark
    public void session(Session prepared, Rates rates) {
        rates.run(prepared.workload);
    }
}
