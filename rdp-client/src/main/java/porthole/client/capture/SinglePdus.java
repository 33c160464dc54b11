package porthole.client.capture;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import porthole.protocol.wire.Bytes;

/** A folder of connections with one file per PDU, named CASE-cCONNECTION-..., and an {@code index.json} about them. */
final class SinglePdus {
    static final String INDEX = "index.json";

    private SinglePdus() {}

    static Map<String, Capture> readAll(Path folder) throws IOException {
        Map<String, Capture> captures = new LinkedHashMap<>();
        for (JsonNode one : index(folder)) {
            for (JsonNode connection : one.path("connections")) {
                Capture capture = capture(folder, name(one, connection), connection);
                captures.put(name(one, connection), capture);
            }
        }
        return captures;
    }

    static Capture read(Path folder, String wanted) throws IOException {
        List<String> names = new ArrayList<>();
        for (JsonNode one : index(folder)) {
            for (JsonNode connection : one.path("connections")) {
                if (name(one, connection).equals(wanted)) {
                    return capture(folder, wanted, connection);
                }
                names.add(name(one, connection));
            }
        }
        throw new CaptureException(
                folder.resolve(wanted), "", "no connection of that name; the folder has " + String.join(", ", names));
    }

    static Capture only(Path folder) throws IOException {
        Map<String, Capture> all = readAll(folder);
        if (all.size() != 1) {
            throw new CaptureException(
                    folder,
                    "",
                    "holds " + all.size() + " connections: name one of them, FOLDER/NAME, of "
                            + String.join(", ", all.keySet()));
        }
        return all.values().iterator().next();
    }

    private static JsonNode index(Path folder) throws IOException {
        JsonNode index = RecordedFolder.json(folder.resolve(INDEX));
        if (!index.isArray()) {
            throw new CaptureException(folder.resolve(INDEX), "", "not a list of cases with their connections");
        }
        return index;
    }

    private static String name(JsonNode one, JsonNode connection) {
        return one.path("case").asText() + "-c" + connection.path("conn").asInt();
    }

    private static Capture capture(Path folder, String name, JsonNode connection) throws IOException {
        List<Capture.Chunk> chunks = new ArrayList<>();
        List<Capture.Mark> marks = new ArrayList<>();
        long clientAt = 0;
        long serverAt = 0;
        for (JsonNode pdu : connection.path("pdus")) {
            String file = pdu.path("file").asText();
            Direction direction = Direction.ofLabel(pdu.path("dir").asText());
            if (direction == null || file.isEmpty() || file.contains("/") || file.contains("\\")) {
                throw new CaptureException(
                        folder.resolve(INDEX), name, "not a PDU with its file and direction: " + pdu);
            }
            Duration at = RecordedFolder.seconds(pdu.path("t").asDouble());
            if (marks.isEmpty() && pdu.path("layer").asText().equals("tls")) {
                marks.add(new Capture.Mark(at, Capture.TLS, clientAt, serverAt, Map.of()));
            }
            byte[] octets = RecordedFolder.stream(folder.resolve(file));
            chunks.add(new Capture.Chunk(at, direction, Bytes.of(octets)));
            if (direction == Direction.CLIENT_TO_SERVER) {
                clientAt += octets.length;
            } else {
                serverAt += octets.length;
            }
        }
        return new Capture(
                folder.resolve(name).toString(), Capture.Origin.FIRST_OCTET, chunks, marks, Optional.empty(), false);
    }
}
