package porthole.transport.gateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a load balancer before a gateway asks to be told again, within limits. */
public final class Cookies {
    private static final int MOST = 32;
    private static final int LONGEST = 4096;

    private final Map<String, String> cookies = new LinkedHashMap<>();

    /** Remembers what a response sets. */
    public void keep(HttpResponse response) {
        for (String line : response.headers().getAll(HttpHeaderNames.SET_COOKIE)) {
            String pair = line.split(";", 2)[0].strip();
            int equals = pair.indexOf('=');
            if (equals > 0 && pair.length() <= LONGEST && cookies.size() < MOST) {
                cookies.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
    }

    /** The header of the next request; empty where nothing was set. */
    public Optional<String> header() {
        return cookies.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join(
                        "; ",
                        cookies.entrySet().stream()
                                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                                .toList()));
    }

    public List<String> names() {
        return List.copyOf(cookies.keySet());
    }

    /** The names alone. */
    @Override
    public String toString() {
        return "Cookies" + names();
    }
}
