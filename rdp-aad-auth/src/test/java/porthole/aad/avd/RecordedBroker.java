package porthole.aad.avd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import porthole.fixtures.Fixtures;

/** What the tests read from the recorded exchange with a broker. */
final class RecordedBroker {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RecordedBroker() {}

    static Path folder(String set) {
        return Fixtures.root().resolve("gateway-arm").resolve(set);
    }

    /** The request of this number, with method, target, headers and body. */
    static JsonNode request(String set, int number) {
        try {
            return JSON.readTree(Files.readAllLines(folder(set).resolve("arm/requests.ndjson"))
                    .get(number));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The body of the response of this number. */
    static String response(String set, int number) {
        try {
            String whole = Files.readString(
                    folder(set).resolve("arm/http/%04d-response.bin".formatted(number)), StandardCharsets.UTF_8);
            return whole.substring(whole.indexOf("\r\n\r\n") + 4);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What stands behind a key of the recorded connection file. */
    static String key(String set, String name) {
        try {
            return Files.readAllLines(folder(set).resolve("session.rdpw")).stream()
                    .filter(line -> line.startsWith(name + ":s:"))
                    .findFirst()
                    .orElseThrow()
                    .substring(name.length() + 3);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
