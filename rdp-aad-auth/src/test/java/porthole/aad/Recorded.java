package porthole.aad;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import porthole.fixtures.Direction;
import porthole.fixtures.Fixtures;
import porthole.fixtures.Recording;

/** What the tests read from recorded sign-ins; parses with its own few lines. */
public final class Recorded {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Recorded() {}

    /** Recordings in which the client got as far as sending an assertion. */
    public static List<Recording> withAssertion() {
        return Stream.of("freerdp-aad", "freerdp-aad-rejected")
                .flatMap(set -> Fixtures.recordings(set).stream())
                .filter(r -> !r.rows(Direction.C2S, "aad-rdp-assertion").isEmpty())
                .toList();
    }

    public static String assertion(Recording recording) {
        return member(recording.firstPdu(Direction.C2S, "aad-rdp-assertion"), "rdp_assertion")
                .asText();
    }

    public static String serverNonce(Recording recording) {
        return member(recording.firstPdu(Direction.S2C, "aad-ts-nonce"), "ts_nonce")
                .asText();
    }

    public static JsonNode member(byte[] pdu, String name) {
        String text = new String(pdu, StandardCharsets.UTF_8).replace("\0", "");
        try {
            return JSON.readTree(text).path(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String jwks(Recording recording) {
        try {
            return Files.readString(recording.folder().resolve("entra/jwks.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static JsonNode verdict(Recording recording) {
        try {
            return JSON.readTree(Files.readAllLines(recording.folder().resolve("verdicts.ndjson"))
                    .get(0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** When the recorded host looked at the assertion, to the second. */
    public static Instant time(Recording recording) {
        return Instant.ofEpochSecond((long) verdict(recording).path("time").asDouble() + 1);
    }
}
