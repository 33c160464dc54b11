package porthole.aad.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.freedesktop.dbus.bin.EmbeddedDBusDaemon;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import porthole.aad.PopKey;
import porthole.aad.RdpAccessToken;
import porthole.aad.RdpResource;
import porthole.aad.entra.Authority;
import porthole.aad.token.TokenRequest;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Stage;

/** A broker on a bus of its own, which answers as linux-entra-sso and sso-mib expect Microsoft's to. */
class DesktopBrokerTest {
    static final String ACCOUNTS =
            "{\"accounts\":[{\"username\":\"alice@lab.test\",\"homeAccountId\":\"a.t\",\"environment\":\"login\"},"
                    + "{\"username\":\"bert@lab.test\",\"homeAccountId\":\"b.t\"}]}";
    static final String TOKEN =
            "{\"brokerTokenResponse\":{\"accessToken\":\"head.SECRET.signature\",\"accessTokenType\":1,"
                    + "\"expiresOn\":1900000000000,\"grantedScopes\":\"x\",\"idToken\":\"i\",\"account\":{}}}";

    @TempDir
    private static Path folder;

    private static String address;
    private static EmbeddedDBusDaemon daemon;
    private DBusConnection exported;

    /** Answers what it is told to, and keeps what it was asked. */
    public static final class Fake implements Broker1 {
        private final String accounts;
        private final String token;
        private final List<String> asked = new CopyOnWriteArrayList<>();

        Fake(String accounts, String token) {
            this.accounts = accounts;
            this.token = token;
        }

        @Override
        public String getAccounts(String protocolVersion, String correlationId, String request) {
            asked.add(protocolVersion + " " + request);
            return accounts;
        }

        @Override
        public String acquireTokenSilently(String protocolVersion, String correlationId, String request) {
            asked.add(request);
            return token;
        }

        @Override
        public String getObjectPath() {
            return PATH;
        }
    }

    @BeforeAll
    static void start() throws Exception {
        address = "unix:path=" + folder.resolve("bus");
        daemon = new EmbeddedDBusDaemon(address + ",listen=true");
        daemon.startInBackgroundAndWait(30_000);
    }

    @AfterAll
    static void stop() throws Exception {
        daemon.close();
    }

    @AfterEach
    void leave() throws Exception {
        if (exported != null) {
            exported.close();
        }
    }

    private Fake broker(String accounts, String token) throws Exception {
        Fake fake = new Fake(accounts, token);
        exported = export(address, fake);
        return fake;
    }

    static DBusConnection export(String bus, Fake fake) throws Exception {
        DBusConnection connection =
                DBusConnectionBuilder.forAddress(bus).withShared(false).build();
        connection.exportObject(Broker1.PATH, fake);
        connection.requestBusName(Broker1.NAME);
        return connection;
    }

    static DesktopBroker client(String bus, Optional<String> user) {
        return new DesktopBroker(
                Optional.of(bus),
                Authority.of("login.lab.test", "t.example"),
                "a85cf173-4192-42f8-81fa-777a763e6e2c",
                user,
                Duration.ofSeconds(40),
                ForkJoinPool.commonPool());
    }

    @Test
    void tokensAreBoundToTheKeyThatTheyAreAskedFor() throws Exception {
        Fake fake = broker(ACCOUNTS, TOKEN);
        PopKey key = PopKey.generate(new SecureRandom());
        TokenRequest request = TokenRequest.of(RdpResource.named("rdphost"), key);
        RdpAccessToken token = client(address, Optional.empty())
                .token(request)
                .toCompletableFuture()
                .get(50, TimeUnit.SECONDS);
        assertThat(token.value()).isEqualTo("head.SECRET.signature");
        assertThat(token.expiresAt()).contains(Instant.ofEpochSecond(1_900_000_000));
        assertThat(fake.asked.get(0))
                .isEqualTo("0.0 {\"clientId\":\"a85cf173-4192-42f8-81fa-777a763e6e2c\",\"redirectUri\":"
                        + "\"https://login.microsoftonline.com/common/oauth2/nativeclient\"}");
        JsonNode asked = new ObjectMapper().readTree(fake.asked.get(1)).path("authParameters");
        assertThat(asked.path("authority").asText()).isEqualTo("https://login.lab.test/t.example");
        assertThat(asked.path("authorizationType").asInt()).isEqualTo(1);
        assertThat(asked.path("account").path("homeAccountId").asText()).isEqualTo("a.t");
        assertThat(asked.path("username").asText()).isEqualTo("alice@lab.test");
        assertThat(asked.path("requestedScopes").get(0).asText()).isEqualTo(request.scope());
        assertThat(asked.path("popParams").toString())
                .isEqualTo("{\"authenticationScheme\":\"pop\",\"uriHost\":\"\",\"httpMethod\":\"GET\",\"kid\":\""
                        + key.thumbprint() + "\"}");
    }

    @Test
    void aTokenForAnotherAccountAndWithoutAKey() throws Exception {
        Fake fake = broker(ACCOUNTS, TOKEN);
        client(address, Optional.of("BERT@lab.test"))
                .bearer("s/.default")
                .toCompletableFuture()
                .get(50, TimeUnit.SECONDS);
        JsonNode asked = new ObjectMapper().readTree(fake.asked.get(1)).path("authParameters");
        assertThat(asked.path("account").path("homeAccountId").asText()).isEqualTo("b.t");
        assertThat(asked.has("popParams")).isFalse();
    }

    @Test
    void whatGoesWrongIsSaid() throws Exception {
        says(address, "");
        says("unix:path=" + folder.resolve("none"), "");
        for (String[] answers : new String[][] {
            {"{\"accounts\":[]}", TOKEN, "0 accounts"},
            {"[]", TOKEN, "0 accounts"},
            {"{\"accounts\":7}", TOKEN, "0 accounts"},
            {ACCOUNTS, "no JSON", "an answer without a token"},
            {ACCOUNTS, "{\"brokerTokenResponse\":[]}", "an answer without a token"},
            {
                ACCOUNTS,
                "{\"brokerTokenResponse\":{\"error\":{\"context\":\"AADSTS50076: more is needed\",\"status\":2}}}",
                "AADSTS50076: more is needed, status 2"
            }
        }) {
            broker(answers[0], answers[1]);
            says(address, answers[2]);
            exported.close();
        }
    }

    static void says(String bus, String seen) {
        assertThatThrownBy(() -> client(bus, Optional.empty())
                        .bearer("s/.default")
                        .toCompletableFuture()
                        .get(50, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(RdpFailure.class, failure -> {
                    assertThat(failure.stage()).contains(Stage.TOKEN);
                    assertThat(failure.report().cause()).isEqualTo("desktop-broker");
                    assertThat(failure.report().seen()).contains(seen);
                    assertThat(failure.report().remedy()).contains("porthole login");
                    assertThat(failure.getMessage()).doesNotContain("SECRET");
                });
    }
}
