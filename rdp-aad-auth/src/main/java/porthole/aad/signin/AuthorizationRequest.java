package porthole.aad.signin;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import porthole.aad.entra.EntraAnswers;
import porthole.aad.entra.EntraHttp;
import porthole.aad.json.Base64Url;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.Stage;

/**
 * One authorization request with PKCE and state (RFC 6749 4.1.1, RFC 7636), and what its redirect has to say.
 *
 * @param uri for the person's browser
 * @param redirectUri where the browser is sent afterwards
 * @param state that the redirect repeats
 * @param verifier of PKCE; a secret until the code is redeemed
 */
public record AuthorizationRequest(URI uri, String redirectUri, String state, String verifier) {
    /** The redirect of native clients, which shows a page and leaves the code in the address bar. */
    public static final String NATIVE_CLIENT = "https://login.microsoftonline.com/common/oauth2/nativeclient";

    private static final int SECRET_OCTETS = 32;
    private static final int MAX_REDIRECT = 16 * 1024;

    /** A fresh request. */
    public static AuthorizationRequest make(
            URI endpoint,
            String clientId,
            String redirectUri,
            String scope,
            Optional<String> loginHint,
            Optional<String> claims,
            SecureRandom random) {
        String state = secret(random);
        String verifier = secret(random);
        Map<String, String> query = new LinkedHashMap<>();
        query.put("client_id", clientId);
        query.put("response_type", "code");
        query.put("response_mode", "query");
        query.put("scope", scope);
        query.put("redirect_uri", redirectUri);
        query.put("state", state);
        query.put("code_challenge", challenge(verifier));
        query.put("code_challenge_method", "S256");
        loginHint.ifPresent(hint -> query.put("login_hint", hint));
        claims.ifPresent(c -> query.put("claims", c));
        return new AuthorizationRequest(
                URI.create(endpoint + "?" + EntraHttp.encode(query)), redirectUri, state, verifier);
    }

    /** The code of a redirect URL, whole or from its query on; a failure shows nothing of it. */
    public String code(String redirected) {
        String text = redirected.strip();
        if (text.length() > MAX_REDIRECT) {
            throw unusable(text.length() + " characters");
        }
        Map<String, String> answer = query(text);
        if (answer.containsKey("error")) {
            throw EntraAnswers.refusal(answer.get("error"), answer.getOrDefault("error_description", ""))
                    .in(Stage.TOKEN);
        }
        if (answer.getOrDefault("code", "").isEmpty()) {
            throw unusable(
                    text.contains("wrongplace") ? "the page that the browser was moved on to" : "a URL without a code");
        }
        if (!state.equals(answer.get("state"))) {
            throw unusable("the redirect of another request");
        }
        return answer.get("code");
    }

    private static LocalFailure unusable(String seen) {
        return (LocalFailure) new LocalFailure(
                        "sign-in-redirect",
                        "this is not the redirect of the sign-in",
                        seen,
                        "the URL with code= and state= that the browser was sent to",
                        "copy the address at once, before the page moves on, or take it from the Location header of the"
                                + " browser's developer tools")
                .in(Stage.TOKEN);
    }

    private static Map<String, String> query(String text) {
        int mark = Math.max(text.indexOf('?'), text.indexOf('#'));
        Map<String, String> members = new LinkedHashMap<>();
        for (String member : text.substring(mark + 1).split("[&#]")) {
            int is = member.indexOf('=');
            if (is > 0) {
                members.putIfAbsent(member.substring(0, is), decode(member.substring(is + 1)));
            }
        }
        return members;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return ""; // a broken escape: as good as absent
        }
    }

    private static String secret(SecureRandom random) {
        byte[] octets = new byte[SECRET_OCTETS];
        random.nextBytes(octets);
        return Base64Url.encode(octets);
    }

    private static String challenge(String verifier) {
        try {
            return Base64Url.encode(
                    MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** The redirect only: the URL holds the state. */
    @Override
    public String toString() {
        return "AuthorizationRequest[" + redirectUri + "]";
    }
}
