package porthole.host.entra;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One answer, always with its length: some clients understand nothing else.
 *
 * @param status 0 for none at all: the connection is closed
 * @param what happened, for the observer
 */
record HttpReply(int status, Map<String, String> headers, String body, String what) {
    private static final Map<Integer, String> REASONS = Map.of(
            200,
            "OK",
            302,
            "Found",
            400,
            "Bad Request",
            401,
            "Unauthorized",
            404,
            "Not Found",
            405,
            "Method Not Allowed",
            429,
            "Too Many Requests");

    static HttpReply json(int status, String body, String what) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json; charset=utf-8");
        headers.put("Cache-Control", "no-store, no-cache");
        return new HttpReply(status, headers, body, what);
    }

    static HttpReply redirect(String location, String what) {
        return new HttpReply(302, Map.of("Location", location, "Cache-Control", "no-store"), "", what);
    }

    static HttpReply text(int status, String type, String body, String what) {
        return new HttpReply(status, Map.of("Content-Type", type), body, what);
    }

    static HttpReply none(String what) {
        return new HttpReply(0, Map.of(), "", what);
    }

    HttpReply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new HttpReply(status, more, body, what);
    }

    byte[] octets(Instant now) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head =
                new StringBuilder("HTTP/1.1 " + status + " " + REASONS.getOrDefault(status, "Error") + "\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Date: ")
                .append(DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC)))
                .append("\r\nContent-Length: ")
                .append(content.length)
                .append("\r\nConnection: close\r\n\r\n");
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        all.writeBytes(content);
        return all.toByteArray();
    }

    /** Status and outcome: headers and body hold codes and tokens. */
    @Override
    public String toString() {
        return status + " " + what;
    }
}
