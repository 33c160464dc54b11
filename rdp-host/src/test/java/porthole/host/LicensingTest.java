package porthole.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import porthole.host.licensing.HostLicensing;
import porthole.host.session.HostEvent;
import porthole.protocol.failure.FailureReport;
import porthole.protocol.licensing.HardwareId;
import porthole.protocol.licensing.LicenseErrorCode;
import porthole.protocol.wire.Bytes;
import porthole.transport.ClientSettings;
import porthole.transport.SessionEnd;
import porthole.transport.licensing.FileLicenseStore;
import porthole.transport.licensing.LicenseStore;

/** The client and the host's licence server: a new licence, a stored one, an upgraded one, a useless one, and every refusal. */
class LicensingTest {
    private static final Duration PHASE = Duration.ofSeconds(10);

    @TempDir
    private Path temporary;

    private final TestClient client = new TestClient();
    private final ExecutorService files = Executors.newSingleThreadExecutor();
    private final Queue<HostEvent> events = new ConcurrentLinkedQueue<>();
    private final Queue<String> notes = new ConcurrentLinkedQueue<>();
    private Path folder;

    @BeforeEach
    void chooseFolder() {
        folder = temporary.resolve("deep/licenses");
    }

    @AfterEach
    void close() {
        client.close();
        files.shutdownNow();
    }

    private RdpHost host(String licensing) {
        return TestHosts.builder()
                .licensing(HostLicensing.parse(licensing))
                .observer(events::add)
                .start();
    }

    private TestClient.Watch connect(RdpHost host, LicenseStore store) {
        return client.connect(
                host, false, PHASE, ClientSettings.DEFAULT.but().licenses(store).build());
    }

    private LicenseStore store() {
        return new FileLicenseStore(folder, files, notes::add);
    }

    private void connects(RdpHost host, LicenseStore store) throws Exception {
        TestClient.Watch watch = connect(host, store);
        TestClient.reached(watch).close("enough");
        watch.end(10);
    }

    /** What the client said in licensing, as the host saw it. */
    private List<String> said() {
        List<String> said = events.stream()
                .filter(event -> event.name().equals("licensing"))
                .map(event -> event.facts().get("client").toString())
                .toList();
        events.clear();
        return said;
    }

    private List<Path> kept() throws Exception {
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        }
    }

    @Test
    void aNewLicenceIsKeptAndShownAgain() throws Exception {
        try (RdpHost host = host("issue")) {
            connects(host, store());
            assertThat(said()).containsExactly("asks for a new licence", "gets a new licence");
            assertThat(kept()).hasSize(1);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept().get(0))))
                    .isEqualTo("rw-------");
            connects(host, store());
            assertThat(said()).containsExactly("shows a licence");
            assertThat(notes).isEmpty();
        }
    }

    @Test
    void aLicenceIsUpgradedAndTheNewOneTakesItsPlace() throws Exception {
        try (RdpHost host = host("upgrade")) {
            LicenseStore store = LicenseStore.inMemory();
            connects(host, store);
            assertThat(said()).containsExactly("asks for a new licence", "gets a new licence");
            connects(host, store);
            connects(host, store);
            assertThat(said())
                    .containsExactly(
                            "shows a licence",
                            "gets an upgraded licence",
                            "shows a licence",
                            "gets an upgraded licence");
        }
    }

    @Test
    void aLicenceOfAnotherHostDoesNotDoAndIsReplaced() throws Exception {
        LicenseStore store = LicenseStore.inMemory();
        try (RdpHost host = host("issue")) {
            connects(host, store);
        }
        events.clear();
        try (RdpHost other = host("issue")) {
            connects(other, store);
            assertThat(said()).containsExactly("shows a licence", "asks for a new licence", "gets a new licence");
            connects(other, store);
            assertThat(said()).containsExactly("shows a licence");
        }
    }

    @Test
    void withoutAStoreEachConnectionAsksAnew() throws Exception {
        try (RdpHost host = host("issue")) {
            connects(host, LicenseStore.NONE);
            connects(host, LicenseStore.NONE);
            assertThat(said())
                    .containsExactly(
                            "asks for a new licence",
                            "gets a new licence",
                            "asks for a new licence",
                            "gets a new licence");
        }
    }

    @Test
    void aHostThatOnlyAsksIsContent() throws Exception {
        try (RdpHost host = host("ask")) {
            connects(host, store());
            assertThat(said()).containsExactly("asks for a new licence");
            assertThat(folder).doesNotExist();
        }
    }

    @Test
    void aDamagedFileIsSetAsideAndReplaced() throws Exception {
        try (RdpHost host = host("issue")) {
            connects(host, store());
            Path file = kept().get(0);
            String text = Files.readString(file);
            Files.writeString(file, text.replace("license ", "license A"));
            events.clear();
            connects(host, store());
            assertThat(said()).containsExactly("asks for a new licence", "gets a new licence");
            assertThat(notes).singleElement().asString().contains("set aside").contains(".corrupt");
            assertThat(kept()).hasSize(2);
            assertThat(Files.readString(kept().get(0))).isNotEqualTo(text).startsWith("porthole-license 1\n");
            for (String wrong : List.of("", "porthole-license 1\n", "\0".repeat(300_000), text + text)) {
                Files.writeString(file, wrong);
                connects(host, store());
                assertThat(Files.readString(file)).startsWith("porthole-license 1\n");
            }
            assertThat(notes).hasSize(5);
        }
    }

    @Test
    void aStoreThatFailsIsNoReasonToFail() throws Exception {
        Path inTheWay = temporary.resolve("file");
        Files.writeString(inTheWay, "not a folder");
        folder = inTheWay;
        try (RdpHost host = host("issue")) {
            connects(host, store());
            assertThat(said()).containsExactly("asks for a new licence", "gets a new licence");
            assertThat(notes).hasSize(2).allSatisfy(note -> assertThat(note).contains("licence"));
        }
    }

    @ParameterizedTest
    @EnumSource(value = LicenseErrorCode.class, names = "STATUS_VALID_CLIENT", mode = EnumSource.Mode.EXCLUDE)
    void everyRefusalSaysWhyAndWhatToDo(LicenseErrorCode code) throws Exception {
        try (RdpHost host =
                TestHosts.builder().licensing(HostLicensing.refusing(code)).start()) {
            SessionEnd end = connect(host, LicenseStore.NONE).end(10);
            FailureReport report = end.failure().orElseThrow().report();
            assertThat(report.stage()).isEqualTo("licensing");
            assertThat(report.cause()).isEqualTo("licence-refused");
            assertThat(report.line()).contains(code.meaning()).contains(code.remedy());
        }
    }

    @Test
    void whatAHostCallsItsProductNamesNoFile() throws Exception {
        LicenseStore store = store();
        LicenseStore.Product product = new LicenseStore.Product("../../a\nb", "c", "d");
        assertThat(store.find(product).toCompletableFuture().get(5, TimeUnit.SECONDS))
                .isEmpty();
        LicenseStore.License license = new LicenseStore.License(HardwareId.of(1, "x"), Bytes.hex("3082"));
        assertThat(store.keep(product, license).toCompletableFuture().get(5, TimeUnit.SECONDS))
                .isTrue();
        assertThat(kept())
                .singleElement()
                .satisfies(file -> assertThat(file.getFileName().toString()).matches("[0-9a-f]{64}\\.license"));
        assertThat(store.find(product).toCompletableFuture().get(5, TimeUnit.SECONDS))
                .contains(license);
        assertThat(license).asString().doesNotContain("3082");
    }

    @Test
    void wordsOfTheCommandLine() {
        assertThat(HostLicensing.parse("none")).isEqualTo(HostLicensing.NONE);
        assertThat(HostLicensing.parse("refuse:no-license-server"))
                .isEqualTo(HostLicensing.refusing(LicenseErrorCode.ERR_NO_LICENSE_SERVER));
        for (String wrong : List.of("", "refuse", "refuse:", "refuse:valid-client", "Issue")) {
            assertThatThrownBy(() -> HostLicensing.parse(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("upgrade");
        }
    }
}
