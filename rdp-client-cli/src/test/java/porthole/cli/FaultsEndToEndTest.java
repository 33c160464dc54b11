package porthole.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import porthole.aad.PopKey;
import porthole.aad.RdpResource;
import porthole.aad.entra.EntraHttp;
import porthole.aad.rdsaad.RdsAadSecurityLayer;
import porthole.aad.rdsaad.RdsAadSettings;
import porthole.aad.signin.EndpointTokenSource;
import porthole.aad.verify.Expectations;
import porthole.client.RdpClient;
import porthole.client.RdpSession;
import porthole.host.RdpHost;
import porthole.host.RdpHostBuilder;
import porthole.host.entra.EntraAssertionCheck;
import porthole.host.entra.MockAuthority;
import porthole.host.entra.MockAuthoritySettings;
import porthole.host.fault.Fault;
import porthole.host.fault.Faults;
import porthole.host.nla.HostUser;
import porthole.host.nla.NlaHost;
import porthole.host.rdstls.RedirectionTickets;
import porthole.host.redirection.RedirectionBuilder;
import porthole.host.session.HostIdentity;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Stage;
import porthole.protocol.gcc.ServerSecurityData;
import porthole.protocol.wire.Bytes;
import porthole.transport.ConnectionSpec;
import porthole.transport.Credentials;
import porthole.transport.Deadlines;
import porthole.transport.Failures;
import porthole.transport.Secret;
import porthole.transport.SecurityLayer;
import porthole.transport.SessionEnd;
import porthole.transport.Target;
import porthole.transport.TlsSecurityLayer;
import porthole.transport.Trust;
import porthole.transport.nla.NlaSecurityLayer;
import porthole.transport.nla.NlaSettings;
import porthole.transport.rdstls.RdstlsSecurityLayer;
import porthole.transport.standard.StandardSecurityLayer;

/**
 * Every fault of the host against the client as it is embedded: stage, cause and exit code, in time, and nothing is left behind.
 *
 * <p>All run at the start, many at once, because those that stall take a whole deadline.
 */
class FaultsEndToEndTest {
    private static final int AT_ONCE = 16;
    private static final Duration PHASE = Duration.ofMillis(2500);
    private static final Duration TOTAL = Duration.ofSeconds(25);
    /** What the allocator keeps for later although nobody uses it: some chunks for each thread. */
    private static final long KEPT_OCTETS = 64L << 20;

    private static final Bytes GUID = Bytes.utf16le("guid\0");
    private static final RedirectionTickets TICKETS =
            new RedirectionTickets(Secret.of("shared"), new SecureRandom()::nextBytes);

    private record Outcome(String what, ExitCode code, Duration took) {}

    private static final Map<String, CompletableFuture<Outcome>> OUTCOMES = new LinkedHashMap<>();
    private static final List<String> LEAKS = new CopyOnWriteArrayList<>();
    private static final Pulse PULSE = new Pulse();
    private static HostIdentity identity;
    private static MockAuthority authority;
    private static EntraHttp http;
    private static SecurityLayer aad;
    private static ExecutorService runners;
    private static RdpClient client;
    private static long socketsBefore;
    private static long memoryBefore;

    @BeforeAll
    static void runAll() throws IOException {
        PULSE.start();
        ByteBufUtil.setLeakListener((resource, records) -> LEAKS.add(resource + " " + records));
        identity = HostIdentity.selfSigned("porthole.test", new SecureRandom());
        authority = MockAuthority.start(MockAuthoritySettings.defaults());
        http = EntraHttp.trusting(authority.clientTls(), TOTAL);
        Clock clock = Clock.systemUTC();
        SecureRandom random = new SecureRandom();
        aad = new RdsAadSecurityLayer(new RdsAadSettings(
                new EndpointTokenSource(authority.authority(), http, clock, random),
                Optional.of(PopKey.generate(random)),
                authority.authority(),
                http,
                clock,
                random));
        client = new RdpClient();
        runners = Executors.newFixedThreadPool(AT_ONCE);
        socketsBefore = sockets();
        memoryBefore = directMemory();
        for (Fault fault : Faults.list()) {
            OUTCOMES.put(fault.name(), CompletableFuture.supplyAsync(() -> measured(fault), runners));
        }
    }

    @AfterAll
    static void end() {
        ByteBufUtil.setLeakListener(null);
        PULSE.interrupt();
        runners.shutdownNow();
        client.close();
        http.close();
        authority.close();
    }

    /** A machine that stands still for a part of a deadline says nothing about the client: such a run is repeated. */
    private static Outcome measured(Fault fault) {
        Outcome outcome;
        long start;
        int runs = 0;
        do {
            start = System.nanoTime();
            outcome = outcome(fault);
        } while (PULSE.stoodStillSince(start) && ++runs < 3);
        return outcome;
    }

    /** Notices when this process got no processor for a while. */
    private static final class Pulse extends Thread {
        private static final long BEAT_MILLIS = 20;
        private static final long STILL_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
        private volatile long lastStill = Long.MIN_VALUE;

        Pulse() {
            super("pulse");
            setDaemon(true);
        }

        @Override
        public void run() {
            try {
                for (long before = System.nanoTime(); ; ) {
                    sleep(BEAT_MILLIS);
                    long now = System.nanoTime();
                    if (now - before > STILL_NANOS) {
                        lastStill = now;
                    }
                    before = now;
                }
            } catch (InterruptedException e) {
                currentThread().interrupt();
            }
        }

        boolean stoodStillSince(long start) {
            return lastStill != Long.MIN_VALUE && lastStill - start > 0;
        }
    }

    private static Outcome outcome(Fault fault) {
        RdpHostBuilder builder = RdpHost.builder()
                .certificate(identity.key(), identity.certificate())
                .faults(fault);
        RdpHostBuilder secured = switch (fault.needs()) {
            case Fault.AAD ->
                builder.aad(new EntraAssertionCheck(
                        Expectations.host(RdpResource.named("card"), authority.keys(), authority),
                        Clock.systemUTC(),
                        Runnable::run));
            case Fault.RDP -> builder.rdp(ServerSecurityData.LEVEL_HIGH);
            case Fault.NLA, Fault.NLA_EXT -> builder.nla(NlaHost.of(List.of(HostUser.of("alice", "x")), Runnable::run));
            case Fault.RDSTLS -> builder.rdstls(TICKETS);
            case Fault.REDIRECTING ->
                builder.tls()
                        .redirect(new RedirectionBuilder()
                                .address("127.0.0.1")
                                .fullName("porthole.test")
                                .certificate(Bytes.of(new byte[100]))
                                .build()
                                .orElseThrow());
            default -> builder.tls();
        };
        try (RdpHost host = secured.start()) {
            long start = System.nanoTime();
            String what = what(fault, specification(host, fault));
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            ExitCode code = what.equals("survived")
                    ? ExitCode.OK
                    : Stream.of(Stage.values())
                            .filter(stage -> what.startsWith(stage.label() + " "))
                            .map(ExitCode::of)
                            .findFirst()
                            .orElse(ExitCode.INTERNAL);
            return new Outcome(what, code, took);
        }
    }

    private static SecurityLayer layer(Fault fault) {
        NlaSettings nla = NlaSettings.of(Clock.systemUTC());
        return switch (fault.needs()) {
            case Fault.AAD -> aad;
            case Fault.RDP -> new StandardSecurityLayer();
            case Fault.NLA -> new NlaSecurityLayer(nla);
            case Fault.NLA_EXT -> new NlaSecurityLayer(nla.withEarlyAuthorization());
            case Fault.RDSTLS ->
                RdstlsSecurityLayer.redirected(
                        GUID, "alice", "LAB", TICKETS.blob(GUID, "alice", "LAB", Secret.of("x")));
            default -> new TlsSecurityLayer();
        };
    }

    private static ConnectionSpec specification(RdpHost host, Fault fault) {
        Target target = Target.of("127.0.0.1", host.port()).withEntraName("card");
        return ConnectionSpec.of(target, List.of(layer(fault)), new Trust.Pin(host.certificateSha256()))
                .withCredentials(new Credentials("alice", "", Secret.of("x")))
                .withDeadlines(new Deadlines(PHASE, PHASE, TOTAL));
    }

    /** {@code survived}, or stage and cause of the failure. */
    private static String what(Fault fault, ConnectionSpec spec) {
        RdpSession session;
        try {
            session = client.connect(spec).get(TOTAL.toSeconds() * 2, TimeUnit.SECONDS);
        } catch (Exception e) {
            return told(Failures.of(e.getCause() == null ? e : e.getCause()));
        }
        try {
            if (fault.survives()) {
                session.firstFrame().get(TOTAL.toSeconds(), TimeUnit.SECONDS);
                return session.ended().isDone() ? "ended" : "survived";
            }
            SessionEnd end = session.ended().get(TOTAL.toSeconds() * 2, TimeUnit.SECONDS);
            return end.failure().map(FaultsEndToEndTest::told).orElseGet(() -> "no failure: " + end.reason());
        } catch (Exception e) {
            return e.toString();
        } finally {
            session.disconnect("done").join();
        }
    }

    private static String told(RdpFailure failure) {
        return failure.report().stage() + " " + failure.report().cause();
    }

    @TestFactory
    Stream<DynamicTest> theClientSaysWhereAndWhy() {
        return Faults.list().stream()
                .map(fault -> DynamicTest.dynamicTest(fault.name(), () -> {
                    Outcome outcome = OUTCOMES.get(fault.name()).get(180, TimeUnit.SECONDS);
                    assertThat(outcome.what())
                            .isEqualTo(fault.expectedStage()
                                    .map(stage -> stage.label() + " " + fault.expectedCause())
                                    .orElse("survived"));
                    assertThat(outcome.code())
                            .isEqualTo(fault.expectedStage().map(ExitCode::of).orElse(ExitCode.OK));
                    assertThat(outcome.took()).isLessThan(TOTAL);
                }));
    }

    @Test
    void nothingIsLeftBehind() throws Exception {
        CompletableFuture.allOf(OUTCOMES.values().toArray(CompletableFuture[]::new))
                .get(180, TimeUnit.SECONDS);
        assertThat(settles(() -> sockets() <= socketsBefore + 4))
                .as("sockets before " + socketsBefore + ", now " + sockets())
                .isTrue();
        client.close();
        assertThat(settles(() -> threads("porthole-io", "porthole-work", "porthole-paint", "porthole-host-")
                        .isEmpty()))
                .as("threads " + threads("porthole-"))
                .isTrue();
        System.gc();
        ByteBufAllocator.DEFAULT.directBuffer().release(); // a lost buffer is reported when the next one is taken
        assertThat(LEAKS).isEmpty();
        assertThat(directMemory() - memoryBefore).isLessThan(KEPT_OCTETS);
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static boolean settles(Condition condition) throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.holds()) {
            if (System.nanoTime() > until) {
                return false;
            }
            Thread.sleep(20);
        }
        return true;
    }

    private static List<String> threads(String... prefixes) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> Stream.of(prefixes).anyMatch(name::startsWith))
                .toList();
    }

    private static long directMemory() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
    }

    /** Open sockets of this process, where the system tells. */
    private static long sockets() throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        assumeTrue(Files.isDirectory(descriptors));
        try (Stream<Path> all = Files.list(descriptors)) {
            return all.filter(FaultsEndToEndTest::isSocket).count();
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException e) {
            return false; // it was closed in the meantime
        }
    }
}
