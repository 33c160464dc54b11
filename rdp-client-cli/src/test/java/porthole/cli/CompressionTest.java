package porthole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.client.RdpClient;
import porthole.client.RdpSession;
import porthole.client.SessionOptions;
import porthole.client.StaticChannel;
import porthole.graphics.picture.Picture;
import porthole.host.RdpHost;
import porthole.host.session.HostEvent;
import porthole.protocol.bulk.BulkDecompressor;
import porthole.protocol.capability.CapabilitySet;
import porthole.protocol.capability.GeneralCapabilitySet;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.transport.CapabilityProfile;
import porthole.transport.ClientSettings;
import porthole.transport.ConnectionSpec;
import porthole.transport.Target;
import porthole.transport.TlsSecurityLayer;
import porthole.transport.Trust;

/** Bulk compression from the option to the picture, against a host that uses what it is offered. */
class CompressionTest {
    private static final List<HostEvent> EVENTS = new CopyOnWriteArrayList<>();
    private static RdpHost host;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        host = RdpHost.builder()
                .name("card.test")
                .compress(false)
                .bulkCompression(3)
                .observer(EVENTS::add)
                .start();
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    private Path connect(String compression) {
        EVENTS.clear();
        Path png = folder.resolve(compression + ".png");
        Shell shell = new Shell();
        assertThat(shell.run(
                        "connect",
                        "127.0.0.1:" + host.port(),
                        "--certificate",
                        "pin:" + host.certificateSha256(),
                        "--size",
                        "640x480",
                        "--user",
                        "anna",
                        "--compression",
                        compression,
                        "--screenshot",
                        png.toString()))
                .as(shell.err())
                .isZero();
        return png;
    }

    private static int[] pixels(Path png) throws IOException {
        BufferedImage picture = ImageIO.read(png.toFile());
        return picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
    }

    @ParameterizedTest
    @CsvSource({"8k, 0", "64k, 1", "rdp6, 2", "rdp61, 3"})
    void everyTypeEndsInTheSamePicture(String compression, int type) throws IOException {
        int[] plain = pixels(connect("off"));
        assertThat(EVENTS).noneMatch(event -> event.toString().contains("bulkCompression"));
        int[] compressed = pixels(connect(compression));
        assertThat(EVENTS).anyMatch(event -> event.toString().contains("bulkCompression=" + type));
        assertThat(compressed).isEqualTo(plain);
    }

    @Test
    void anUnknownTypeIsAUsageError() throws IOException {
        Shell shell = new Shell();
        assertThat(shell.run("connect", "127.0.0.1:" + host.port(), "--compression", "zip"))
                .isEqualTo(ExitCode.USAGE.number());
        assertThat(shell.err()).contains("--compression: 'zip' is none of off, 8k, 64k, rdp6, rdp61");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    private static final class Echo implements StaticChannel {
        final Bytes said = Bytes.ascii("porthole ".repeat(1_000));
        final CompletableFuture<Bytes> heard = new CompletableFuture<>();

        @Override
        public String name() {
            return "echo";
        }

        @Override
        public void opened(Sink out) {
            out.send(said);
        }

        @Override
        public void received(WireReader message, Sink out) {
            heard.complete(message.rest("message"));
        }
    }

    /** Channels are compressed only when compression is on: by the client with RDP 4.0, by the host as its updates are. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void channelsAreCompressedBothWays(boolean on) throws Exception {
        EVENTS.clear();
        Echo echo = new Echo();
        ClientSettings settings = ClientSettings.DEFAULT
                .but()
                .bulkCompression(on ? OptionalInt.of(BulkDecompressor.TYPE_RDP61) : OptionalInt.empty())
                .build();
        try (RdpClient client = new RdpClient()) {
            RdpSession session = client.connect(
                            ConnectionSpec.of(
                                            Target.of("127.0.0.1", host.port()),
                                            List.of(new TlsSecurityLayer()),
                                            new Trust.Pin(host.certificateSha256()))
                                    .withClient(settings),
                            SessionOptions.DEFAULT.withChannels(List.of(echo)))
                    .get(30, TimeUnit.SECONDS);
            assertThat(echo.heard.get(30, TimeUnit.SECONDS)).isEqualTo(echo.said);
            session.firstFrame().get(30, TimeUnit.SECONDS); // updates and channels have one history
            assertThat(session.ended()).isNotDone();
            session.disconnect("tested").get(30, TimeUnit.SECONDS);
        }
        HostEvent event = EVENTS.stream()
                .filter(each -> each.name().equals("echo"))
                .findFirst()
                .orElseThrow();
        assertThat(event.facts()).containsEntry("octets", echo.said.size());
        assertThat((int) event.facts().get("received"))
                .isBetween(on ? 1 : echo.said.size(), on ? echo.said.size() / 10 : 2 * echo.said.size());
        assertThat((int) event.facts().get("sent"))
                .isBetween(on ? 1 : echo.said.size(), on ? echo.said.size() / 10 : echo.said.size());
    }

    /** What the default profile says, but without fast-path output. */
    private static final CapabilityProfile SLOW = new CapabilityProfile() {
        @Override
        public Bytes sourceDescriptor() {
            return CapabilityProfile.DEFAULT.sourceDescriptor();
        }

        @Override
        public List<CapabilitySet> confirm(ClientSettings client, int width, int height, List<CapabilitySet> server) {
            return CapabilityProfile.DEFAULT.confirm(client, width, height, server).stream()
                    .map(set -> set instanceof GeneralCapabilitySet general ? slow(general) : set)
                    .toList();
        }

        private static CapabilitySet slow(GeneralCapabilitySet general) {
            return new GeneralCapabilitySet(
                    general.osMajorType(),
                    general.osMinorType(),
                    general.protocolVersion(),
                    general.pad2octetsA(),
                    general.generalCompressionTypes(),
                    general.extraFlags() & ~GeneralCapabilitySet.FASTPATH_OUTPUT_SUPPORTED,
                    general.updateCapabilityFlag(),
                    general.remoteUnshareFlag(),
                    general.generalCompressionLevel(),
                    general.refreshRectSupport(),
                    general.suppressOutputSupport(),
                    general.trailing());
        }
    };

    private record Seen(Picture picture, long octets) {}

    private static Seen slowly(OptionalInt compression) throws Exception {
        ClientSettings settings = ClientSettings.DEFAULT
                .but()
                .width(640)
                .height(480)
                .bulkCompression(compression)
                .capabilities(SLOW)
                .build();
        try (RdpClient client = new RdpClient()) {
            RdpSession session = client.connect(ConnectionSpec.of(
                                    Target.of("127.0.0.1", host.port()),
                                    List.of(new TlsSecurityLayer()),
                                    new Trust.Pin(host.certificateSha256()))
                            .withClient(settings))
                    .get(30, TimeUnit.SECONDS);
            session.firstFrame().get(30, TimeUnit.SECONDS);
            session.quiet(Duration.ofMillis(700), Duration.ofSeconds(20)).get(30, TimeUnit.SECONDS);
            Seen seen = new Seen(
                    session.snapshot(false), session.connection().orElseThrow().octetsReceived());
            session.disconnect("seen").get(30, TimeUnit.SECONDS);
            return seen;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void theSlowPathIsCompressedToo(int type) throws Exception {
        Seen plain = slowly(OptionalInt.empty());
        Seen compressed = slowly(OptionalInt.of(type));
        assertThat(compressed.picture().differingPixels(plain.picture())).isZero();
        assertThat(compressed.octets()).isLessThan(plain.octets() / 4);
    }
}
