package porthole.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import porthole.fixtures.Direction;
import porthole.fixtures.Fixtures;
import porthole.fixtures.OrdinaryHost;
import porthole.fixtures.Recording;
import porthole.fixtures.Script;
import porthole.fixtures.ScriptedHost;
import porthole.fixtures.ServerMessages;
import porthole.graphics.picture.PixelRect;

/** Whatever a session took is given back when it is over, in whichever way it ends. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class SessionResourcesTest {
    private static final int DECODE_THREADS = 4;
    private static final int SESSIONS = 50;
    private static final int WARM = 10;
    /** Of memory that is in use for other reasons from time to time; a leaked session has a framebuffer of 1.2 MB. */
    private static final long ALLOWANCE = 12 << 20;

    /** RemoteFX frames of several tiles, as surface commands. */
    private static List<byte[]> frames;

    private final RdpClient client = new RdpClient();

    private enum Ending {
        LEFT,
        LEFT_IN_THE_MIDDLE,
        CLOSED,
        CUT_IN_A_FRAME,
        MALFORMED,
        CLIENT_CLOSED;

        Script after(Script frames) {
            byte[] frame = SessionResourcesTest.frames.get(0);
            return switch (this) {
                case LEFT, CLIENT_CLOSED -> frames.stall();
                case LEFT_IN_THE_MIDDLE ->
                    frames.repeat(4, frames)
                            .send(Arrays.copyOf(frame, frame.length / 2))
                            .stall();
                case CLOSED -> frames.close();
                case CUT_IN_A_FRAME ->
                    frames.send(Arrays.copyOf(frame, frame.length / 2)).cut();
                case MALFORMED -> frames.send(ServerMessages.fastPath(4, new byte[] {1, 0, 0, 0}));
            };
        }
    }

    @BeforeAll
    static void read() {
        Recording recording = Fixtures.recording("weston-rdp/tls-rfx");
        frames = recording.rows().stream()
                .filter(row -> row.dir() == Direction.S2C && row.frame().equals("fastpath"))
                .map(recording::pdu)
                .filter(frame -> frame.length > 1000)
                .limit(8)
                .toList();
    }

    @AfterEach
    void close() {
        client.close();
    }

    private static Script drawing() {
        Script script = Script.EMPTY;
        for (byte[] frame : frames) {
            script = script.send(frame);
        }
        return script;
    }

    private static Script host(Script active) {
        return OrdinaryHost.tls().session(active).script();
    }

    private RdpSession connect(ScriptedHost host, SessionListener listener) throws Exception {
        SessionOptions options =
                SessionOptions.DEFAULT.withDecodeThreads(DECODE_THREADS).withListener(listener);
        return client.connect(RdpClientTest.spec(host.port()), options).get(30, TimeUnit.SECONDS);
    }

    /** Threads that decode tiles now. */
    private static List<Thread> tileThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("porthole-tiles-"))
                .toList();
    }

    private static void awaitEndOf(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(20));
            assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        }
    }

    /** Runs one session to its end; nothing but the reference is left of it. */
    private WeakReference<RdpSession> run(ScriptedHost host, Ending ending) throws Exception {
        RdpSession session = connect(host, SessionListener.NONE);
        session.firstFrame().get(30, TimeUnit.SECONDS);
        switch (ending) {
            case LEFT, LEFT_IN_THE_MIDDLE -> session.disconnect("tested").get(30, TimeUnit.SECONDS);
            case CLIENT_CLOSED -> client.close();
            default -> {}
        }
        session.ended().get(30, TimeUnit.SECONDS);
        return new WeakReference<>(session);
    }

    @ParameterizedTest
    @EnumSource
    void decodeThreadsEndWithTheSessionAndItsMemoryIsFree(Ending ending) throws Exception {
        awaitEndOf(tileThreads());
        WeakReference<RdpSession> left;
        try (ScriptedHost host = ScriptedHost.playing(host(ending.after(drawing())))) {
            left = run(host, ending);
        }
        awaitEndOf(tileThreads());
        awaitCollected(left);
    }

    @Test
    void decodeThreadsAreThereWhileTheSessionLasts() throws Exception {
        awaitEndOf(tileThreads());
        try (ScriptedHost host = ScriptedHost.playing(host(drawing().stall()))) {
            RdpSession session = connect(host, SessionListener.NONE);
            session.firstFrame().get(30, TimeUnit.SECONDS);
            List<Thread> threads = tileThreads();
            for (int i = 0; threads.size() < DECODE_THREADS - 1 && i < 200; i++) {
                Thread.sleep(50);
                threads = tileThreads();
            }
            assertThat(threads).hasSize(DECODE_THREADS - 1).allMatch(Thread::isDaemon);
            session.disconnect("tested").get(30, TimeUnit.SECONDS);
            awaitEndOf(threads);
        }
    }

    private static void awaitCollected(WeakReference<?> reference) throws InterruptedException {
        for (int i = 0; i < 200 && reference.get() != null; i++) {
            System.gc();
            Thread.sleep(20);
        }
        assertThat(reference.get()).isNull();
    }

    private static long heap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static long buffers() {
        ByteBufAllocatorMetric metric = ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric();
        return metric.usedDirectMemory() + metric.usedHeapMemory();
    }

    private static String threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("porthole"))
                .map(name -> name.replaceAll("\\d+$", ""))
                .distinct()
                .sorted()
                .collect(Collectors.joining(" "));
    }

    @Test
    void manySessionsOneAfterTheOtherTakeNoMoreThanAFew() throws Exception {
        PrintStream standardError = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try (ScriptedHost host = ScriptedHost.playing(
                Stream.generate(() -> host(Script.EMPTY.send(frames.get(0)).expectEnd()))
                        .limit(SESSIONS)
                        .toArray(Script[]::new))) {
            long heap = 0;
            long buffers = 0;
            String threads = "";
            for (int i = 0; i < SESSIONS; i++) {
                run(host, Ending.LEFT);
                if (i == WARM) {
                    awaitEndOf(tileThreads());
                    heap = heap();
                    buffers = buffers();
                    threads = threads();
                }
            }
            awaitEndOf(tileThreads());
            assertThat(threads()).isEqualTo(threads);
            assertThat(heap()).isLessThan(heap + ALLOWANCE);
            assertThat(buffers()).isLessThan(buffers + ALLOWANCE);
            ByteBufAllocator.DEFAULT
                    .buffer()
                    .release(); // tells of buffers that were collected before they were released
        } finally {
            System.setErr(standardError);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).doesNotContain("LEAK");
    }

    /** A consumer that hangs in the middle of a frame: the host has to wait, and goes on afterwards. */
    @Test
    void whoDoesNotReadStopsTheHostRatherThanFillingTheMemory() throws Exception {
        byte[] frame = ServerMessages.filledRectangle(0, 0, 64, 48, 0xF800);
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch hanging = new CountDownLatch(1);
        SessionListener listener = new SessionListener() {
            @Override
            public void painted(long number, List<PixelRect> rects) {
                hanging.countDown();
                await(goOn);
            }
        };
        Script flood = Script.EMPTY.repeat(100, Script.EMPTY.repeat(100, Script.EMPTY.send(frame))); // 61 MB
        try (ScriptedHost host = ScriptedHost.playing(host(flood.stall()))) {
            RdpSession session = connect(host, listener);
            long before = heap() + buffers();
            await(hanging);
            long after = before;
            for (long last = -1; after != last; ) {
                last = after;
                Thread.sleep(300);
                after = heap() + buffers();
                after = Math.abs(after - last) < 1 << 20 ? last : after; // until nothing more arrives
            }
            assertThat(after - before).isLessThan(32 << 20);
            goOn.countDown();
            long painted = session.frames();
            session.nextFrame(Duration.ofSeconds(30)).get(30, TimeUnit.SECONDS);
            assertThat(session.frames()).isGreaterThan(painted);
            session.disconnect("tested").get(30, TimeUnit.SECONDS);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
