package porthole.aad.avd;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import porthole.aad.entra.EntraHttp;
import porthole.aad.entra.Sanitized;
import porthole.aad.json.StrictJson;
import porthole.protocol.failure.Refused;

/** What an answer of feed, broker or gateway means that is not the one that was asked for. */
final class BrokerRefusal {
    /** The broker is starting the host. */
    static final String BOOTING = "E_PROXY_ORCHESTRATION_LB_SESSIONHOST_DEALLOCATED";

    private static final String NAME = "[A-Z][A-Za-z]*(_[A-Z]+){0,20}";

    private final int status;
    private final String code;
    private final String message;

    /** @param answer whose body may be a JSON object with {@code Code} and {@code Message} */
    BrokerRefusal(EntraHttp.Raw answer) {
        Optional<ObjectNode> body = StrictJson.looseObject(answer.text());
        status = answer.status();
        code = body.flatMap(found -> StrictJson.text(found, "Code").or(() -> StrictJson.text(found, "code")))
                .map(text -> text.matches(NAME) ? text : Sanitized.line(text))
                .orElse("");
        message = body.flatMap(found -> StrictJson.text(found, "Message").or(() -> StrictJson.text(found, "message")))
                .map(Sanitized::line)
                .orElse("");
    }

    boolean isBooting() {
        return status == 400 && code.equals(BOOTING);
    }

    /** Whether the same question may get another answer a little later. */
    boolean isBusy() {
        return status == 429 || status == 503;
    }

    String code() {
        return code;
    }

    /** The failure, with {@code who} having answered, as in {@code the broker}. */
    Refused refused(String cause, String who) {
        String[] said = explained(who);
        return new Refused(
                cause,
                who.replaceFirst("^the ", "") + " HTTP status",
                status,
                code.isEmpty() ? "status " + status : code,
                message.isEmpty() ? said[0] : said[0] + ": " + message,
                said[1],
                "");
    }

    /** Meaning and remedy. */
    private String[] explained(String who) {
        if (code.equals(BOOTING)) {
            return pair(
                    "the host is still being started",
                    "try again in a few minutes, or allow more time with --boot-timeout");
        }
        if (code.contains("NO_SESSIONHOST") || code.contains("NO_HEALTHY")) {
            return pair(
                    "no session host of the pool can take a session",
                    "start a host of the pool or end its drain mode, and see its health and session limit in the portal");
        }
        if (code.contains("INCOMPATIBLE_CLIENT_VERSION")) {
            return pair(who + " does not take a client of this name", "give another --user-agent");
        }
        if (code.contains("NOT_AUTHORIZED") || code.contains("UNAUTHORIZED") || code.contains("ACCESS_DENIED")) {
            return pair(
                    "the user may not use this resource",
                    "assign the user to the application group, and get the connection file again");
        }
        if (code.contains("SESSIONHOST")) {
            return pair(
                    "the host of this resource cannot be used",
                    "see the host's state and its agent's health in the portal");
        }
        return switch (status) {
            case 301, 302, 307, 308 ->
                pair(
                        who + " is somewhere else",
                        "get the connection file again from the feed; redirects are not followed");
            case 400 ->
                pair(
                        who + " does not understand the request",
                        "get the connection file again from the feed: its resource or pool may be gone");
            case 401 ->
                pair(
                        who + " does not take the access token",
                        "get a token for " + AvdAccess.SCOPE
                                + ", of the resource's tenant and cloud, that has not expired");
            case 403 ->
                pair(
                        "the user may not use this resource, or not from here",
                        "assign the user to the application group, and see Conditional Access and the pool's network access");
            case 404, 410 ->
                pair(
                        "there is no such service or resource at this address",
                        "check the address, and get the connection file again from the feed");
            case 407 -> pair("a proxy asks who this is", "give --proxy and its credentials");
            case 429, 503 -> pair(who + " is asked too often or is overloaded", "wait a little and try again");
            default ->
                pair(
                        who + " answers with an HTTP error",
                        "try again; see the state of Azure Virtual Desktop if it stays so");
        };
    }

    private static String[] pair(String meaning, String remedy) {
        return new String[] {meaning, remedy};
    }
}
