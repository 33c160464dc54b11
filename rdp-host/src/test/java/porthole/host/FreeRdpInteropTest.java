package porthole.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import porthole.aad.RdpResource;
import porthole.aad.verify.Expectations;
import porthole.fixtures.CuttingProxy;
import porthole.fixtures.peer.FreeRdpClient;
import porthole.fixtures.peer.Xvfb;
import porthole.host.card.TestCard;
import porthole.host.entra.EntraAssertionCheck;
import porthole.host.entra.MockAuthority;
import porthole.host.entra.MockAuthoritySettings;
import porthole.host.licensing.HostLicensing;
import porthole.host.session.HostEvent;

/** FreeRDP logs in to this host and shows its test card; version 3 signs in with Entra ID, too. */
@Tag("interop")
@Execution(ExecutionMode.CONCURRENT)
class FreeRdpInteropTest {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    @ParameterizedTest
    @CsvSource({"2,16", "2,24", "2,32", "3,16", "3,32"})
    void seesTheTestCardOverTls(int version, int depth) throws Exception {
        try (RdpHost host = RdpHost.builder().tls().start();
                Xvfb display = Xvfb.start(WIDTH, HEIGHT)) {
            String[] arguments = {
                "/v:127.0.0.1:" + host.port(),
                "/u:alice",
                "/p:x",
                "/sec:tls",
                "/size:" + WIDTH + "x" + HEIGHT,
                "/bpp:" + depth
            };
            try (FreeRdpClient client = version == 2
                    ? FreeRdpClient.start(display, arguments)
                    : FreeRdpClient.startVersion3(display, arguments)) {
                assertShowsTheCard(display, client);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"2,0", "2,1", "2,2", "2,3", "2,4", "3,0", "3,1", "3,2", "3,3", "3,4"})
    void seesTheTestCardUnderStandardSecurity(int version, int level) throws Exception {
        try (RdpHost host = RdpHost.builder().rdp(level).start();
                Xvfb display = Xvfb.start(WIDTH, HEIGHT)) {
            String[] arguments = {
                "/v:127.0.0.1:" + host.port(),
                "/u:alice",
                "/p:x",
                "/sec:rdp",
                "/size:" + WIDTH + "x" + HEIGHT,
                "/bpp:32"
            };
            try (FreeRdpClient client = version == 2
                    ? FreeRdpClient.start(display, arguments)
                    : FreeRdpClient.startVersion3(display, arguments)) {
                assertShowsTheCard(display, client);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"2,0", "2,1", "2,2", "2,3", "3,0", "3,1", "3,2", "3,3"})
    void understandsOurBulkCompression(int version, int type) throws Exception {
        try (RdpHost host = RdpHost.builder()
                        .tls()
                        .compress(false)
                        .bulkCompression(3)
                        .start();
                Xvfb display = Xvfb.start(WIDTH, HEIGHT)) {
            String[] arguments = {
                "/v:127.0.0.1:" + host.port(),
                "/u:alice",
                "/p:x",
                "/sec:tls",
                "/size:" + WIDTH + "x" + HEIGHT,
                "/bpp:32",
                "+compression",
                "/compression-level:" + type
            };
            try (FreeRdpClient client = version == 2
                    ? FreeRdpClient.start(display, arguments)
                    : FreeRdpClient.startVersion3(display, arguments)) {
                assertShowsTheCard(display, client);
                assertShowsEveryPixelOfTheCard(display, client);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"2,ask", "2,issue", "2,upgrade", "3,ask", "3,issue", "3,upgrade"})
    void answersOurLicensing(int version, String licensing) throws Exception {
        Queue<HostEvent> events = new ConcurrentLinkedQueue<>();
        try (RdpHost host = RdpHost.builder()
                        .licensing(HostLicensing.parse(licensing))
                        .observer(events::add)
                        .start();
                Xvfb display = Xvfb.start(WIDTH, HEIGHT)) {
            try (FreeRdpClient client = start(version, display, host.port())) {
                assertShowsTheCard(display, client);
                List<Object> said = events.stream()
                        .filter(event -> event.name().equals("licensing"))
                        .map(event -> event.facts().get("client"))
                        .toList();
                assertThat(said).as(client.log()).contains("asks for a new licence");
                if (!licensing.equals("ask")) {
                    assertThat(said).contains("gets a new licence");
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"2", "3"})
    void takesALostSessionUpAgain(int version) throws Exception {
        Queue<HostEvent> events = new ConcurrentLinkedQueue<>();
        try (RdpHost host = RdpHost.builder().observer(events::add).start();
                CuttingProxy line = new CuttingProxy(host.port());
                Xvfb display = Xvfb.start(WIDTH, HEIGHT);
                FreeRdpClient client = start(version, display, line.port(), "+auto-reconnect")) {
            assertShowsTheCard(display, client);
            line.cut();
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (events.stream().noneMatch(event -> event.name().equals("reconnected")) && System.nanoTime() < end) {
                Thread.sleep(100);
            }
            assertThat(events.stream().map(HostEvent::name)).as(client.log()).contains("reconnected");
            assertShowsTheCard(display, client);
        }
    }

    private static FreeRdpClient start(int version, Xvfb display, int port, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "/v:127.0.0.1:" + port, "/u:alice", "/p:x", "/sec:tls", "/size:" + WIDTH + "x" + HEIGHT, "/bpp:32"));
        arguments.addAll(List.of(more));
        String[] all = arguments.toArray(String[]::new);
        return version == 2 ? FreeRdpClient.start(display, all) : FreeRdpClient.startVersion3(display, all);
    }

    @Test
    void signsInWithEntraIdAndSeesTheTestCard() throws Exception {
        ExecutorService work = Executors.newSingleThreadExecutor();
        try (MockAuthority authority = MockAuthority.start(MockAuthoritySettings.defaults());
                RdpHost host = RdpHost.builder()
                        .name("localhost")
                        .aad(new EntraAssertionCheck(
                                Expectations.host(RdpResource.ofHost("localhost"), authority.keys(), authority),
                                Clock.systemUTC(),
                                work))
                        .start();
                Xvfb display = Xvfb.start(WIDTH, HEIGHT);
                FreeRdpClient client = FreeRdpClient.startVersion3(
                        display,
                        "/v:localhost:" + host.port(),
                        "/u:alice@lab.test",
                        "/sec:aad",
                        "/azure:ad:localhost:" + authority.port(),
                        "/size:" + WIDTH + "x" + HEIGHT,
                        "/bpp:32")) {
            client.signIn(url -> browse(authority, url));
            assertShowsTheCard(display, client);
        } finally {
            work.shutdownNow();
        }
    }

    private static String browse(MockAuthority authority, String url) {
        try {
            HttpClient browser =
                    HttpClient.newBuilder().sslContext(authority.clientTls()).build();
            return browser.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
                    .headers()
                    .firstValue("location")
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void assertShowsTheCard(Xvfb display, FreeRdpClient client) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        List<Integer> seen;
        do {
            Thread.sleep(250);
            seen = corners(display.screenshot());
        } while (!seen.equals(TestCard.MARKER_COLOURS) && System.nanoTime() < end);
        assertThat(seen).as(client.log()).isEqualTo(TestCard.MARKER_COLOURS);
    }

    private static void assertShowsEveryPixelOfTheCard(Xvfb display, FreeRdpClient client) throws Exception {
        TestCard card = new TestCard(
                WIDTH,
                HEIGHT,
                List.of("PORTHOLE TEST CARD", "host porthole.test  user alice", "640x480  32 bits per pixel  TLS"));
        card.movePointer(WIDTH / 2, HEIGHT / 2); // where a new X server has it
        long end = System.nanoTime() + PATIENCE.toNanos();
        int wrong;
        do {
            Thread.sleep(250);
            BufferedImage picture = display.screenshot();
            wrong = 0;
            for (int y = 0; y < HEIGHT; y++) {
                for (int x = 0; x < WIDTH; x++) {
                    wrong += (picture.getRGB(x, y) ^ card.argb(x, y)) << 8 == 0 ? 0 : 1;
                }
            }
        } while (wrong > 0 && System.nanoTime() < end);
        assertThat(wrong).as("pixels that differ; " + client.log()).isZero();
    }

    private static List<Integer> corners(BufferedImage picture) {
        int half = TestCard.MARKER / 2;
        return List.of(
                picture.getRGB(half, half) & 0xFFFFFF,
                picture.getRGB(WIDTH - half, half) & 0xFFFFFF,
                picture.getRGB(half, HEIGHT - half) & 0xFFFFFF,
                picture.getRGB(WIDTH - half, HEIGHT - half) & 0xFFFFFF);
    }
}
