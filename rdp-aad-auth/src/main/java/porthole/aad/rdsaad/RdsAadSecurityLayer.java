package porthole.aad.rdsaad;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import porthole.aad.PopKey;
import porthole.aad.RdpAccessToken;
import porthole.aad.RdpAssertion;
import porthole.aad.RdpResource;
import porthole.aad.entra.AadNonce;
import porthole.aad.entra.AadNonceClient;
import porthole.aad.entra.Outcomes;
import porthole.aad.explain.AssertionContext;
import porthole.aad.token.TokenChecks;
import porthole.aad.token.TokenFinding;
import porthole.aad.token.TokenRequest;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Stage;
import porthole.protocol.x224.SecurityProtocols;
import porthole.transport.ConnectionSpec;
import porthole.transport.SecurityLayer;
import porthole.transport.StageClock;

/**
 * Entra ID sign-in (PROTOCOL_RDSAAD, MS-RDPBCGR 5.4.5.4).
 *
 * <p>Key, token and the authority's nonce are obtained before any connection is opened, so that the host's nonce does
 * not age while somebody signs in. Each connection has its own nonce.
 */
public final class RdsAadSecurityLayer implements SecurityLayer {
    private final RdsAadSettings settings;

    public RdsAadSecurityLayer(RdsAadSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "aad";
    }

    @Override
    public SecurityProtocols protocol() {
        return SecurityProtocols.RDSAAD;
    }

    /** Nobody has written down whether hosts take this flag together with others; FreeRDP sends it alone. */
    @Override
    public boolean isAskedForAlone() {
        return true;
    }

    @Override
    public boolean canUse(ConnectionSpec spec) {
        return true;
    }

    @Override
    public CompletionStage<Attempt> prepare(ConnectionSpec spec, StageClock clock, Executor blocking) {
        RdpResource resource = RdsAadSettings.resource(spec.target());
        clock.started(Stage.TOKEN);
        return Outcomes.in(Stage.TOKEN, token(resource, clock, blocking))
                .whenComplete((bound, failed) -> report(clock, Stage.TOKEN, failed))
                .thenCompose(bound -> {
                    clock.started(Stage.AAD_NONCE);
                    return Outcomes.in(
                                    Stage.AAD_NONCE,
                                    new AadNonceClient(settings.http(), settings.clock()).nonce(settings.authority()))
                            .whenComplete((nonce, failed) -> nonceDone(clock, nonce, failed))
                            .thenApply(nonce -> attempt(bound, resource, nonce, blocking));
                });
    }

    private record BoundToken(PopKey key, RdpAccessToken token) {}

    private CompletionStage<BoundToken> token(RdpResource resource, StageClock clock, Executor blocking) {
        CompletableFuture<PopKey> key = settings.key()
                .map(CompletableFuture::completedFuture)
                .orElseGet(() -> PopKey.generate(settings.random(), blocking));
        return key.thenCompose(k -> {
            TokenRequest request = TokenRequest.of(resource, k);
            return settings.tokens().token(request).thenApply(token -> checked(request, token, clock));
        });
    }

    private BoundToken checked(TokenRequest request, RdpAccessToken token, StageClock clock) {
        List<TokenFinding> findings =
                TokenChecks.of(token, request, settings.clock().instant());
        TokenChecks.failure(findings).ifPresent(failure -> {
            throw failure;
        });
        Map<String, Object> evidence = new LinkedHashMap<>();
        evidence.put("resource", request.target().uri());
        evidence.put("keyThumbprint", request.key().thumbprint());
        token.expiresAt().ifPresent(at -> evidence.put("expiresAt", at.toString()));
        for (TokenFinding finding : findings) {
            evidence.put(finding.name(), finding.seen());
        }
        clock.finished(Stage.TOKEN, evidence);
        return new BoundToken(request.key(), token);
    }

    private void nonceDone(StageClock clock, AadNonce nonce, Throwable failed) {
        if (failed != null) {
            report(clock, Stage.AAD_NONCE, failed);
            return;
        }
        clock.finished(
                Stage.AAD_NONCE,
                nonce.clockOffset()
                        .<Map<String, Object>>map(offset -> Map.of("clockOffsetSeconds", offset.toSeconds()))
                        .orElse(Map.of()));
    }

    private static void report(StageClock clock, Stage stage, Throwable failed) {
        if (failed != null) {
            RdpFailure failure = Outcomes.failure(failed).in(stage);
            clock.failed(stage, failure);
        }
    }

    private Attempt attempt(BoundToken bound, RdpResource resource, AadNonce nonce, Executor blocking) {
        AssertionSigner signer = serverNonce -> CompletableFuture.supplyAsync(
                () -> RdpAssertion.sign(
                                new RdpAssertion.Claims(
                                        serverNonce,
                                        bound.token(),
                                        resource,
                                        nonce.value(),
                                        settings.clock().instant()),
                                bound.key())
                        .compact(),
                blocking);
        return connection -> Optional.of(new RdsAadAuthentication(connection, signer, known(nonce)));
    }

    /** What this attempt knows beside its assertion; whom the host belongs to and which host it is, it cannot know. */
    private AssertionContext known(AadNonce nonce) {
        Instant now = settings.clock().instant();
        AssertionContext known = AssertionContext.NONE
                .withAadNonce(nonce.value())
                .withAadNonceAge(Duration.between(nonce.receivedAt(), now))
                .withNonceAuthority(settings.authority().base().getRawAuthority());
        return nonce.clockOffset()
                .map(offset -> known.withClockOffset(offset).withAt(now.plus(offset)))
                .orElse(known);
    }
}
