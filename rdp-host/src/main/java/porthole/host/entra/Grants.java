package porthole.host.entra;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import porthole.aad.json.Base64Url;
import porthole.aad.json.StrictJson;
import porthole.aad.token.AccessTokenText;

/** The grants of the token endpoint, and the codes that lead to them. */
final class Grants {
    private static final Duration CODE_LIFETIME = Duration.ofMinutes(10);
    private static final Duration DEVICE_LIFETIME = Duration.ofMinutes(15);
    private static final String USER_CODE_LETTERS = "BCDFGHJKLMNPQRSTVWXZ";
    private static final int USER_CODE_LENGTH = 9;

    /**
     * What a grant leads to.
     *
     * @param app whether the token is for the application itself, without a user
     * @param user who signed in
     */
    record Granted(String scope, boolean app, String user) {}

    private record SignIn(String scope, String user) {}

    private record Code(
            String client, String redirect, SignIn signIn, String challenge, String method, Instant until) {}

    private record Device(String client, String scope, int polls, Instant until) {}

    private record Refresh(String client, SignIn signIn) {}

    private final Ledger<Code> codes;
    private final Ledger<Device> devices;
    private final Ledger<Refresh> refreshes;
    private final SecureRandom random;
    private final int devicePolls;
    private final String anybody;

    /** @param anybody who signs in where no {@code login_hint} names somebody */
    Grants(SecureRandom random, int devicePolls, String anybody) {
        this.codes = new Ledger<>("0.mock.", random);
        this.devices = new Ledger<>("", random);
        this.refreshes = new Ledger<>("0.mock-refresh.", random);
        this.random = random;
        this.devicePolls = devicePolls;
        this.anybody = anybody;
    }

    /** An authorization code for a request that was found to be complete. */
    String authorize(Map<String, String> query, Instant now) {
        return codes.add(new Code(
                query.get("client_id"),
                query.get("redirect_uri"),
                new SignIn(query.get("scope"), query.getOrDefault("login_hint", anybody)),
                query.getOrDefault("code_challenge", ""),
                query.getOrDefault("code_challenge_method", "plain"),
                now.plus(CODE_LIFETIME)));
    }

    /** The answer of the device authorization endpoint (RFC 8628 3.2). */
    ObjectNode device(Map<String, String> form, String verificationUri, Instant now) {
        required(form, "client_id");
        StringBuilder user = new StringBuilder();
        for (int i = 0; i < USER_CODE_LENGTH; i++) {
            user.append(USER_CODE_LETTERS.charAt(random.nextInt(USER_CODE_LETTERS.length())));
        }
        String device = devices.add(
                new Device(form.get("client_id"), form.getOrDefault("scope", ""), 0, now.plus(DEVICE_LIFETIME)));
        return StrictJson.newObject()
                .put("user_code", user.toString())
                .put("device_code", device)
                .put("verification_uri", verificationUri)
                .put("expires_in", DEVICE_LIFETIME.toSeconds())
                .put("interval", 1)
                .put(
                        "message",
                        "To sign in, use a web browser to open the page " + verificationUri + " and enter the code "
                                + user + " to authenticate.");
    }

    /** Redeems any grant; {@code issue} makes the token response for it. */
    ObjectNode redeem(
            Map<String, String> form, Instant now, boolean confidential, Function<Granted, ObjectNode> issue) {
        String grant = form.getOrDefault("grant_type", "");
        SignIn signIn = switch (grant) {
            case "authorization_code" -> code(form, now);
            case "refresh_token" -> refresh(form);
            case "urn:ietf:params:oauth:grant-type:device_code" -> new SignIn(deviceCode(form, now), anybody);
            case "client_credentials" -> new SignIn(clientCredentials(form, confidential), "");
            case "urn:ietf:params:oauth:grant-type:jwt-bearer" -> new SignIn(onBehalfOf(form, confidential), anybody);
            default -> throw new OAuthRefusal("unsupported_grant_type", 70003, "the grant type is not supported.");
        };
        boolean app = grant.equals("client_credentials");
        String scope = form.getOrDefault("scope", "").isEmpty() ? signIn.scope() : form.get("scope");
        ObjectNode response = issue.apply(new Granted(scope, app, signIn.user()));
        boolean offline = Arrays.asList(scope.split(" ")).contains("offline_access");
        if (!app && (offline || grant.equals("refresh_token"))) {
            response.put(
                    "refresh_token",
                    refreshes.add(new Refresh(form.get("client_id"), new SignIn(scope, signIn.user()))));
        }
        return response;
    }

    private static String clientCredentials(Map<String, String> form, boolean confidential) {
        if (!confidential) {
            throw new OAuthRefusal("invalid_client", 7000218, "the request must contain a client credential.");
        }
        String scope = form.getOrDefault("scope", "");
        if (!scope.endsWith("/.default")) {
            throw new OAuthRefusal("invalid_scope", 1002012, "the scope is not valid; it must end in /.default.");
        }
        return scope;
    }

    /** The token that is shown has to be one of this authority, for the client that shows it. */
    private static String onBehalfOf(Map<String, String> form, boolean confidential) {
        if (!confidential) {
            throw new OAuthRefusal("invalid_client", 7000218, "the request must contain a client credential.");
        }
        required(form, "assertion", "requested_token_use", "scope");
        if (!form.get("requested_token_use").equals("on_behalf_of")) {
            throw new OAuthRefusal("invalid_request", 90014, "requested_token_use must be on_behalf_of.");
        }
        String client = form.getOrDefault("client_id", "");
        boolean own = AccessTokenText.of(form.get("assertion")) instanceof AccessTokenText.Readable token
                && token.text("aud")
                        .filter(aud -> aud.equals(client) || aud.equals("api://" + client))
                        .isPresent();
        if (!own) {
            throw new OAuthRefusal("invalid_grant", 50013, "the assertion is not a token for this client.");
        }
        return form.get("scope");
    }

    private SignIn code(Map<String, String> form, Instant now) {
        // taken whatever becomes of it: a code is shown once
        Code code = codes.take(form.getOrDefault("code", ""))
                .orElseThrow(
                        () -> new OAuthRefusal("invalid_grant", 54005, "the code is unknown or was already redeemed."));
        if (!now.isBefore(code.until())) {
            throw new OAuthRefusal("invalid_grant", 70008, "the code has expired.");
        }
        if (!code.client().equals(form.get("client_id"))) {
            throw new OAuthRefusal("invalid_grant", 700005, "the code was issued to another client.");
        }
        if (!code.redirect().equals(form.get("redirect_uri"))) {
            throw new OAuthRefusal("invalid_grant", 50011, "the redirect URI is not that of the code.");
        }
        String verifier = form.getOrDefault("code_verifier", "");
        String shown = code.method().equals("S256") ? sha256(verifier) : verifier;
        if (!code.challenge().isEmpty() && !code.challenge().equals(shown)) {
            throw new OAuthRefusal("invalid_grant", 501481, "the code verifier does not match the challenge.");
        }
        return code.signIn();
    }

    private SignIn refresh(Map<String, String> form) {
        return refreshes
                .find(form.getOrDefault("refresh_token", ""))
                .filter(r -> r.client().equals(form.get("client_id")))
                .map(Refresh::signIn)
                .orElseThrow(() -> new OAuthRefusal("invalid_grant", 70000, "the refresh token is not valid."));
    }

    private String deviceCode(Map<String, String> form, Instant now) {
        String name = form.getOrDefault("device_code", "");
        Device device = devices.find(name)
                .filter(d -> d.client().equals(form.get("client_id")))
                .orElseThrow(() -> new OAuthRefusal("bad_verification_code", 70018, "the device code is unknown."));
        if (!now.isBefore(device.until())) {
            throw new OAuthRefusal("expired_token", 70019, "the device code has expired.");
        }
        if (device.polls() < devicePolls) {
            devices.put(name, new Device(device.client(), device.scope(), device.polls() + 1, device.until()));
            throw new OAuthRefusal("authorization_pending", 70016, "authorization is pending. Continue polling.");
        }
        devices.take(name);
        return device.scope();
    }

    /** Refuses a request that lacks one of these. */
    static void required(Map<String, String> fields, String... names) {
        for (String name : names) {
            if (fields.getOrDefault(name, "").isEmpty()) {
                throw new OAuthRefusal("invalid_request", 900144, "the request must contain '" + name + "'.");
            }
        }
    }

    private static String sha256(String text) {
        try {
            return Base64Url.encode(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
