package porthole.transport.gateway;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.Refused;
import porthole.protocol.wire.Bytes;
import porthole.transport.Credentials;
import porthole.transport.GatewaySettings;
import porthole.transport.GatewaySettings.Authentication;
import porthole.transport.Secret;
import porthole.transport.nla.AuthenticationMechanism;

/** How one HTTP connection to a gateway is signed in (RFC 9110 11, RFC 4559, MS-NTHT): which header answers which challenge. */
final class HttpSignIn {
    private static final int UNAUTHORIZED = 401;
    private static final int LONGEST_TOKEN = 64 * 1024;

    private final GatewaySettings settings;
    private final Optional<Secret> token;
    private final Supplier<AuthenticationMechanism> ntlm;
    private final Supplier<AuthenticationMechanism> negotiate;
    private Authentication scheme;
    private AuthenticationMechanism mechanism;
    private boolean said;

    /**
     * @param scheme what is known to be right, or {@link Authentication#AUTO}
     * @param ntlm a fresh run of NTLM, bound to the TLS connection
     * @param negotiate the same inside SPNEGO
     */
    HttpSignIn(
            GatewaySettings settings,
            Authentication scheme,
            Optional<Secret> token,
            Supplier<AuthenticationMechanism> ntlm,
            Supplier<AuthenticationMechanism> negotiate) {
        this.settings = settings;
        this.scheme = scheme;
        this.token = token;
        this.ntlm = ntlm;
        this.negotiate = negotiate;
    }

    /** What is used, or was found to be right. */
    Authentication scheme() {
        return scheme;
    }

    /** Whether what the last challenge led to holds on another connection, too. */
    boolean survivesConnection() {
        return mechanism == null || !said;
    }

    /** The header of the first request, where one is sent unasked. */
    Optional<String> first() {
        return switch (scheme) {
            case AUTO, COOKIE, TUNNEL_NTLM -> Optional.empty();
            case BASIC -> Optional.of(basic());
            case BEARER -> Optional.of(bearer());
            case NTLM, NEGOTIATE -> Optional.of(begin());
        };
    }

    /** The answer to a response with status 401. */
    Optional<String> next(List<String> challenges) {
        if (scheme == Authentication.AUTO) {
            scheme = choose(challenges);
            return scheme == Authentication.BASIC ? Optional.of(basic()) : Optional.of(begin());
        }
        if (mechanism == null) {
            throw refused();
        }
        Bytes theirs = token(challenges).orElseThrow(() -> said ? refused() : notOffered(challenges));
        said = true;
        return mechanism.next(theirs).map(this::header);
    }

    private Authentication choose(List<String> challenges) {
        if (settings.credentials().user().isEmpty()) {
            throw new LocalFailure(
                    "gateway-credentials",
                    "the gateway asks who this is",
                    names(challenges),
                    "a user and a password, or a token",
                    "give --gateway-user and --gateway-password-file, or --gateway-token-file");
        }
        if (offered(challenges, "ntlm")) {
            return Authentication.NTLM;
        } else if (offered(challenges, "negotiate")) {
            return Authentication.NEGOTIATE;
        } else if (offered(challenges, "basic")) {
            return Authentication.BASIC;
        }
        throw notOffered(challenges);
    }

    private LocalFailure notOffered(List<String> challenges) {
        return new LocalFailure(
                "gateway-authentication-method",
                "the gateway does not offer the way of signing in that is wanted",
                names(challenges),
                scheme == Authentication.AUTO ? "NTLM, Negotiate or Basic" : word(),
                "take another --gateway-auth; a gateway that wants a token takes --gateway-token-file");
    }

    private static String names(List<String> challenges) {
        String names = String.join(
                ", ", challenges.stream().map(HttpSignIn::name).distinct().toList());
        return names.isEmpty() ? "status 401 without a challenge" : names;
    }

    private static String name(String challenge) {
        String word = challenge.strip().split("[ ,]", 2)[0];
        return word.substring(0, Math.min(32, word.length()));
    }

    private static boolean offered(List<String> challenges, String scheme) {
        return challenges.stream()
                .flatMap(value -> List.of(value.split(",")).stream())
                .anyMatch(value -> name(value).equalsIgnoreCase(scheme));
    }

    private Optional<Bytes> token(List<String> challenges) {
        for (String challenge : challenges) {
            String[] parts = challenge.strip().split(" +", 2);
            if (parts.length == 2 && parts[0].equalsIgnoreCase(word()) && parts[1].length() <= LONGEST_TOKEN) {
                try {
                    return Optional.of(Bytes.of(Base64.getDecoder().decode(parts[1].strip())));
                } catch (IllegalArgumentException notBase64) {
                    throw new LocalFailure(
                            "gateway-http",
                            "the gateway's challenge is malformed",
                            "a token that is not base64",
                            "base64 behind " + word(),
                            "see whether a proxy between changes headers");
                }
            }
        }
        return Optional.empty();
    }

    private String begin() {
        mechanism = scheme == Authentication.NTLM ? ntlm.get() : negotiate.get();
        said = false;
        return header(mechanism.begin());
    }

    private String header(Bytes octets) {
        return word() + " " + Base64.getEncoder().encodeToString(octets.toArray());
    }

    private String word() {
        return scheme == Authentication.NTLM ? "NTLM" : "Negotiate";
    }

    private String basic() {
        Credentials who = settings.credentials();
        String name = who.domain().isEmpty() ? who.user() : who.domain() + "\\" + who.user();
        String both = name + ":" + who.password().reveal();
        return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }

    private String bearer() {
        return "Bearer " + token.map(Secret::reveal).orElse("");
    }

    private Refused refused() {
        boolean byToken = scheme == Authentication.BEARER || scheme == Authentication.COOKIE;
        return new Refused(
                "gateway-sign-in",
                "gateway HTTP status",
                UNAUTHORIZED,
                "Unauthorized",
                byToken
                        ? "the gateway does not accept the access token"
                        : "the gateway does not accept user and password",
                byToken
                        ? "get a fresh token for this gateway; it may be expired or for somebody else"
                        : "check --gateway-user and its password; the gateway may want another domain, or the account may be locked",
                "RFC 9110 15.5.2");
    }
}
