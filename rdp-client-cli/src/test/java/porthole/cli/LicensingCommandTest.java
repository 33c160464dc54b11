package porthole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import porthole.client.capture.Capture;
import porthole.client.capture.CaptureDecoder;
import porthole.client.capture.DecodedPdu;
import porthole.host.RdpHost;
import porthole.host.licensing.HostLicensing;
import porthole.protocol.licensing.LicenseErrorCode;
import porthole.protocol.wire.Bytes;

/** Licences on the command line: where they are kept, and what the shell is told when there is none. */
class LicensingCommandTest {
    @TempDir
    private Path folder;

    private final Shell shell = new Shell();

    private int connect(RdpHost host, String... more) {
        List<String> command = new ArrayList<>(
                List.of("connect", "127.0.0.1:" + host.port(), "--certificate", "pin:" + host.certificateSha256()));
        command.addAll(List.of(more));
        return shell.run(command.toArray(String[]::new));
    }

    private static RdpHost host(HostLicensing licensing) {
        return RdpHost.builder().licensing(licensing).start();
    }

    private static long files(Path folder) throws Exception {
        try (Stream<Path> all = Files.list(folder)) {
            return all.count();
        }
    }

    @Test
    void aRefusalHasItsOwnStatusAndOneLine() {
        try (RdpHost host = host(HostLicensing.refusing(LicenseErrorCode.ERR_NO_LICENSE_SERVER))) {
            assertThat(connect(host, "--license-store", "none")).isEqualTo(ExitCode.LICENCE_REFUSED.number());
            assertThat(shell.err().lines().filter(line -> line.startsWith("porthole: ")))
                    .singleElement()
                    .asString()
                    .contains("no license server")
                    .contains("name a license server");
        }
    }

    @Test
    void theFolderIsTheOptionsThenTheEnvironmentsThenInTheHome() throws Exception {
        shell.with("HOME", folder.resolve("home").toString());
        try (RdpHost host = host(HostLicensing.of(HostLicensing.Mode.ISSUE))) {
            assertThat(connect(host)).as(shell.err()).isZero();
            assertThat(files(folder.resolve("home/.config/porthole/licenses"))).isEqualTo(1);
            shell.with("PORTHOLE_LICENSE_STORE", folder.resolve("environment").toString());
            assertThat(connect(host)).isZero();
            assertThat(files(folder.resolve("environment"))).isEqualTo(1);
            assertThat(connect(host, "--license-store", folder.resolve("option").toString()))
                    .isZero();
            assertThat(files(folder.resolve("option"))).isEqualTo(1);
            assertThat(connect(host, "--license-store", "none")).isZero();
            assertThat(files(folder)).isEqualTo(3);
        }
    }

    @Test
    void theLicenceIsBlankInARecording() throws Exception {
        Path store = folder.resolve("store");
        Path recording = folder.resolve("second.porthole");
        try (RdpHost host = host(HostLicensing.of(HostLicensing.Mode.ISSUE))) {
            assertThat(connect(host, "--license-store", store.toString())).isZero();
            assertThat(connect(host, "--license-store", store.toString(), "--record", recording.toString()))
                    .isZero();
        }
        DecodedPdu shown = CaptureDecoder.decode(Capture.open(recording)).stream()
                .filter(pdu -> pdu.name().equals("LicenseInfo"))
                .findFirst()
                .orElseThrow();
        assertThat(shown.fields())
                .filteredOn(field -> field.path().endsWith(".licenseInfo.licenseInfo.blobData"))
                .singleElement()
                .satisfies(field -> {
                    assertThat(field.length()).isEqualTo(48);
                    assertThat(field.value()).isEqualTo(Bytes.of(new byte[48]));
                });
    }

    @Test
    void theHostsWaysAreNamedWhereOneIsWrong() {
        assertThat(shell.run("host", "--licensing", "sometimes")).isEqualTo(ExitCode.USAGE.number());
        assertThat(shell.err()).contains("upgrade").contains("refuse:no-license");
    }
}
