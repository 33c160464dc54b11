package porthole.client.capture;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import porthole.protocol.wire.Bytes;

/** Reads what {@link RecordingWriter} writes; strict, with limits, and exact about what is wrong where. */
final class RecordingReader {
    static final byte[] MAGIC = "{\"porthole-recording\":".getBytes(StandardCharsets.US_ASCII);
    static final int VERSION = 1;

    /** The most octets of one line. */
    static final int MAX_LINE = 4 << 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final List<Capture.Chunk> chunks = new ArrayList<>();
    private final List<Capture.Mark> marks = new ArrayList<>();
    private Optional<Bytes> certificate = Optional.empty();
    private Capture.Origin origin = Capture.Origin.FIRST_OCTET;
    private Duration last = Duration.ZERO;
    private long clientAt;
    private long serverAt;
    private boolean ended;
    private Optional<SessionSecrets> secrets = Optional.empty();
    private int line;

    private RecordingReader(Path file) {
        this.file = file;
    }

    static boolean recognises(byte[] head) {
        return head.length >= MAGIC.length && Arrays.equals(head, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    static Capture read(Path file) throws IOException {
        return read(file, Files.newInputStream(file));
    }

    /** @param file for messages; @param octets closed at the end */
    static Capture read(Path file, InputStream octets) throws IOException {
        return new RecordingReader(file).read(octets);
    }

    private Capture read(InputStream octets) throws IOException {
        try (InputStream in = new BufferedInputStream(octets, 1 << 16)) {
            header(object(nextLine(in)));
            for (byte[] text = nextLine(in); text != null; text = nextLine(in)) {
                if (ended) {
                    throw error("a line behind the mark that ends the recording");
                }
                record(object(text));
            }
        }
        return new Capture(file.toString(), origin, chunks, marks, certificate, ended, secrets);
    }

    private void header(JsonNode header) throws CaptureException {
        int version = header.path("porthole-recording").asInt(-1);
        if (version != VERSION) {
            throw error("recording format " + header.path("porthole-recording") + ", this program reads " + VERSION);
        }
        String start = header.path("start").asText("first-octet");
        if (start.equals("mcs-connect")) {
            origin = Capture.Origin.MCS_CONNECT;
        } else if (!start.equals("first-octet")) {
            throw error("start \"" + start + "\", expected first-octet or mcs-connect");
        }
    }

    private void record(JsonNode row) throws CaptureException {
        if (!row.path("t").isNumber() || row.path("t").asDouble() < 0) {
            throw error("no member t with the seconds since the start");
        }
        Duration at = RecordedFolder.seconds(row.path("t").asDouble());
        if (at.compareTo(last) < 0) {
            throw error("t goes back from " + last.toNanos() / 1e9 + " to " + at.toNanos() / 1e9);
        }
        last = at;
        if (row.has("mark")) {
            mark(at, row);
        } else {
            chunk(at, row);
        }
    }

    private void chunk(Duration at, JsonNode row) throws CaptureException {
        Direction direction = Direction.ofLabel(row.path("dir").asText());
        if (direction == null || !row.path("data").isTextual()) {
            throw error("neither a mark nor octets with dir (c2s or s2c) and data (Base64)");
        }
        byte[] octets = base64(row.path("data").asText(), "data");
        if (direction == Direction.CLIENT_TO_SERVER) {
            clientAt += octets.length;
        } else {
            serverAt += octets.length;
        }
        if (clientAt + serverAt > Capture.MAX_OCTETS) {
            throw error("more than the " + (Capture.MAX_OCTETS >> 20) + " MiB that are read");
        }
        chunks.add(new Capture.Chunk(at, direction, Bytes.of(octets)));
    }

    private void mark(Duration at, JsonNode row) throws CaptureException {
        String name = row.path("mark").asText();
        Map<String, String> facts = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> fact : row.properties()) {
            if (!fact.getValue().isValueNode()) {
                throw error("the fact " + fact.getKey() + " of a mark is not a plain value");
            }
            switch (fact.getKey()) {
                case "t", "mark" -> {}
                case "certificate" ->
                    certificate = Optional.of(Bytes.of(base64(fact.getValue().asText(), "certificate")));
                default -> facts.put(fact.getKey(), fact.getValue().asText());
            }
        }
        ended = name.equals(Capture.END);
        if (name.equals(Capture.KEYS)) {
            String random = facts.remove(SessionSecrets.CLIENT_RANDOM);
            secrets = Optional.of(SessionSecrets.of(file, "line " + line, random == null ? "" : random));
        }
        marks.add(new Capture.Mark(at, name, clientAt, serverAt, facts));
    }

    private byte[] base64(String text, String member) throws CaptureException {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw error(member + " is not Base64: " + e.getMessage());
        }
    }

    private JsonNode object(byte[] text) throws IOException {
        JsonNode node;
        try {
            node = text == null ? null : JSON.readTree(text);
        } catch (JacksonException e) {
            throw error("not JSON: " + e.getOriginalMessage());
        }
        if (node == null || !node.isObject()) {
            throw error("not a JSON object");
        }
        return node;
    }

    private byte[] nextLine(InputStream in) throws IOException {
        line++;
        ByteArrayOutputStream text = new ByteArrayOutputStream(256);
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                if (text.size() == 0) {
                    return null;
                }
                throw error("the recording is cut off: the last line ends after " + text.size()
                        + " octets without a line end");
            }
            text.write(octet);
            if (text.size() > MAX_LINE) {
                throw error("longer than " + MAX_LINE + " octets");
            }
        }
        return text.toByteArray();
    }

    private CaptureException error(String what) {
        return new CaptureException(file, "line " + line, what);
    }
}
