package porthole.host.gateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import porthole.host.nla.Acceptor;
import porthole.host.nla.HostUser;
import porthole.protocol.ntlm.Ntlm;
import porthole.protocol.wire.Bytes;

/** Who is behind one HTTP connection of a gateway's client (RFC 9110 11, RFC 4559, MS-NTHT). */
final class HttpLogin {
    private static final Answer NOBODY = new Answer(Optional.empty(), "", List.of(), Optional.empty(), Tunnel.NONE, "");

    private final GatewayHostSettings settings;
    private Acceptor acceptor;
    private Answer known = NOBODY;

    /** What is still asked inside the tunnel. */
    enum Tunnel {
        NONE,
        COOKIE,
        NTLM
    }

    /**
     * What a request's headers led to.
     *
     * @param user empty while the client is not signed in
     * @param way by which it did
     * @param challenges for a response with status 401
     * @param last a token that goes with the first response after the sign-in
     * @param reason of a refusal
     */
    record Answer(
            Optional<String> user,
            String way,
            List<String> challenges,
            Optional<String> last,
            Tunnel tunnel,
            String reason) {}

    HttpLogin(GatewayHostSettings settings) {
        this.settings = settings;
    }

    /** Looks at one request; NTLM and Kerberos are computed off the event loop. */
    CompletionStage<Answer> check(HttpRequest request) {
        if (known.user().isPresent()) {
            return CompletableFuture.completedFuture(known);
        }
        String scheme = request.headers().get("RDG-Auth-Scheme", "");
        if (scheme.equalsIgnoreCase("PAA") && settings.takes(GatewaySignIn.COOKIE)) {
            return in("(cookie)", "cookie", Tunnel.COOKIE);
        } else if (scheme.equalsIgnoreCase("SSPI_NTLM") && settings.takes(GatewaySignIn.TUNNEL_NTLM)) {
            return in("(tunnel)", "tunnel", Tunnel.NTLM);
        } else if (settings.takes(GatewaySignIn.ANONYMOUS)) {
            return in("(anybody)", "anonymous", Tunnel.NONE);
        }
        String[] parts =
                request.headers().get(HttpHeaderNames.AUTHORIZATION, "").strip().split(" +", 2);
        String value = parts.length == 2 ? parts[1] : "";
        return switch (parts[0].toLowerCase(Locale.ROOT)) {
            case "basic" -> settings.takes(GatewaySignIn.BASIC) ? basic(value) : refused("Basic is not taken");
            case "bearer" -> settings.takes(GatewaySignIn.BEARER) ? bearer(value) : refused("Bearer is not taken");
            case "ntlm" -> settings.takes(GatewaySignIn.NTLM) ? token("NTLM", value) : refused("NTLM is not taken");
            case "negotiate" ->
                settings.takes(GatewaySignIn.NEGOTIATE) ? token("Negotiate", value) : refused("Negotiate is not taken");
            default -> refused("");
        };
    }

    private CompletionStage<Answer> in(String user, String way, Tunnel tunnel) {
        known = new Answer(Optional.of(user), way, List.of(), Optional.empty(), tunnel, "");
        return CompletableFuture.completedFuture(known);
    }

    private CompletionStage<Answer> refused(String reason) {
        acceptor = null;
        List<String> all = new ArrayList<>();
        if (settings.takes(GatewaySignIn.NEGOTIATE)) {
            all.add("Negotiate");
        }
        if (settings.takes(GatewaySignIn.NTLM)) {
            all.add("NTLM");
        }
        if (settings.takes(GatewaySignIn.BASIC)) {
            all.add("Basic realm=\"porthole\"");
        }
        if (settings.takes(GatewaySignIn.BEARER)) {
            all.add("Bearer");
        }
        return CompletableFuture.completedFuture(
                new Answer(Optional.empty(), "", all, Optional.empty(), Tunnel.NONE, reason));
    }

    private CompletionStage<Answer> basic(String value) {
        String both;
        try {
            both = new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return refused("not base64");
        }
        int colon = both.indexOf(':');
        String full = colon < 0 ? both : both.substring(0, colon);
        int slash = full.indexOf('\\');
        String name = full.substring(slash + 1);
        Optional<HostUser> user = settings.users().user(name, slash < 0 ? "" : full.substring(0, slash));
        boolean right = colon >= 0
                && user.isPresent()
                && Ntlm.ntHash(both.substring(colon + 1)).equals(user.get().ntHash());
        return right ? in(name, "basic", Tunnel.NONE) : refused("wrong user or password");
    }

    private CompletionStage<Answer> bearer(String value) {
        return knows(settings, value)
                ? in("(token)", "bearer", Tunnel.NONE)
                : refused("a token that is not known here");
    }

    /** Whether this is a token that the gateway takes. */
    static boolean knows(GatewayHostSettings settings, String token) {
        byte[] octets = token.getBytes(StandardCharsets.UTF_8);
        return settings.tokens().stream()
                .anyMatch(known -> MessageDigest.isEqual(known.getBytes(StandardCharsets.UTF_8), octets));
    }

    /** A fresh acceptor for whatever {@code first} begins. */
    static Acceptor acceptor(GatewayHostSettings settings, Bytes first) {
        Instant now = Instant.now();
        return settings.users()
                .acceptor(
                        first,
                        settings.name(),
                        Bytes.of(settings.random().octets(8)),
                        settings.channelBindings(),
                        Ntlm.fileTime(now.getEpochSecond(), now.getNano()));
    }

    private CompletionStage<Answer> token(String scheme, String value) {
        Bytes token;
        try {
            token = Bytes.of(Base64.getDecoder().decode(value));
        } catch (IllegalArgumentException e) {
            return refused("not base64");
        }
        if (acceptor == null) {
            acceptor = acceptor(settings, token);
        }
        return CompletableFuture.supplyAsync(
                        () -> acceptor.accept(token), settings.users().work())
                .thenCompose(step -> {
                    if (step.status() != 0) {
                        return refused(step.reason());
                    }
                    Optional<String> answer = step.answer()
                            .map(octets -> scheme + " " + Base64.getEncoder().encodeToString(octets.toArray()));
                    if (!acceptor.isComplete()) {
                        return CompletableFuture.completedFuture(new Answer(
                                Optional.empty(),
                                "",
                                List.of(answer.orElse(scheme)),
                                Optional.empty(),
                                Tunnel.NONE,
                                ""));
                    }
                    in(acceptor.user(), acceptor.name(), Tunnel.NONE);
                    return CompletableFuture.completedFuture(
                            new Answer(known.user(), known.way(), List.of(), answer, Tunnel.NONE, ""));
                });
    }
}
