package porthole.client.capture;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Writes the lines of a recording; see {@link RecordingWriter} for their form. */
final class RecordingLines {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int MAX_DATA = 1 << 20;

    private final OutputStream out;

    RecordingLines(OutputStream out) {
        this.out = out;
    }

    private interface Members {
        void write(JsonGenerator json) throws IOException;
    }

    /** @param facts plain texts, behind what every header has */
    void header(boolean secrets, Map<String, String> facts) throws IOException {
        line(json -> {
            json.writeNumberField("porthole-recording", RecordingReader.VERSION);
            json.writeStringField("start", "first-octet");
            json.writeBooleanField("secrets", secrets);
            facts(json, facts);
        });
    }

    void data(Duration at, Direction direction, byte[] octets) throws IOException {
        for (int from = 0; from < octets.length; from += MAX_DATA) {
            byte[] part = Arrays.copyOfRange(octets, from, Math.min(octets.length, from + MAX_DATA));
            line(json -> {
                time(json, at);
                json.writeStringField("dir", direction.label());
                json.writeBinaryField("data", part);
            });
        }
    }

    void tls(Duration at, Map<String, String> facts, Optional<byte[]> certificate) throws IOException {
        line(json -> {
            time(json, at);
            json.writeStringField("mark", Capture.TLS);
            facts(json, facts);
            if (certificate.isPresent()) {
                json.writeBinaryField("certificate", certificate.get());
            }
        });
    }

    void mark(Duration at, String name, Map<String, String> facts) throws IOException {
        line(json -> {
            time(json, at);
            json.writeStringField("mark", name);
            facts(json, facts);
        });
    }

    private static void facts(JsonGenerator json, Map<String, String> facts) throws IOException {
        for (Map.Entry<String, String> fact : facts.entrySet()) {
            json.writeStringField(fact.getKey(), fact.getValue());
        }
    }

    private static void time(JsonGenerator json, Duration at) throws IOException {
        json.writeFieldName("t");
        json.writeNumber(String.format(Locale.ROOT, "%d.%06d", at.toSeconds(), at.toNanosPart() / 1000));
    }

    private void line(Members members) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
            json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }
}
