package porthole.transport.websocket;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import porthole.transport.RandomSource;

/**
 * The key of one opening handshake (RFC 6455 4.1): what the client asks with, and what the answer has to prove.
 *
 * @param text base64 of 16 random octets
 */
public record WebSocketKey(String text) {
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    public static WebSocketKey random(RandomSource random) {
        return new WebSocketKey(Base64.getEncoder().encodeToString(random.octets(16)));
    }

    /** The value of Sec-WebSocket-Accept that belongs to this key. */
    public String accept() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((text + MAGIC).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("websockets need SHA-1, which this Java runtime does not allow", e);
        }
    }

    /** Adds what turns a request into an opening handshake. */
    public void ask(HttpHeaders request) {
        request.set(HttpHeaderNames.CONNECTION, "Upgrade") // so written everywhere, whatever HTTP allows
                .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
                .set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13")
                .set(HttpHeaderNames.SEC_WEBSOCKET_KEY, text);
    }

    /** What is wrong with the headers of a response with status 101; empty where nothing is. */
    public Optional<String> problem(HttpHeaders response) {
        if (!response.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)) {
            return Optional.of("no Upgrade: websocket");
        }
        if (!response.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)) {
            return Optional.of("no Connection: Upgrade");
        }
        if (!accept().equals(response.get(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT))) {
            return Optional.of("a Sec-WebSocket-Accept that does not belong to the key");
        }
        if (response.contains(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS)) {
            return Optional.of("an extension that was not asked for");
        }
        return Optional.empty();
    }
}
