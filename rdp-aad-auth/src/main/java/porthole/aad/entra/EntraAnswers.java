package porthole.aad.entra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import porthole.aad.json.StrictJson;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Refused;

/** Makes a JSON object or a failure out of an authority's answer. */
public final class EntraAnswers {
    private static final Pattern CODE = Pattern.compile("AADSTS(\\d{4,9})");

    private EntraAnswers() {}

    /** The object of a successful answer; {@code what} names it in the failure that any other answer is. */
    public static ObjectNode object(EntraHttp.Answer answer, String what) {
        Optional<ObjectNode> body = StrictJson.object(answer.body());
        if (answer.status() != 200) {
            throw refusal(answer, body);
        }
        return body.orElseThrow(() -> unusable(what, answer.body().length() + " characters that are no JSON object"));
    }

    /** The failure for a successful answer that does not hold what it should. */
    public static LocalFailure unusable(String what, String seen) {
        return new LocalFailure(
                "entra-answer",
                "the authority does not send " + what,
                seen,
                what + " as a JSON object",
                "check the authority's address; a proxy or a portal may answer in its place");
    }

    /** The failure that an answer is which holds an error document, and perhaps says when to come again. */
    public static RdpFailure refusal(EntraHttp.Answer answer, Optional<ObjectNode> body) {
        return refusal(answer.status(), answer.retryAfter(), body);
    }

    /** The failure that an error document is; {@code error}, {@code error_codes} and {@code error_description} are read. */
    public static RdpFailure refusal(int status, Optional<ObjectNode> body) {
        return refusal(status, Optional.empty(), body);
    }

    private static RdpFailure refusal(int status, Optional<Duration> retryAfter, Optional<ObjectNode> body) {
        String error = body.flatMap(o -> StrictJson.text(o, "error"))
                .map(Sanitized::line)
                .orElse("");
        String description = body.flatMap(o -> StrictJson.text(o, "error_description"))
                .map(Sanitized::line)
                .orElse("");
        int code = body.map(o -> code(o, description)).orElse(0);
        if (code != 0) {
            return Aadsts.refused(code, error, description);
        }
        boolean busy = BusyAuthority.isBusy(status);
        String meaning = busy
                ? "the authority is asked too often or is overloaded"
                : error.isEmpty() ? "the authority answers with an HTTP error" : "the authority answers " + error;
        return new Refused(
                busy ? "entra-busy" : "entra-refused",
                "HTTP",
                status,
                error.isEmpty() ? "status " + status : error,
                description.isEmpty() ? meaning : meaning + ": " + description,
                busy
                        ? "wait "
                                + retryAfter
                                        .map(w -> w.toSeconds() + " seconds")
                                        .orElse("a little") + " and try again"
                        : "check the authority's address and tenant; a proxy or a portal may answer in its place",
                "");
    }

    /** The failure that a redirect with {@code error} and {@code error_description} is. */
    public static RdpFailure refusal(String error, String description) {
        ObjectNode document = StrictJson.newObject().put("error", error).put("error_description", description);
        return refusal(302, Optional.of(document));
    }

    private static int code(ObjectNode body, String description) {
        JsonNode codes = body.get("error_codes");
        if (codes != null && codes.isArray() && codes.size() > 0 && codes.get(0).isInt()) {
            return Math.max(0, codes.get(0).intValue());
        }
        Matcher in = CODE.matcher(description);
        return in.find() ? Integer.parseInt(in.group(1)) : 0;
    }
}
