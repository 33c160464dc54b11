package porthole.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.host.session.HostEvent;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.Refused;
import porthole.protocol.gcc.EncryptionMethod;
import porthole.protocol.gcc.ServerSecurityData;
import porthole.protocol.redirection.ServerRedirectionPacket;
import porthole.protocol.share.InclusiveRectangle;
import porthole.protocol.share.RefreshRectPdu;
import porthole.protocol.wire.Bytes;
import porthole.transport.SessionEnd;
import porthole.transport.TlsSecurityLayer;
import porthole.transport.standard.SaltedMacs;
import porthole.transport.standard.StandardSecurityLayer;

/** The client and the host of this project under standard RDP security, without anybody else. */
class StandardSecurityTest {
    private static final Duration PHASE = Duration.ofSeconds(20);
    private static final int MESSAGES_PER_KEY = 4096;
    private static final String LONG_TEXT = "0123456789".repeat(700);

    private final Queue<HostEvent> events = new ConcurrentLinkedQueue<>();
    private final TestClient client = new TestClient();

    @AfterEach
    void close() {
        client.close();
    }

    private RdpHostBuilder host(int level) {
        return TestHosts.builder().rdp(level).observer(events::add);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0x1B, NONE, AS_HOST_SAYS",
        "1, 0x01, 40BIT, AS_HOST_SAYS",
        "1, 0x1B, 128BIT, ALWAYS",
        "2, 0x01, 40BIT, ALWAYS",
        "2, 0x09, 56BIT, AS_HOST_SAYS",
        "2, 0x10, FIPS, AS_HOST_SAYS",
        "3, 0x1B, 128BIT, AS_HOST_SAYS",
        "3, 0x02, 128BIT, ALWAYS",
        "4, 0x1B, FIPS, AS_HOST_SAYS",
        "4, 0x10, FIPS, ALWAYS"
    })
    void everyLevelCarriesPicturesInputAndChannels(int level, int offered, String method, SaltedMacs macs)
            throws Exception {
        try (RdpHost host = host(level).autoDetect(true).heartbeat(1).start()) {
            TestClient.Watch watch = client.connect(host, new StandardSecurityLayer(offered, macs), PHASE);
            TestClient.reached(watch);
            watch.painted.get(30, TimeUnit.SECONDS);
            watch.sendEcho(LONG_TEXT);
            assertThat(watch.echo.get(30, TimeUnit.SECONDS)).isEqualTo("echo:" + LONG_TEXT);
            TestClient.reached(watch).close("enough");
            watch.end(10);
            if (level > 0) {
                assertThat(events)
                        .filteredOn(event -> event.name().equals("encryption"))
                        .singleElement()
                        .satisfies(
                                event -> assertThat(event.facts()).isEqualTo(Map.of("method", method, "level", level)));
            }
            assertThat(events)
                    .filteredOn(event -> event.name().equals("ended"))
                    .allSatisfy(event -> assertThat(event.facts()).doesNotContainKey("failure"));
        }
    }

    @Test
    void aCertificateChainDoesAsWell() throws Exception {
        try (RdpHost host =
                host(ServerSecurityData.LEVEL_HIGH).certificateChain(true).start()) {
            TestClient.Watch watch = client.connect(host, new StandardSecurityLayer(), PHASE);
            TestClient.reached(watch);
            watch.painted.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void sizesChangeUnderEncryption() throws Exception {
        try (RdpHost host =
                host(ServerSecurityData.LEVEL_FIPS).reactivateTo(640, 480).start()) {
            TestClient.Watch watch = client.connect(host, new StandardSecurityLayer(), PHASE);
            TestClient.reached(watch);
            for (long end = System.nanoTime() + 20_000_000_000L;
                    !watch.desktops.toString().contains("640x480"); ) {
                assertThat(System.nanoTime()).isLessThan(end);
                Thread.sleep(5);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {ServerSecurityData.LEVEL_NONE, ServerSecurityData.LEVEL_LOW, ServerSecurityData.LEVEL_HIGH})
    void aRedirectionComesThroughAtEveryLevel(int level) throws Exception {
        try (RdpHost host = host(level).start()) {
            TestClient.Watch watch = client.connect(host, new StandardSecurityLayer(), PHASE);
            TestClient.reached(watch);
            watch.painted.get(30, TimeUnit.SECONDS);
            host.sessions()
                    .get(0)
                    .redirect(ServerRedirectionPacket.of(
                            7,
                            0,
                            Map.of(
                                    ServerRedirectionPacket.Field.LOAD_BALANCE_INFO,
                                    Bytes.ascii("Cookie: msts=1.2.0\r\n"))));
            SessionEnd end = watch.end(20);
            assertThat(end.kind()).isEqualTo(SessionEnd.Kind.REDIRECTED);
            assertThat(end.redirection().orElseThrow().sessionId()).isEqualTo(7);
        }
    }

    @Test
    void aHostThatWantsMoreThanIsOfferedHangsUp() throws Exception {
        try (RdpHost host = host(ServerSecurityData.LEVEL_HIGH).start()) {
            TestClient.Watch watch = client.connect(
                    host, new StandardSecurityLayer(EncryptionMethod.BITS_40, SaltedMacs.AS_HOST_SAYS), PHASE);
            assertThat(watch.end(20).failure().orElseThrow())
                    .isInstanceOfSatisfying(
                            LocalFailure.class,
                            failure -> assertThat(failure.causeName()).isEqualTo("early-close"));
        }
    }

    @Test
    void aHostOfStandardSecurityHasNoTls() throws Exception {
        try (RdpHost host = host(ServerSecurityData.LEVEL_HIGH).start()) {
            TestClient.Watch watch = client.connect(host, new TlsSecurityLayer(), PHASE);
            assertThat(watch.end(20).failure().orElseThrow())
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.codeName()).isEqualTo("SSL_NOT_ALLOWED_BY_SERVER"));
        }
    }

    @Test
    void moreMessagesThanOneKeyIsGoodFor() throws Exception {
        try (RdpHost host = host(ServerSecurityData.LEVEL_HIGH).start()) {
            TestClient.Watch watch = client.connect(host, new StandardSecurityLayer(), PHASE);
            TestClient.reached(watch);
            watch.painted.get(30, TimeUnit.SECONDS);
            RefreshRectPdu corner = RefreshRectPdu.of(List.of(new InclusiveRectangle(0, 0, 3, 3)));
            for (int n = 0; n < MESSAGES_PER_KEY + 10; n++) {
                watch.send(corner);
            }
            watch.sendEcho("still here");
            assertThat(watch.echo.get(60, TimeUnit.SECONDS)).isEqualTo("echo:still here");
        }
    }
}
