package porthole.host.entra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.StandardConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.aad.token.AccessTokenText;
import porthole.aad.verify.NonceRegister;
import porthole.fixtures.Fixtures;
import porthole.fixtures.HttpExchange;
import porthole.fixtures.Recording;

/** The octets that FreeRDP 3.15 sent to an authority, sent to ours, under the server name that it sends in TLS. */
class RecordedClientTest {
    private MockAuthority authority;

    @BeforeEach
    void start() {
        authority = MockAuthority.start(MockAuthoritySettings.defaults().named("login.lab.test"));
    }

    @AfterEach
    void stop() {
        authority.close();
    }

    static List<Recording> recordings() {
        return Fixtures.recordings("freerdp-aad");
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void getsUsableAnswers(Recording recording) throws Exception {
        List<HttpExchange> exchanges = recording.entraHttp();
        assertThat(exchanges).hasSize(4);

        Answer configuration = send(exchanges.get(0).request(), "TLSv1.3");
        JsonNode document = configuration.json();
        String host = exchanges.get(0).entry().path("headers").path("host").asText();
        assertThat(document.path("token_endpoint").asText())
                .isEqualTo("https://" + host + exchanges.get(2).target());
        assertThat(exchanges.get(1).target())
                .startsWith(
                        document.path("authorization_endpoint").asText().substring(("https://" + host).length()) + "?");

        Answer authorized = send(exchanges.get(1).request(), "TLSv1.3");
        assertThat(authorized.status).isEqualTo(302);
        assertThat(authorized.headers.get("location"))
                .startsWith("ms-appx-web://Microsoft.AAD.BrokerPlugin/a85cf173-4192-42f8-81fa-777a763e6e2c?code=");
        String code = authorized.headers.get("location").replaceAll(".*[?&]code=([^&]*).*", "$1");

        Answer token = send(withCode(exchanges.get(2).request(), code), "TLSv1.3");
        assertThat(token.json().path("token_type").asText()).isEqualTo("pop");
        AccessTokenText.Readable issued = (AccessTokenText.Readable)
                AccessTokenText.of(token.json().path("access_token").asText());
        AccessTokenText.Readable recorded = (AccessTokenText.Readable) AccessTokenText.of(exchanges
                .get(2)
                .entry()
                .path("response_body")
                .asText()
                .replaceAll(".*\"access_token\": \"([^\"]*)\".*", "$1"));
        for (String claim : List.of("aud", "scp", "upn", "azp", "tid", "ver", "preferred_username")) {
            assertThat(issued.text(claim))
                    .as(claim)
                    .isEqualTo(recorded.text(claim))
                    .isPresent();
        }
        assertThat(issued.keyId()).isEqualTo(recorded.keyId()).isPresent();
        assertThat(issued.seconds("exp").orElseThrow())
                .isGreaterThan(Instant.now().getEpochSecond());

        Answer nonce = send(exchanges.get(3).request(), "TLSv1.3");
        String value = nonce.json().path("Nonce").asText();
        assertThat(value).startsWith("AwABAAEAAAAC");
        assertThat(authority.consume(value)).isEqualTo(NonceRegister.State.FRESH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void speaksBothVersionsOfTls(String version) throws Exception {
        byte[] request = Fixtures.recording("freerdp-aad/xrdp-login-screen")
                .entraHttp()
                .get(3)
                .request();
        assertThat(send(request, version).status).isEqualTo(200);
    }

    private static byte[] withCode(byte[] request, String code) {
        String text = new String(request, StandardCharsets.ISO_8859_1);
        int split = text.indexOf("\r\n\r\n") + 4;
        String body = text.substring(split).replaceFirst("code=[^&]*", "code=" + code);
        String head = text.substring(0, split).replaceFirst("Content-Length: \\d+", "Content-Length: " + body.length());
        return (head + body).getBytes(StandardCharsets.ISO_8859_1);
    }

    private Answer send(byte[] request, String version) throws IOException {
        try (SSLSocket socket = (SSLSocket) authority
                .clientTls()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), authority.port())) {
            socket.setSoTimeout(50_000);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setProtocols(new String[] {version});
            byte[] name = "login.lab.test:8443".getBytes(StandardCharsets.US_ASCII);
            parameters.setServerNames(List.of(new SNIServerName(StandardConstants.SNI_HOST_NAME, name) {}));
            socket.setSSLParameters(parameters);
            socket.getOutputStream().write(request);
            return Answer.read(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1));
        }
    }

    /** An answer, read the way the recorded client reads: status line, headers, as many octets as the length says. */
    private record Answer(int status, Map<String, String> headers, String body) {
        static Answer read(String text) {
            int split = text.indexOf("\r\n\r\n");
            String[] lines = text.substring(0, split).split("\r\n");
            assertThat(lines[0]).startsWith("HTTP/1.1 ");
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            for (int i = 1; i < lines.length; i++) {
                int colon = lines[i].indexOf(':');
                headers.put(
                        lines[i].substring(0, colon),
                        lines[i].substring(colon + 1).strip());
            }
            assertThat(headers).doesNotContainKey("transfer-encoding");
            String body = text.substring(split + 4);
            assertThat(headers.get("content-length")).isEqualTo(String.valueOf(body.length()));
            return new Answer(Integer.parseInt(lines[0].substring(9, 12)), headers, body);
        }

        JsonNode json() throws IOException {
            assertThat(status).isEqualTo(200);
            return new ObjectMapper().readTree(body);
        }
    }
}
