package porthole.cli.session;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import porthole.aad.RdpAccessToken;
import porthole.aad.entra.Authority;
import porthole.aad.entra.EntraHttp;
import porthole.aad.rdsaad.RdsAadSecurityLayer;
import porthole.aad.rdsaad.RdsAadSettings;
import porthole.aad.token.TokenRequest;
import porthole.aad.token.TokenSource;
import porthole.cli.base.Surroundings;
import porthole.cli.base.UsageException;
import porthole.cli.option.EntraOptions;
import porthole.cli.option.HostOptions;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.Stage;
import porthole.transport.ProxySettings;
import porthole.transport.SecurityLayer;
import porthole.transport.TlsSecurityLayer;
import porthole.transport.nla.NlaSecurityLayer;
import porthole.transport.nla.NlaSettings;
import porthole.transport.standard.StandardSecurityLayer;

/** The security layers that a command may offer, strongest first, and what they keep open. */
public final class SecurityChoice implements AutoCloseable {
    private static final List<HostOptions.Security> STRONGEST_FIRST = List.of(
            HostOptions.Security.AAD, HostOptions.Security.NLA_EXT, HostOptions.Security.NLA, HostOptions.Security.TLS);

    private final List<SecurityLayer> layers = new ArrayList<>();
    private EntraHttp http;

    /**
     * Makes the layers.
     *
     * @param wanted {@code AUTO} takes all that are strong enough, Entra ID only where a token can be had
     * @param floor the weakest that {@code AUTO} takes
     * @param signsIn whether the command goes as far as to sign in; otherwise no token is needed
     * @param nla how network level authentication is done
     * @param standard what {@code rdp} is, with its encryption methods
     * @param proxies on the way to the authority
     * @param blocking where token commands wait
     */
    public SecurityChoice(
            HostOptions.Security wanted,
            HostOptions.Security floor,
            boolean signsIn,
            NlaSettings nla,
            StandardSecurityLayer standard,
            EntraOptions entra,
            ProxySettings proxies,
            Surroundings surroundings,
            Duration deadline,
            Executor blocking) {
        boolean hasToken = entra.hasTokenSource(surroundings);
        if (wanted == HostOptions.Security.AAD && signsIn && !hasToken && !entra.hasSignIn(surroundings)) {
            throw new UsageException(
                    "sign-in with Entra ID needs a token: sign in with porthole login, or give"
                            + " --token-command, or --access-token-file with --pop-key-file, or the --authority of a test host");
        }
        List<HostOptions.Security> chosen = wanted == HostOptions.Security.AUTO
                ? STRONGEST_FIRST.subList(0, STRONGEST_FIRST.indexOf(floor) + 1)
                : List.of(wanted);
        for (HostOptions.Security each : chosen) {
            switch (each) {
                case AAD -> {
                    if (hasToken || wanted == HostOptions.Security.AAD) {
                        layers.add(entra(entra, proxies, surroundings, deadline, blocking));
                    }
                }
                case NLA_EXT -> layers.add(new NlaSecurityLayer(nla.withEarlyAuthorization()));
                case NLA -> layers.add(new NlaSecurityLayer(nla));
                case TLS -> layers.add(new TlsSecurityLayer());
                case RDP -> layers.add(standard);
                case AUTO -> throw new IllegalArgumentException("auto is no layer");
            }
        }
        if (layers.isEmpty()) {
            throw new UsageException("--security-floor aad needs a token: give --token-command, or --access-token-file"
                    + " with --pop-key-file");
        }
    }

    private SecurityLayer entra(
            EntraOptions entra,
            ProxySettings proxies,
            Surroundings surroundings,
            Duration deadline,
            Executor blocking) {
        Authority authority = entra.authority(surroundings);
        http = entra.http(authority, proxies, deadline);
        TokenSource tokens = entra.tokenSource(surroundings, authority, http, deadline, blocking)
                .orElse(SecurityChoice::none);
        return new RdsAadSecurityLayer(
                new RdsAadSettings(tokens, entra.popKey(), authority, http, Clock.systemUTC(), new SecureRandom()));
    }

    private static CompletionStage<RdpAccessToken> none(TokenRequest request) {
        return CompletableFuture.failedFuture(
                new LocalFailure("no-token", "there is no token source", "", "a token", "give --token-command")
                        .in(Stage.TOKEN));
    }

    /** Strongest first. */
    public List<SecurityLayer> layers() {
        return List.copyOf(layers);
    }

    @Override
    public void close() {
        if (http != null) {
            http.close();
        }
    }
}
