package porthole.client.capture;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;

/**
 * Overwrites what is secret in a message, octet for octet, so that lengths and all other fields stay.
 *
 * <p>It knows a message by the fields that the decoder names. What the client says in a form that the decoder cannot read to its
 * end is overwritten as a whole: what is not known to be harmless is not kept.
 */
final class Redactor {
    private static final byte FILLER = '*';
    private static final int HEADERS_KEPT = 7;
    private static final JsonFactory JSON = new JsonFactory();

    /** The client's, which it had from the host as load balance info; it stays text, so that the request can be read. */
    private static final String ROUTING_TOKEN = "routingToken";

    /** Passwords, tokens, cookies that take over a session, and proofs that can be guessed at offline, of either side. */
    private static final Set<String> SECRET = Set.of(
            "password",
            "autoReconnectCookie",
            "securityVerifier",
            "arcRandomBits",
            "redirectionGuid",
            "negoTokens",
            "authInfo",
            "pubKeyAuth",
            "token",
            "loadBalanceInfo",
            "securityCookie",
            ROUTING_TOKEN);

    /** What a person types, and what goes into channels such as the clipboard. */
    private static final Set<String> SECRET_OF_CLIENT =
            Set.of("keyCode", "unicodeCode", "virtualChannelData", "alternateShell", "encryptedData");

    /** Channels of the host that carry what belongs to a person, such as the clipboard and files. */
    private static final Set<String> PRIVATE_CHANNELS = Set.of("ChannelChunk(cliprdr)", "ChannelChunk(rdpdr)");

    /** A client access licence that a client shows; the field's path goes on. */
    private static final String LICENCE = ".licenseInfo.licenseInfo.blobData";

    private static final Set<String> UNCUT = Set.of("Unframed", "Incomplete");

    private Redactor() {}

    /** Overwrites within {@code frame}. */
    static void redact(DecodedPdu pdu, byte[] frame) {
        boolean client = pdu.direction() == Direction.CLIENT_TO_SERVER;
        if (client && pdu.problem().isPresent()) {
            boolean tpkt = frame.length > 0 && frame[0] == 3 && !UNCUT.contains(pdu.name());
            Arrays.fill(frame, tpkt ? Math.min(frame.length, HEADERS_KEPT) : 0, frame.length, (byte) 0);
            return;
        }
        for (DecodedPdu.Field field : pdu.fields()) {
            String name = field.path().substring(field.path().lastIndexOf('.') + 1);
            if (name.equals("rdp_assertion")) {
                assertion(frame, field.offset() + 1, field.length() - 2);
            } else if (isSecret(pdu, client, name) || field.path().contains(LICENCE)) {
                if (field.offset() == DecodedPdu.Field.DERIVED) {
                    compressed(pdu, frame);
                } else {
                    fill(frame, field);
                }
            }
        }
    }

    private static boolean isSecret(DecodedPdu pdu, boolean client, String name) {
        return SECRET.contains(name)
                || client && SECRET_OF_CLIENT.contains(name)
                || PRIVATE_CHANNELS.contains(pdu.name()) && name.equals("virtualChannelData");
    }

    /** The secret came out of compressed octets, so they go as a whole. */
    private static void compressed(DecodedPdu pdu, byte[] frame) {
        pdu.fields().stream()
                .filter(field -> field.offset() != DecodedPdu.Field.DERIVED
                        && field.path().endsWith(".data"))
                .forEach(field -> fill(frame, field));
    }

    private static void fill(byte[] frame, DecodedPdu.Field field) {
        int end = field.offset() + field.length();
        if (field.path().endsWith("." + ROUTING_TOKEN)) {
            Arrays.fill(frame, field.offset(), end, FILLER);
        } else if (!(field.value() instanceof String text)) {
            Arrays.fill(frame, field.offset(), end, (byte) 0);
        } else if (field.length() == 2 * text.length()) {
            for (int i = field.offset(); i < end; i++) {
                frame[i] = (i - field.offset()) % 2 == 0 ? FILLER : 0; // UTF-16LE
            }
        } else {
            Arrays.fill(frame, field.offset(), end, FILLER);
        }
    }

    /** A compact JWS: its header and plain claims stay, the access token in it and the signature go. */
    private static void assertion(byte[] frame, int offset, int length) {
        String[] parts = new String(frame, offset, length, StandardCharsets.ISO_8859_1).split("\\.", -1);
        byte[] redacted = parts.length == 3 ? withoutToken(parts[1]) : new byte[0];
        if (parts.length != 3 || redacted.length != parts[1].length()) {
            Arrays.fill(frame, offset, offset + length, FILLER);
            return;
        }
        int payload = offset + parts[0].length() + 1;
        System.arraycopy(redacted, 0, frame, payload, redacted.length);
        int signature = payload + redacted.length + 1;
        Arrays.fill(frame, signature, offset + length, (byte) 'A');
    }

    /** The Base64 text of the payload with the access token overwritten; empty where there is none to be found. */
    private static byte[] withoutToken(String payload) {
        byte[] claims;
        try {
            claims = Base64.getUrlDecoder().decode(payload);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
        boolean found = false;
        try (JsonParser parser = JSON.createParser(claims.clone())) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING && "at".equals(parser.currentName())) {
                    int from = (int) parser.currentTokenLocation().getByteOffset() + 1;
                    parser.getText(); // moves the current location behind the value
                    Arrays.fill(claims, from, (int) parser.currentLocation().getByteOffset() - 1, FILLER);
                    found = true;
                }
            }
        } catch (IOException e) {
            return new byte[0];
        }
        return found ? Base64.getUrlEncoder().withoutPadding().encode(claims) : new byte[0];
    }
}
