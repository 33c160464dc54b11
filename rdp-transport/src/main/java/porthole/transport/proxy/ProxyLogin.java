package porthole.transport.proxy;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.Refused;
import porthole.protocol.ntlm.ChallengeMessage;
import porthole.protocol.ntlm.NegotiateMessage;
import porthole.protocol.ntlm.Ntlm;
import porthole.protocol.ntlm.NtlmExchange;
import porthole.protocol.ntlm.NtlmFlags;
import porthole.protocol.ntlm.NtlmIdentity;
import porthole.protocol.ntlm.NtlmNonces;
import porthole.protocol.ntlm.NtlmVersion;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.transport.ProxyServer;
import porthole.transport.RandomSource;

/**
 * How one user signs in to one HTTP proxy (RFC 9110 11.7, MS-NTHT), over as many connections as the proxy needs: NTLM where it is
 * offered, else Basic. Nothing is said before the proxy asks, as Basic gives the password away.
 */
public final class ProxyLogin {
    private enum State {
        NOT_ASKED,
        BASIC,
        NTLM_BEGUN,
        NTLM_ANSWERED
    }

    private static final Bytes NEGOTIATE =
            Bytes.of(NegotiateMessage.of(NtlmFlags.CLIENT, NtlmVersion.CLIENT).toByteArray());
    private static final String NTLM = "NTLM";
    private static final Pattern NTLM_TOKEN = Pattern.compile("(?i)(?:^|,)\\s*NTLM\\s+([^\\s,]+)");

    private final ProxyServer proxy;
    private final RandomSource random;
    private final Clock clock;
    private State state = State.NOT_ASKED;
    private String authorization = "";

    public ProxyLogin(ProxyServer proxy, RandomSource random, Clock clock) {
        this.proxy = proxy;
        this.random = random;
        this.clock = clock;
    }

    /** What the next request says of the user; empty before the proxy asked. */
    Optional<String> authorization() {
        return authorization.isEmpty() ? Optional.empty() : Optional.of(authorization);
    }

    /** {@code none}, {@code basic} or {@code ntlm}: for evidence. */
    public String scheme() {
        return switch (state) {
            case NOT_ASKED -> "none";
            case BASIC -> "basic";
            case NTLM_BEGUN, NTLM_ANSWERED -> "ntlm";
        };
    }

    /** Whether what was said so far holds on another connection; NTLM signs in a connection, not a request. */
    boolean survivesConnection() {
        return state != State.NTLM_ANSWERED;
    }

    /**
     * The proxy asks who this is (status 407); afterwards {@link #authorization} has the answer.
     *
     * @param challenges the values of Proxy-Authenticate
     */
    void challenged(List<String> challenges) {
        switch (state) {
            case NOT_ASKED -> begin(challenges);
            case NTLM_BEGUN -> answer(challenges);
            case BASIC, NTLM_ANSWERED ->
                throw refused(
                        "the proxy did not accept user and password",
                        "check user and password of the proxy, the domain (DOMAIN\\user) and whether the account is locked");
        }
    }

    private void begin(List<String> challenges) {
        if (proxy.user().isEmpty()) {
            throw refused(
                    "the proxy wants a user and a password",
                    "give --proxy-user and --proxy-password-file, or put the user into the proxy's URL");
        }
        if (offers(challenges, NTLM)) {
            state = State.NTLM_BEGUN;
            authorization = NTLM + " " + base64(NEGOTIATE.toArray());
        } else if (offers(challenges, "Basic")) {
            state = State.BASIC;
            String both = proxy.user() + ":" + proxy.password().reveal();
            authorization = "Basic " + base64(both.getBytes(StandardCharsets.UTF_8));
        } else {
            throw refused(
                    "the proxy offers no way to sign in that this client has",
                    "let the proxy offer NTLM or Basic to this user or address, or nothing at all");
        }
    }

    private static boolean offers(List<String> challenges, String scheme) {
        Pattern offer = Pattern.compile("(?i)(?:^|,)\\s*" + scheme + "(?=[\\s,]|$)");
        return challenges.stream().anyMatch(value -> offer.matcher(value).find());
    }

    private void answer(List<String> challenges) {
        Bytes octets = Bytes.of(challenge(challenges));
        ChallengeMessage challenge =
                ChallengeMessage.decode(WireReader.of(octets, "ChallengeMessage", "MS-NLMP 2.2.1.2"));
        Instant now = clock.instant();
        NtlmNonces nonces = new NtlmNonces(
                Bytes.of(random.octets(8)),
                Bytes.of(random.octets(16)),
                Ntlm.fileTime(now.getEpochSecond(), now.getNano()));
        NtlmExchange.Client client = new NtlmExchange.Client(identity(), "", "HTTP/" + proxy.host());
        NtlmExchange exchange = NtlmExchange.answer(client, NEGOTIATE, octets, challenge, nonces);
        state = State.NTLM_ANSWERED;
        authorization = NTLM + " " + base64(exchange.message().toByteArray());
    }

    private byte[] challenge(List<String> challenges) {
        String text = challenges.stream()
                .map(NTLM_TOKEN::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow(() -> refused(
                        "the proxy does not go on with NTLM",
                        "check whether something between this machine and the proxy changes headers"));
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new LocalFailure(
                    "proxy-answer",
                    "the proxy's NTLM challenge is unreadable",
                    text.length() + " characters that are not Base64",
                    "a CHALLENGE_MESSAGE in Base64 (MS-NTHT 2.2.1)",
                    "see whether the proxy works with other clients",
                    e);
        }
    }

    private NtlmIdentity identity() {
        int backslash = proxy.user().indexOf('\\');
        return new NtlmIdentity(
                proxy.user().substring(backslash + 1),
                backslash < 0 ? "" : proxy.user().substring(0, backslash),
                Ntlm.ntHash(proxy.password().reveal()));
    }

    private Refused refused(String meaning, String remedy) {
        return refused(407, "Proxy Authentication Required", meaning, remedy);
    }

    /** The proxy's refusal to let this user in, by its status. */
    Refused refused(int status, String reason, String meaning, String remedy) {
        return new Refused(
                "proxy-authentication", "proxy " + proxy, status, reason, meaning, remedy, "RFC 9110 15.5.8");
    }

    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }
}
