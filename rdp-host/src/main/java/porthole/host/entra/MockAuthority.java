package porthole.host.entra;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import porthole.aad.PopKey;
import porthole.aad.entra.Authority;
import porthole.aad.json.StrictJson;
import porthole.aad.verify.NonceRegister;
import porthole.aad.verify.TokenKeys;

/**
 * The endpoints that an RDP sign-in needs, on HTTPS with a certificate of its own: OpenID configuration, signing keys,
 * authorize, device code, and the token endpoint, which also hands out nonces (MS-RDPBCGR 4.11.3, 4.11.4). Its tokens are
 * test data. Thread-safe; its threads are daemons and end with {@link #close}.
 */
public final class MockAuthority implements NonceRegister, AutoCloseable {
    private static final Pattern PATH = Pattern.compile("/([^/]+)/(.+)");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.\\[\\]:-]{1,255}");
    private static final String CHALLENGE = "{\"access_token\":{\"acrs\":{\"essential\":true,\"value\":\"c1\"}}}";
    private static final int OVERSIZE = 2_000_000;

    private final MockAuthoritySettings settings;
    private final AuthorityCertificate certificate;
    private final TokenIssuer issuer;
    private final Grants grants;
    private final ClientAuthentication clients;
    private final Nonces nonces;
    private final Set<String> slowedDown = ConcurrentHashMap.newKeySet();
    private final HttpsListener listener;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Set<EntraFault> faults;

    private MockAuthority(MockAuthoritySettings settings, SecureRandom random) {
        this.settings = settings;
        this.faults = settings.faults();
        List<String> names =
                faults.contains(EntraFault.WRONG_CERTIFICATE) ? List.of("another-authority.invalid") : settings.names();
        this.certificate = AuthorityCertificate.make(names, Instant.now(), random);
        this.issuer = new TokenIssuer(settings, PopKey.generate(random));
        this.grants = new Grants(random, settings.devicePolls(), settings.user());
        this.clients = new ClientAuthentication(settings.applications(), new Ledger<>("", random));
        this.nonces = new Nonces(settings.nonceLifetime(), random);
        this.listener = new HttpsListener(
                settings.address(), settings.port(), certificate, random, settings.clock(), this::answer);
    }

    /** Makes its keys, some 200 ms of work, and listens. */
    public static MockAuthority start(MockAuthoritySettings settings) {
        return new MockAuthority(settings, new SecureRandom());
    }

    /** The port that it listens on. */
    public int port() {
        return listener.port();
    }

    /** Its first name with the port: what an RDP client is given as authority. */
    public String hostAndPort() {
        String name = settings.names().get(0);
        return (name.indexOf(':') >= 0 ? "[" + name + "]" : name) + ":" + port();
    }

    /** Itself as a client names it. */
    public Authority authority() {
        return Authority.of("https://" + hostAndPort(), Authority.ANY_TENANT);
    }

    /** {@code iss} of its tokens. */
    public String issuer() {
        return "https://" + hostAndPort() + "/" + settings.tenantId() + "/v2.0";
    }

    /** {@code tid} of its tokens. */
    public String tenantId() {
        return settings.tenantId();
    }

    /** The keys that sign its tokens. */
    public TokenKeys keys() {
        return TokenKeys.ofJwks(issuer.jwks());
    }

    /** Its HTTPS certificate. */
    public X509Certificate certificate() {
        return certificate.certificate();
    }

    /** Its HTTPS certificate as PEM: a client's CA file. */
    public String certificatePem() {
        return certificate.pem();
    }

    /** A client's side of TLS that trusts this authority only. */
    public SSLContext clientTls() {
        return certificate.trust();
    }

    /** Does these things wrong from now on; the certificate stays as it is. */
    public void setFaults(Set<EntraFault> wrong) {
        faults = Set.copyOf(wrong);
    }

    @Override
    public State consume(String nonce) {
        return nonces.consume(nonce, settings.clock().instant());
    }

    @Override
    public void close() {
        closing.countDown();
        listener.close();
    }

    private HttpReply answer(HttpRequest request) {
        HttpReply reply;
        try {
            reply = route(request);
        } catch (OAuthRefusal refusal) {
            reply = refused(refusal);
        }
        settings.observer().accept(new AuthorityEvent(request.method(), request.path(), reply.status(), reply.what()));
        return reply;
    }

    private HttpReply route(HttpRequest request) {
        Set<EntraFault> now = faults;
        if (now.contains(EntraFault.SLOW)) {
            beSlow();
        }
        if (now.contains(EntraFault.CLOSE)) {
            return HttpReply.none("closed without an answer");
        }
        if (now.contains(EntraFault.BUSY)) {
            return busy();
        }
        Matcher path = PATH.matcher(request.path());
        String endpoint = path.matches() ? request.method() + " " + path.group(2) : "";
        return switch (endpoint) {
            case "GET v2.0/.well-known/openid-configuration" ->
                HttpReply.json(200, configuration(base(request), path.group(1)), "configuration");
            case "GET discovery/v2.0/keys" -> HttpReply.json(200, issuer.jwks(), "signing keys");
            case "GET oauth2/v2.0/authorize" -> authorize(request.query(), now);
            case "POST oauth2/v2.0/devicecode" ->
                HttpReply.json(
                        200,
                        grants.device(
                                        request.form(),
                                        base(request) + "/" + path.group(1) + "/oauth2/deviceauth",
                                        settings.clock().instant())
                                .toString(),
                        "device code issued");
            case "POST oauth2/v2.0/token", "POST oauth2/token" -> token(request.form(), audiences(request), now);
            default -> HttpReply.text(404, "text/plain", "not found\n", "no such endpoint");
        };
    }

    private static HttpReply busy() {
        return HttpReply.json(429, "{\"error\":\"temporarily_unavailable\"}", "busy")
                .with("Retry-After", "1");
    }

    private HttpReply authorize(Map<String, String> query, Set<EntraFault> now) {
        Grants.required(query, "client_id", "response_type", "redirect_uri", "scope");
        if (!query.get("response_type").equals("code")) {
            throw new OAuthRefusal("unsupported_response_type", 700054, "only the response type 'code' is enabled.");
        }
        String redirect = redirect(query.get("redirect_uri"));
        boolean refused = now.contains(EntraFault.AUTHORIZE_REFUSED);
        String answer = refused
                ? "error=access_denied&error_description=" + encode("AADSTS65004: the user declined to consent.")
                : "code=" + grants.authorize(query, settings.clock().instant());
        if (query.containsKey("state")) {
            answer += "&state=" + encode(query.get("state"));
        }
        answer += "&session_state=00000000-0000-4000-8000-0000000000aa";
        String mark = query.getOrDefault("response_mode", "query").equals("fragment")
                ? "#"
                : redirect.indexOf('?') < 0 ? "?" : "&";
        return HttpReply.redirect(redirect + mark + answer, refused ? "sign-in refused" : "signed in");
    }

    /** How a client assertion may name its audience: the endpoint as asked, or by our own name. */
    private Set<String> audiences(HttpRequest request) {
        return new HashSet<>(List.of(base(request) + request.path(), "https://" + hostAndPort() + request.path()));
    }

    private HttpReply token(Map<String, String> form, Set<String> audiences, Set<EntraFault> now) {
        if (now.contains(EntraFault.GARBAGE)) {
            return HttpReply.text(200, "text/html", "<html><body>Welcome to the hotel</body></html>", "garbage");
        }
        if (now.contains(EntraFault.OVERSIZE)) {
            return HttpReply.json(200, "{\"Nonce\":\"" + "A".repeat(OVERSIZE) + "\"}", "too much");
        }
        if (form.getOrDefault("grant_type", "").equals("srv_challenge")) {
            if (now.contains(EntraFault.NONCE_REFUSED)) {
                throw new OAuthRefusal("invalid_request", 90014, "no nonce is handed out.");
            }
            if (now.contains(EntraFault.NONCE_BUSY)) {
                return busy();
            }
            String nonce = nonces.issue(settings.clock().instant(), now.contains(EntraFault.STALE_NONCE));
            return HttpReply.json(
                    200, StrictJson.newObject().put("Nonce", nonce).toString(), "nonce issued");
        }
        if (now.contains(EntraFault.TOKEN_REFUSED)) {
            throw new OAuthRefusal("invalid_grant", settings.refusalCode(), "no token is issued.");
        }
        if (now.contains(EntraFault.CLAIMS_CHALLENGE) && !CHALLENGE.equals(form.get("claims"))) {
            throw new OAuthRefusal("interaction_required", 50076, "multi-factor authentication is needed.", CHALLENGE);
        }
        if (now.contains(EntraFault.SLOW_DOWN)
                && form.containsKey("device_code")
                && slowedDown.add(form.get("device_code"))) {
            throw new OAuthRefusal("slow_down", 70016, "too many questions.");
        }
        Instant time = settings.clock().instant();
        String azpacr = clients.check(form, audiences, time);
        ObjectNode response = grants.redeem(
                form, time, !azpacr.equals("0"), granted -> issuer.issue(form, granted, azpacr, issuer(), now, time));
        return HttpReply.json(
                200, response.toString(), response.path("token_type").asText() + " token issued");
    }

    private void beSlow() {
        try {
            closing.await(settings.slowness().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static HttpReply refused(OAuthRefusal refusal) {
        ObjectNode document =
                StrictJson.newObject().put("error", refusal.error()).put("error_description", refusal.getMessage());
        document.putArray("error_codes").add(refusal.code());
        if (!refusal.claims().isEmpty()) {
            document.put("claims", refusal.claims());
        }
        document.put("trace_id", "00000000-0000-4000-8000-0000000000bb")
                .put("correlation_id", "00000000-0000-4000-8000-0000000000cc");
        int status = refusal.error().equals("invalid_client") ? 401 : 400;
        return HttpReply.json(status, document.toString(), "refused with AADSTS" + refusal.code());
    }

    /** The address under which this client knows the authority. */
    private String base(HttpRequest request) {
        String host = request.headers().getOrDefault("host", "");
        return "https://" + (HOST.matcher(host).matches() ? host : hostAndPort());
    }

    private String configuration(String base, String tenant) {
        String at = base + "/" + tenant;
        ObjectNode document = StrictJson.newObject()
                .put("token_endpoint", at + "/oauth2/v2.0/token")
                .put("jwks_uri", at + "/discovery/v2.0/keys")
                .put("issuer", issuer())
                .put("authorization_endpoint", at + "/oauth2/v2.0/authorize")
                .put("device_authorization_endpoint", at + "/oauth2/v2.0/devicecode")
                .put("cloud_instance_name", settings.names().get(0));
        document.putArray("response_modes_supported").add("query").add("fragment");
        document.putArray("response_types_supported").add("code");
        document.putArray("subject_types_supported").add("pairwise");
        document.putArray("id_token_signing_alg_values_supported").add("RS256");
        document.putArray("scopes_supported")
                .add("openid")
                .add("profile")
                .add("email")
                .add("offline_access");
        return document.toString();
    }

    private static String redirect(String text) {
        try {
            if (new URI(text).isAbsolute()) {
                return text;
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw new OAuthRefusal("invalid_request", 50011, "the redirect URI is not an absolute URI.");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
