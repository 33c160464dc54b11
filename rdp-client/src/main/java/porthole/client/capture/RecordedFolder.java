package porthole.client.capture;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import porthole.protocol.wire.Bytes;

/** A folder with {@code c2s.bin}, {@code s2c.bin} and {@code timing.json}, as the recorded fixtures have it. */
final class RecordedFolder {
    static final String TIMING = "timing.json";

    private static final String CLIENT_TLS = "tls-client";
    private static final ObjectMapper JSON = new ObjectMapper();

    private RecordedFolder() {}

    static Capture read(Path folder) throws IOException {
        Path timingFile = folder.resolve(TIMING);
        JsonNode timing = json(timingFile);
        byte[] client = stream(folder.resolve("c2s.bin"));
        byte[] server = stream(folder.resolve("s2c.bin"));
        List<Capture.Chunk> chunks = new ArrayList<>();
        int clientAt = 0;
        int serverAt = 0;
        for (JsonNode row : timing.path("chunks")) {
            String where = "chunk " + chunks.size();
            Direction direction = Direction.ofLabel(row.path(1).asText());
            int offset = row.path(2).asInt(-1);
            int length = row.path(3).asInt(-1);
            if (direction == null || !row.path(0).isNumber()) {
                throw new CaptureException(
                        timingFile, where, "not [seconds, c2s or s2c, offset, length, layer]: " + row);
            }
            boolean fromClient = direction == Direction.CLIENT_TO_SERVER;
            byte[] stream = fromClient ? client : server;
            int expected = fromClient ? clientAt : serverAt;
            if (offset != expected || length < 0 || length > stream.length - offset) {
                throw new CaptureException(
                        timingFile,
                        where,
                        "octets " + offset + " to " + ((long) offset + length) + " of " + direction
                                + ", expected a run from " + expected + " within its " + stream.length + " octets");
            }
            chunks.add(new Capture.Chunk(
                    seconds(row.path(0).asDouble()), direction, Bytes.of(stream).slice(offset, length)));
            if (fromClient) {
                clientAt += length;
            } else {
                serverAt += length;
            }
        }
        if (clientAt != client.length || serverAt != server.length) {
            throw new CaptureException(
                    timingFile,
                    "chunks",
                    "they account for " + clientAt + " and " + serverAt + " octets, the streams have " + client.length
                            + " and " + server.length);
        }
        Path keys = folder.resolve(SessionSecrets.FILE);
        Path certificate = folder.resolve("server-cert.der");
        return new Capture(
                folder.toString(),
                Capture.Origin.FIRST_OCTET,
                chunks,
                marks(timing),
                Files.exists(certificate) ? Optional.of(Bytes.of(stream(certificate))) : Optional.empty(),
                true,
                Files.exists(keys) ? Optional.of(SessionSecrets.read(keys)) : Optional.empty());
    }

    private static List<Capture.Mark> marks(JsonNode timing) {
        List<Capture.Mark> marks = new ArrayList<>();
        for (JsonNode event : timing.path("events")) {
            String name = event.path("event").asText();
            Map<String, String> facts = new LinkedHashMap<>();
            event.properties().forEach(fact -> {
                if (fact.getValue().isValueNode()
                        && !List.of("t", "event", "c2s_off", "s2c_off").contains(fact.getKey())) {
                    facts.put(fact.getKey(), fact.getValue().asText());
                }
            });
            marks.add(new Capture.Mark(
                    seconds(event.path("t").asDouble()),
                    name.equals(CLIENT_TLS) ? Capture.TLS : name,
                    event.path("c2s_off").asLong(),
                    event.path("s2c_off").asLong(),
                    facts));
        }
        return marks;
    }

    static Duration seconds(double seconds) {
        return Duration.ofNanos(Math.max(0, Math.round(seconds * 1e6) * 1000));
    }

    static JsonNode json(Path file) throws IOException {
        byte[] text = stream(file);
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            throw new CaptureException(file, "", "not JSON: " + e.getOriginalMessage(), e);
        }
    }

    static byte[] stream(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new CaptureException(file, "", "is missing");
        }
        if (Files.size(file) > Capture.MAX_OCTETS) {
            throw new CaptureException(
                    file, "", "larger than the " + (Capture.MAX_OCTETS >> 20) + " MiB that are read");
        }
        return Files.readAllBytes(file);
    }
}
