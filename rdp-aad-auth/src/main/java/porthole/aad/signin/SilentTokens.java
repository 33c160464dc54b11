package porthole.aad.signin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import porthole.aad.RdpAccessToken;
import porthole.aad.entra.Authority;
import porthole.aad.entra.EntraHttp;
import porthole.aad.entra.Outcomes;
import porthole.aad.grant.ClientIdentity;
import porthole.aad.grant.TokenAnswer;
import porthole.aad.grant.TokenClient;
import porthole.aad.grant.TokenResponse;
import porthole.aad.grant.Wanted;
import porthole.aad.token.TokenRequest;
import porthole.aad.token.TokenSource;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Stage;

/**
 * Tokens without asking anybody: from the cache, else with the refresh token of an earlier sign-in. One sign-in serves the
 * service and, with {@code req_cnf}, every host. Nothing blocks the caller.
 */
public final class SilentTokens implements TokenSource {
    private static final Duration MARGIN = Duration.ofMinutes(5);

    private final TokenCache cache;
    private final Authority authority;
    private final EntraHttp http;
    private final String clientId;
    private final Optional<String> user;
    private final Clock clock;
    private final boolean keepsBound;
    private final Executor blocking;

    /**
     * Tokens of one client.
     *
     * @param user whose; empty takes the only one, or the last one and notes who that is
     * @param keepsBound whether keys are used again, so that the tokens that are bound to them are worth keeping
     * @param blocking where the cache is read and written
     */
    public SilentTokens(
            TokenCache cache,
            Authority authority,
            EntraHttp http,
            String clientId,
            Optional<String> user,
            Clock clock,
            boolean keepsBound,
            Executor blocking) {
        this.cache = cache;
        this.authority = authority;
        this.http = http;
        this.clientId = clientId;
        this.user = user;
        this.clock = clock;
        this.keepsBound = keepsBound;
        this.blocking = blocking;
    }

    /** The name under which the cache knows an authority. */
    public static String cacheName(Authority authority) {
        return authority.base() + "/" + authority.tenant();
    }

    /** A token for one host and key, from the cache where such tokens are kept. */
    @Override
    public CompletionStage<RdpAccessToken> token(TokenRequest request) {
        Wanted wanted = Wanted.bound(request.scope(), request.reqCnf());
        return keepsBound
                ? kept(wanted, request.key().thumbprint())
                : refreshed(wanted, Optional.empty()).thenApply(TokenResponse::rdpAccessToken);
    }

    /** A bearer token for a scope, from the cache where one is left with five minutes to live. */
    public CompletableFuture<RdpAccessToken> bearer(String scope) {
        return kept(Wanted.bearer(scope), "");
    }

    private CompletableFuture<RdpAccessToken> kept(Wanted wanted, String popKey) {
        return Outcomes.in(
                Stage.TOKEN,
                CompletableFuture.supplyAsync(() -> cached(wanted.scope(), popKey), blocking)
                        .thenCompose(found -> found.isPresent()
                                ? CompletableFuture.completedFuture(found.get())
                                : refreshed(wanted, Optional.of(popKey)).thenApply(TokenResponse::rdpAccessToken)));
    }

    private Optional<RdpAccessToken> cached(String scope, String popKey) {
        Instant least = clock.instant().plus(MARGIN);
        return mine().stream()
                .filter(e -> e.kind() == CacheEntry.Kind.ACCESS
                        && isOfTenant(e)
                        && e.audience().equals(SignedIn.audience(scope))
                        && e.popKey().equals(popKey)
                        && !e.isExpired(least))
                .findFirst()
                .map(e -> new RdpAccessToken(e.token(), e.expiresAt(), popKey.isEmpty() ? "Bearer" : "pop"));
    }

    /** Of this tenant, else of another one at the same authority: a refresh token serves every tenant that the user is known in. */
    private Optional<CacheEntry> refreshToken(List<CacheEntry> all) {
        return all.stream()
                .filter(e -> e.kind() == CacheEntry.Kind.REFRESH)
                .min(Comparator.comparing(e -> !isOfTenant(e))); // the first of those that are alike
    }

    private boolean isOfTenant(CacheEntry entry) {
        return entry.authority().equals(cacheName(authority));
    }

    /** What one user has at this authority, the latest first. */
    private List<CacheEntry> mine() {
        List<CacheEntry> all = known();
        List<CacheEntry> here = all.stream().filter(this::isOfTenant).toList();
        List<String> users = users(here.isEmpty() ? all : here);
        if (users.isEmpty()) {
            return List.of();
        }
        String who = user.orElse(users.get(0));
        if (user.isEmpty() && users.size() > 1) {
            cache.note("signed in are " + String.join(", ", users) + ": this is " + who
                    + ", who was the last; name another one with --user");
        }
        return all.stream().filter(e -> e.user().equalsIgnoreCase(who)).toList();
    }

    private List<CacheEntry> known() {
        List<CacheEntry> all = new ArrayList<>(cache.entries().stream()
                .filter(e -> e.clientId().equals(clientId) && e.authority().startsWith(authority.base() + "/"))
                .toList());
        Collections.reverse(all); // the latest was put in last
        return all;
    }

    private static List<String> users(List<CacheEntry> entries) {
        Set<String> users = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        return entries.stream().map(CacheEntry::user).filter(users::add).toList();
    }

    private CompletableFuture<TokenResponse> refreshed(Wanted wanted, Optional<String> popKey) {
        CompletableFuture<CacheEntry> refresh =
                CompletableFuture.supplyAsync(() -> refreshToken(mine()).orElseThrow(this::signInNeeded), blocking);
        return Outcomes.in(
                Stage.TOKEN,
                refresh.thenCompose(entry -> authority
                        .discover(http, Stage.TOKEN)
                        .thenCompose(endpoints -> new TokenClient(
                                        http, endpoints.tokenEndpoint(), new ClientIdentity.Public(clientId), clock)
                                .refresh(entry.token(), wanted))
                        .thenApplyAsync(answer -> kept(answer, entry, wanted, popKey), blocking)));
    }

    private TokenResponse kept(TokenAnswer answer, CacheEntry entry, Wanted wanted, Optional<String> popKey) {
        if (answer instanceof TokenAnswer.Denied denied && denied.claims().isPresent()) {
            throw challenged(denied);
        }
        TokenResponse response = answer.granted();
        List<CacheEntry> entries = new SignedIn(entry.user())
                .entries(response, cacheName(authority), clientId, wanted.scope(), popKey.orElse("")).stream()
                        .filter(e -> e.kind() == CacheEntry.Kind.REFRESH || popKey.isPresent())
                        .toList();
        if (!entries.isEmpty()) {
            cache.put(entries.toArray(CacheEntry[]::new));
        }
        return response;
    }

    private static RdpFailure challenged(TokenAnswer.Denied denied) {
        String claims = denied.claims().orElseThrow().replaceAll("[^\\x20-\\x7E]", "?");
        return new LocalFailure(
                        "claims-challenge",
                        "the authority wants a new sign-in with certain claims",
                        denied.failure().report().seen(),
                        "a sign-in that answers the challenge",
                        claims.length() > 1000
                                ? "sign in again with: porthole login"
                                : "sign in again with: porthole login --claims '" + claims + "'")
                .in(Stage.TOKEN);
    }

    private LocalFailure signInNeeded() {
        List<String> others = user.isEmpty() ? List.of() : users(known());
        return (LocalFailure) new LocalFailure(
                        "sign-in-needed",
                        others.isEmpty() ? "nobody is signed in" : "this user is not signed in",
                        "no refresh token in the cache for " + cacheName(authority)
                                + user.map(u -> " and " + u).orElse("")
                                + (others.isEmpty() ? "" : "; signed in are " + String.join(", ", others)),
                        "a sign-in at this authority, with this client",
                        "sign in with: porthole login"
                                + (others.isEmpty() ? "" : ", or name with --user somebody who is signed in"))
                .in(Stage.TOKEN);
    }
}
