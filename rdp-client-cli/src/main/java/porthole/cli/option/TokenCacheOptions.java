package porthole.cli.option;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Option;
import porthole.aad.signin.CacheKey;
import porthole.aad.signin.EndpointTokenSource;
import porthole.aad.signin.TokenCache;
import porthole.cli.base.Surroundings;

/** Where the tokens of sign-ins are kept. */
public final class TokenCacheOptions {
    @Option(
            names = "--token-cache",
            paramLabel = "FILE",
            description = "Where sign-ins are kept, mode 0600 (default: ~/.config/porthole/tokens.json).")
    String file;

    @Option(
            names = "--token-cache-key",
            paramLabel = "FILE",
            description = "Encrypt the cache with this key: a file of 32 random octets or more.")
    String key;

    @Option(
            names = "--client-id",
            paramLabel = "ID",
            description = "The application that signs in (default: the Azure Virtual Desktop client).")
    String clientId;

    /** Whether a cache was asked for. */
    public boolean isGiven(Surroundings surroundings) {
        return HostOptions.value(file, surroundings, "PORTHOLE_TOKEN_CACHE").isPresent();
    }

    /** The cache, whose file need not exist yet. */
    public TokenCache cache(Surroundings surroundings, Consumer<String> notes) {
        Path path = HostOptions.value(file, surroundings, "PORTHOLE_TOKEN_CACHE")
                .map(Path::of)
                .orElseGet(() ->
                        KnownHostsOptions.home(surroundings.environment()).resolve(".config/porthole/tokens.json"));
        Optional<CacheKey> secret = HostOptions.value(key, surroundings, "PORTHOLE_TOKEN_CACHE_KEY")
                .map(name -> CacheKey.read(Path.of(name)));
        return new TokenCache(path, secret, Clock.systemUTC(), notes);
    }

    /** The application that signs in. */
    public String clientId() {
        return clientId == null ? EndpointTokenSource.CLIENT_ID : clientId;
    }
}
