package porthole.host.entra;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One HTTP/1.1 request, read whole within limits.
 *
 * @param target path and query
 * @param headers by lower-case name
 */
record HttpRequest(String method, String target, Map<String, String> headers, String body) {
    private static final int MAX_HEAD = 32 * 1024;
    private static final int MAX_BODY = 64 * 1024;

    /** Reads a request; null where the client left before its first octet. */
    static HttpRequest read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < 4) {
            int octet = in.read();
            if (octet < 0) {
                if (head.size() == 0) {
                    return null;
                }
                throw new IOException("the request ends in its head");
            }
            head.write(octet);
            if (head.size() > MAX_HEAD) {
                throw new IOException("the request's head is too large");
            }
            matched = octet == "\r\n\r\n".charAt(matched) ? matched + 1 : octet == '\r' ? 1 : 0;
        }
        String[] lines = head.toString(StandardCharsets.ISO_8859_1).split("\r\n");
        String[] first = lines[0].split(" ");
        if (first.length != 3 || !first[1].startsWith("/") || !first[2].startsWith("HTTP/1.")) {
            throw new IOException("this is no HTTP/1 request");
        }
        Map<String, String> headers = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.put(
                        lines[i].substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        lines[i].substring(colon + 1).strip());
            }
        }
        int length = length(headers);
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new IOException("the request ends in its body");
        }
        return new HttpRequest(first[0], first[1], Map.copyOf(headers), new String(body, StandardCharsets.UTF_8));
    }

    private static int length(Map<String, String> headers) throws IOException {
        String text = headers.getOrDefault("content-length", "0");
        if (!text.matches("\\d{1,9}")
                || Integer.parseInt(text) > MAX_BODY
                || headers.containsKey("transfer-encoding")) {
            throw new IOException("the request's body is too large or of unknown length");
        }
        return Integer.parseInt(text);
    }

    /** The target without its query. */
    String path() {
        int mark = target.indexOf('?');
        return mark < 0 ? target : target.substring(0, mark);
    }

    Map<String, String> query() {
        int mark = target.indexOf('?');
        return fields(mark < 0 ? "" : target.substring(mark + 1));
    }

    Map<String, String> form() {
        return fields(body);
    }

    private static Map<String, String> fields(String text) {
        Map<String, String> fields = new HashMap<>();
        for (String field : text.split("&")) {
            int is = field.indexOf('=');
            if (is > 0) {
                fields.putIfAbsent(decode(field.substring(0, is)), decode(field.substring(is + 1)));
            }
        }
        return fields;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** Method and path: bodies and queries hold codes and tokens. */
    @Override
    public String toString() {
        return method + " " + path();
    }
}
