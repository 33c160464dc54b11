package porthole.transport.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.fixtures.peer.Tshark;

class TlsKeyLogTest {
    private static final String REQUEST = "GET /hidden HTTP/1.0\r\n\r\n";
    private static final int CLIENT_PORT = 40000;
    private static final int SERVER_PORT = 443;

    @TempDir
    private Path folder;

    private List<TlsPair.Flight> talk(String protocol) throws Exception {
        try (TlsKeyLog near = TlsKeyLog.open(folder.resolve("client"));
                TlsKeyLog far = TlsKeyLog.open(folder.resolve("server"))) {
            TlsKeyLog.Session server = far.session();
            List<TlsPair.Flight> flights = TlsPair.talk(protocol, near.session(), server, REQUEST);
            server.clientRandom(random(flights));
            return flights;
        }
    }

    /** RFC 8446 4.1.2, behind a record header, a handshake header and a version. */
    private static byte[] random(List<TlsPair.Flight> flights) {
        return Arrays.copyOfRange(flights.get(0).octets(), 11, 43);
    }

    private List<String> lines(String file) throws IOException {
        return Files.readAllLines(folder.resolve(file));
    }

    @Test
    void theSecretsOfTls13AreTheSameOnBothSides() throws Exception {
        String random = HexFormat.of().formatHex(random(talk("TLSv1.3")));
        assertThat(lines("client"))
                .allMatch(line -> line.matches("[A-Z0-9_]+ " + random + " ([0-9a-f]{64}|[0-9a-f]{96})"))
                .extracting(line -> line.split(" ")[0])
                .containsExactlyInAnyOrder(
                        "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
                        "SERVER_HANDSHAKE_TRAFFIC_SECRET",
                        "CLIENT_TRAFFIC_SECRET_0",
                        "SERVER_TRAFFIC_SECRET_0",
                        "EXPORTER_SECRET");
        assertThat(lines("server")).containsExactlyInAnyOrderElementsOf(lines("client"));
    }

    @Test
    void theMasterSecretOfTls12IsTheSameOnBothSides() throws Exception {
        String random = HexFormat.of().formatHex(random(talk("TLSv1.2")));
        assertThat(lines("client")).hasSize(1).first().asString().matches("CLIENT_RANDOM " + random + " [0-9a-f]{96}");
        assertThat(lines("server")).isEqualTo(lines("client"));
    }

    @Test
    void theFileIsTheOwnersAndIsAppendedTo() throws Exception {
        talk("TLSv1.2");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("client"))))
                .isEqualTo("rw-------");
        String first = Files.readString(folder.resolve("client"));
        talk("TLSv1.2");
        assertThat(Files.readString(folder.resolve("client"))).startsWith(first).hasSize(2 * first.length());
    }

    @Test
    void theJdksEngineHasNone() throws Exception {
        try (TlsKeyLog log = TlsKeyLog.open(folder.resolve("client"))) {
            assertThatThrownBy(() -> new SslUpgrader(TlsEngines.JDK, Runnable::run, Optional.of(log)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> TlsKeyLog.open(folder.resolve("no/such/folder")))
                .isInstanceOf(IOException.class);
    }

    @Tag("interop")
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void wiresharkDecryptsWithIt(String protocol) throws Exception {
        Path capture = folder.resolve("capture.pcap");
        writeCapture(capture, talk(protocol));
        Process tshark = new ProcessBuilder(
                        Tshark.program().toString(),
                        "-r",
                        capture.toString(),
                        "-o",
                        "tls.keylog_file:" + folder.resolve("client"),
                        "-Y",
                        "http.request",
                        "-T",
                        "fields",
                        "-e",
                        "http.request.uri")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String seen = new String(tshark.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(tshark.waitFor()).isZero();
        assertThat(seen.strip()).isEqualTo("/hidden");
    }

    /** A pcap file of raw IPv4 packets, one for each flight. */
    private static void writeCapture(Path file, List<TlsPair.Flight> flights) throws IOException {
        int[] sequence = {1000, 2000};
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
            for (int word : new int[] {0xA1B2C3D4, 0x00020004, 0, 0, 262144, 101}) {
                out.writeInt(word);
            }
            for (TlsPair.Flight flight : flights) {
                int from = flight.client() ? 0 : 1;
                int length = 40 + flight.octets().length;
                for (int word : new int[] {0, 0, length, length}) {
                    out.writeInt(word);
                }
                for (int word : new int[] {
                    0x45000000 | length,
                    0,
                    0x40060000,
                    from == 0 ? 0xC0000201 : 0xC0000202,
                    from == 0 ? 0xC0000202 : 0xC0000201,
                    from == 0 ? CLIENT_PORT << 16 | SERVER_PORT : SERVER_PORT << 16 | CLIENT_PORT,
                    sequence[from],
                    sequence[1 - from],
                    0x5018FFFF,
                    0
                }) {
                    out.writeInt(word);
                }
                out.write(flight.octets());
                sequence[from] += flight.octets().length;
            }
        }
    }
}
