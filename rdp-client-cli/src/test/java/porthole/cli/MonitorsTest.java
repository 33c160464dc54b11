package porthole.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import porthole.client.RdpClient;
import porthole.client.RdpSession;
import porthole.client.SessionListener;
import porthole.client.SessionOptions;
import porthole.host.RdpHost;
import porthole.host.session.HostEvent;
import porthole.protocol.failure.LocalFailure;
import porthole.transport.ConnectionSpec;
import porthole.transport.Monitor;
import porthole.transport.Target;
import porthole.transport.TlsSecurityLayer;
import porthole.transport.Trust;

/** Several monitors from the beginning, and other ones during the session. */
class MonitorsTest {
    private final Queue<HostEvent> events = new ConcurrentLinkedQueue<>();
    private final RdpHost host =
            RdpHost.builder().displayControl(true).observer(events::add).start();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        host.close();
    }

    private Map<String, Object> facts(String event) {
        return events.stream()
                .filter(each -> each.name().equals(event))
                .findFirst()
                .orElseThrow(() -> new AssertionError(event + " is not among " + events))
                .facts();
    }

    private Shell connect(Shell shell, String... options) {
        List<String> all = new ArrayList<>(
                List.of("connect", "127.0.0.1:" + host.port(), "--certificate", "pin:" + host.certificateSha256()));
        all.addAll(List.of(options));
        assertThat(shell.run(all.toArray(String[]::new)))
                .as(shell.out() + shell.err())
                .isZero();
        return shell;
    }

    @Test
    void theHostIsToldOfEachMonitor() throws Exception {
        Path picture = folder.resolve("a.png");
        connect(
                new Shell(),
                "--monitors",
                "640x480+0+0,480x640-480+0,200x200+640-100",
                "--scale",
                "150",
                "--orientation",
                "90",
                "--screenshot",
                picture.toString());
        assertThat(facts("settings"))
                .containsEntry("desktop", "1320x740")
                .containsEntry("monitors", List.of("640x480+0+0 primary", "480x640-480+0", "200x200+640-100"))
                .containsEntry(
                        "monitorAttributes",
                        List.of(
                                "113x85 mm, 90 degrees, 150% and 140%",
                                "85x113 mm, 90 degrees, 150% and 140%", "35x35 mm, 90 degrees, 150% and 140%"));
        var image = ImageIO.read(picture.toFile());
        assertThat(List.of(image.getWidth(), image.getHeight())).containsExactly(1320, 740);
    }

    @Test
    void theControlProtocolGivesTheDesktopAnotherSize() throws Exception {
        Path picture = folder.resolve("b.png");
        Shell shell = new Shell()
                .in("{\"command\":\"resize\",\"width\":801,\"height\":600,\"id\":1}\n"
                        + "{\"command\":\"wait\",\"for\":\"change\",\"id\":2}\n"
                        + "{\"command\":\"wait\",\"for\":\"quiet\",\"id\":3}\n"
                        + "{\"command\":\"screenshot\",\"file\":\"" + picture + "\",\"id\":4}\n");
        connect(shell, "--size", "640x480", "--control", "-");
        assertThat(shell.objects())
                .filteredOn(event -> List.of("done", "error").contains(event.get("event")))
                .extracting(event -> event.get("event"))
                .containsOnly("done");
        var image = ImageIO.read(picture.toFile());
        assertThat(List.of(image.getWidth(), image.getHeight())).containsExactly(800, 600);
        assertThat(facts("monitor-layout")).containsEntry("monitors", List.of("800x600+0+0"));
    }

    @Test
    void aProgramAddsAMonitorAndTakesItAway() throws Exception {
        Queue<CompletableFuture<String>> sizes = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < 3; i++) {
            sizes.add(new CompletableFuture<>());
        }
        List<CompletableFuture<String>> told = List.copyOf(sizes);
        SessionOptions options = SessionOptions.DEFAULT.withListener(new SessionListener() {
            @Override
            public void resized(int width, int height, int bitsPerPixel) {
                CompletableFuture<String> next = sizes.poll();
                if (next != null) {
                    next.complete(width + "x" + height);
                }
            }
        });
        ConnectionSpec spec = ConnectionSpec.of(
                Target.of("127.0.0.1", host.port()), List.of(new TlsSecurityLayer()), new Trust.Ignore());
        try (RdpClient client = new RdpClient()) {
            RdpSession session = client.connect(spec, options).get(20, TimeUnit.SECONDS);
            session.firstFrame().get(20, TimeUnit.SECONDS);
            assertThat(told.get(0).get(20, TimeUnit.SECONDS)).isEqualTo("800x600");
            session.resizable().get(20, TimeUnit.SECONDS);
            session.resize(List.of(Monitor.of(0, 0, 800, 600), Monitor.of(-640, 100, 640, 480)))
                    .get(20, TimeUnit.SECONDS);
            assertThat(told.get(1).get(20, TimeUnit.SECONDS)).isEqualTo("1440x600");
            session.nextFrame(java.time.Duration.ofSeconds(20)).get();
            session.resize(1024, 300).get(20, TimeUnit.SECONDS);
            assertThat(told.get(2).get(20, TimeUnit.SECONDS)).isEqualTo("1024x300");
            assertThatThrownBy(() -> session.resize(List.of(Monitor.of(1, 0, 800, 600))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("first monitor is at 0, 0");
            session.disconnect("done").get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void aHostWithoutTheChannelIsNamed() throws Exception {
        ConnectionSpec spec;
        try (RdpHost other = RdpHost.builder().start();
                RdpClient client = new RdpClient()) {
            spec = ConnectionSpec.of(
                    Target.of("127.0.0.1", other.port()), List.of(new TlsSecurityLayer()), new Trust.Ignore());
            RdpSession session = client.connect(spec).get(20, TimeUnit.SECONDS);
            assertThat(session.resizable()).isNotDone();
            assertThatThrownBy(() -> session.resize(640, 480).join())
                    .hasCauseInstanceOf(LocalFailure.class)
                    .hasMessageContaining("no display control channel");
        }
    }

    @Test
    void monitorsThatNoHostCouldTakeAreRefused() {
        for (String monitors : List.of(
                "640x480",
                "640x480+1+0",
                "640x480+0+0,640x480+639+0",
                "100x480+0+0",
                "640x480+0+0,",
                "8192x8192+0+0,200x200+8192+0")) {
            Shell shell = new Shell();
            assertThat(shell.run("connect", "127.0.0.1:1", "--monitors", monitors))
                    .as(monitors)
                    .isEqualTo(2);
        }
        assertThat(new Shell().run("connect", "127.0.0.1:1", "--monitors", "640x480+0+0", "--size", "640x480"))
                .isEqualTo(2);
        assertThat(new Shell().run("connect", "127.0.0.1:1", "--scale", "99")).isEqualTo(2);
        assertThat(new Shell().run("connect", "127.0.0.1:1", "--orientation", "45"))
                .isEqualTo(2);
    }
}
