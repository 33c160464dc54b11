package porthole.host.entra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import porthole.aad.PopKey;
import porthole.aad.RdpResource;
import porthole.aad.entra.Authority;
import porthole.aad.entra.EntraEndpoints;
import porthole.aad.entra.EntraHttp;
import porthole.aad.grant.ClientIdentity;
import porthole.aad.grant.TokenClient;
import porthole.aad.grant.TokenResponse;
import porthole.aad.grant.Wanted;
import porthole.aad.json.Base64Url;
import porthole.aad.json.StrictJson;
import porthole.aad.signin.AuthorizationRequest;
import porthole.aad.signin.CacheEntry;
import porthole.aad.signin.SignedIn;
import porthole.aad.signin.SilentTokens;
import porthole.aad.signin.TokenCache;
import porthole.protocol.failure.Stage;

/** Two processes sign in a hundred times each, all at once, and share one cache file: nothing is lost or mixed up. */
class ParallelSignInsTest {
    private static final int EACH = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    /**
     * One of the sign-ins: number 57 is of tenant 2, client 5 and user 7.
     *
     * @param popKey a thumbprint, made of the number as well
     */
    private record SignIn(String tenant, String client, String user, RdpResource host, String popKey) {
        static SignIn number(int i) {
            return new SignIn(
                    "tenant" + i % 5 + ".example",
                    "client-" + i / 10 % 10,
                    "user" + i % 10 + "@lab.test",
                    RdpResource.named("host" + i % 7),
                    String.format("%043d", i));
        }

        /** The scope of the token for the host; it also asks for what a sign-in needs. */
        String scope() {
            return host.scope() + " openid profile offline_access";
        }
    }

    @Test
    void nothingIsLostOrMixedUp() throws Exception {
        Path file = folder.resolve("tokens.json");
        try (MockAuthority authority = MockAuthority.start(MockAuthoritySettings.defaults())) {
            Path ca = Files.writeString(folder.resolve("ca.pem"), authority.certificatePem());
            Process other = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Half.class.getName(),
                            authority.hostAndPort(),
                            ca.toString(),
                            file.toString(),
                            "1")
                    .inheritIO()
                    .start();
            Half.main(authority.hostAndPort(), ca.toString(), file.toString(), "0");
            assertThat(other.waitFor()).isZero();
            List<CacheEntry> entries = cache(file).entries();
            for (int i = 0; i < 2 * EACH; i++) {
                SignIn signIn = SignIn.number(i);
                String name = "https://" + authority.hostAndPort() + "/" + signIn.tenant();
                List<CacheEntry> own = entries.stream()
                        .filter(e -> e.authority().equals(name)
                                && e.clientId().equals(signIn.client())
                                && e.user().equals(signIn.user()))
                        .toList();
                assertThat(own)
                        .as("entries of sign-in %d", i)
                        .anySatisfy(e -> assertThat(e.kind()).isEqualTo(CacheEntry.Kind.REFRESH));
                assertThat(own)
                        .as("token of sign-in %d", i)
                        .filteredOn(e -> e.kind() == CacheEntry.Kind.ACCESS
                                && e.audience().equals(signIn.host().scope())
                                && e.popKey().equals(signIn.popKey()))
                        .singleElement()
                        .satisfies(e -> assertBelongs(e.token(), signIn));
            }
            assertThat(entries)
                    .filteredOn(e -> e.kind() == CacheEntry.Kind.ACCESS)
                    .hasSize(2 * EACH);
        }
    }

    private static void assertBelongs(String token, SignIn signIn) {
        ObjectNode claims = Base64Url.decodeText(token.split("\\.")[1])
                .flatMap(StrictJson::object)
                .orElseThrow();
        assertThat(claims.path("preferred_username").asText()).isEqualTo(signIn.user());
        assertThat(claims.path("azp").asText()).isEqualTo(signIn.client());
        assertThat(claims.path("aud").asText()).isEqualTo(signIn.host().uri());
        assertThat(claims.path("cnf").path("kid").asText()).isEqualTo(signIn.popKey());
    }

    private static TokenCache cache(Path file) {
        return new TokenCache(file, Optional.empty(), Clock.systemUTC(), note -> {
            throw new AssertionError(note);
        });
    }

    /** One process: authority, CA file, cache file, and 0 or 1 for the first or the second hundred. */
    static final class Half {
        public static void main(String... arguments) {
            int first = Integer.parseInt(arguments[3]) * EACH;
            TokenCache cache = cache(Path.of(arguments[2]));
            ExecutorService writers = Executors.newFixedThreadPool(8);
            try (EntraHttp http = EntraHttp.trusting(Path.of(arguments[1]), PATIENCE)) {
                EntraEndpoints endpoints = Authority.of(arguments[0], "common")
                        .discover(http, Stage.TOKEN)
                        .join();
                List<CompletableFuture<Void>> all = new ArrayList<>();
                for (int i : IntStream.range(first, first + EACH).toArray()) {
                    SignIn signIn = SignIn.number(i);
                    all.add(signIn(http, endpoints, signIn)
                            .thenAcceptAsync(
                                    response -> cache.put(SignedIn.of(response)
                                            .entries(
                                                    response,
                                                    SilentTokens.cacheName(Authority.of(arguments[0], signIn.tenant())),
                                                    signIn.client(),
                                                    signIn.scope(),
                                                    signIn.popKey())
                                            .toArray(CacheEntry[]::new)),
                                    writers));
                }
                all.forEach(CompletableFuture::join);
            } finally {
                writers.shutdown();
            }
        }

        /** The browser's half and the client's half of one sign-in. */
        private static CompletableFuture<TokenResponse> signIn(
                EntraHttp http, EntraEndpoints endpoints, SignIn signIn) {
            AuthorizationRequest request = AuthorizationRequest.make(
                    endpoints.authorizationEndpoint().orElseThrow(),
                    signIn.client(),
                    AuthorizationRequest.NATIVE_CLIENT,
                    signIn.scope(),
                    Optional.of(signIn.user()),
                    Optional.empty(),
                    new SecureRandom());
            URI token = endpoints.tokenEndpoint();
            return http.get(request.uri())
                    .thenCompose(page -> new TokenClient(
                                    http, token, new ClientIdentity.Public(signIn.client()), Clock.systemUTC())
                            .authorizationCode(
                                    request.code(page.location().orElseThrow()),
                                    request.redirectUri(),
                                    Optional.of(request.verifier()),
                                    Wanted.bound(signIn.scope(), PopKey.reqCnf(signIn.popKey()))))
                    .thenApply(answer -> answer.granted());
        }
    }
}
