package porthole.aad.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** JSON from strangers: one object, no duplicate members, nothing behind it, bounded depth and sizes. */
public final class StrictJson {
    private static final int MAX_DEPTH = 32;
    private static final int MAX_TEXT = 1 << 20;
    private static final int MAX_OWN_TEXT = 32 << 20;
    private static final ObjectMapper MAPPER = mapper(true, MAX_TEXT);
    private static final ObjectMapper LOOSE = mapper(false, MAX_TEXT);
    private static final ObjectMapper OWN = mapper(true, MAX_OWN_TEXT);

    private static ObjectMapper mapper(boolean strict, int longest) {
        return JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(MAX_DEPTH)
                                .maxStringLength(longest)
                                .maxDocumentLength(longest)
                                .maxNumberLength(64)
                                .build())
                        .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION, strict)
                        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                        .build())
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    private StrictJson() {}

    /** The object that {@code text} is; empty where it is anything else, or no JSON. */
    public static Optional<ObjectNode> object(String text) {
        return object(MAPPER, text);
    }

    /** The same of a file that this program wrote: it may be large. */
    public static Optional<ObjectNode> ownObject(String text) {
        return object(OWN, text);
    }

    private static Optional<ObjectNode> object(ObjectMapper mapper, String text) {
        try {
            return mapper.readTree(text) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** The object that {@code text} is even if members are duplicated, of which the last one counts: for diagnosis only. */
    public static Optional<ObjectNode> looseObject(String text) {
        return object(LOOSE, text);
    }

    /** The objects that stand one behind the other, or in one array; empty where anything else is among them. */
    public static Optional<List<ObjectNode>> objects(String text) {
        List<ObjectNode> all = new ArrayList<>();
        try (MappingIterator<JsonNode> values = LOOSE.readerFor(JsonNode.class)
                .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .readValues(text)) {
            while (values.hasNextValue()) {
                JsonNode value = values.nextValue();
                for (JsonNode each : value.isArray() ? value : List.of(value)) {
                    if (!(each instanceof ObjectNode object)) {
                        return Optional.empty();
                    }
                    all.add(object);
                }
            }
            return Optional.of(all);
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** A member that is a string; empty where it is absent or of another type. */
    public static Optional<String> text(JsonNode object, String member) {
        JsonNode node = object.get(member);
        return node != null && node.isTextual() ? Optional.of(node.textValue()) : Optional.empty();
    }

    /** A new object of the same mapper, to be filled and printed with {@code toString}. */
    public static ObjectNode newObject() {
        return MAPPER.createObjectNode();
    }

    /** {@code text} as a JSON string with its quotes; a slash is not escaped. */
    public static String quote(String text) {
        try {
            return MAPPER.writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("a string is always representable", e);
        }
    }
}
