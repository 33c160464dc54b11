package porthole.client.capture;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import porthole.client.safe.Pseudonyms;

/** Writes a message of RDS AAD again: its shape, the names that the specification has, codes; asterisks for every other text. */
final class SafeJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String RESULT = "authentication_result";
    private static final Set<String> MEMBERS = Set.of("ts_nonce", "rdp_assertion", RESULT);
    private static final int LONGEST_CODE = 12;
    private static final int LONGEST_NUMBER = 40;

    private SafeJson() {}

    /** Empty where the octets are not JSON. */
    static Optional<byte[]> of(byte[] octets) {
        boolean terminated = octets.length > 0 && octets[octets.length - 1] == 0;
        int length = terminated ? octets.length - 1 : octets.length;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonParser in = JSON.createParser(octets, 0, length);
                JsonGenerator json = JSON.createGenerator(out)) {
            int tokens = 0;
            for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
                copy(token, in, json);
                tokens++;
            }
            if (tokens == 0) {
                return blank(octets) ? Optional.of(octets) : Optional.empty();
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        for (int i = out.size(); i < length; i++) {
            out.write(' '); // the length stays, as it may be what is wrong
        }
        if (terminated) {
            out.write(0);
        }
        return Optional.of(out.toByteArray());
    }

    private static void copy(JsonToken token, JsonParser in, JsonGenerator json) throws IOException {
        switch (token) {
            case START_OBJECT -> json.writeStartObject();
            case END_OBJECT -> json.writeEndObject();
            case START_ARRAY -> json.writeStartArray();
            case END_ARRAY -> json.writeEndArray();
            case FIELD_NAME -> {
                String name = in.currentName();
                json.writeFieldName(MEMBERS.contains(name) ? name : Pseudonyms.blank(name.length()));
            }
            case VALUE_STRING -> {
                String text = in.getText();
                json.writeString(isCode(in, text) ? text : Pseudonyms.blank(text.length()));
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.writeNumber(number(in));
            case VALUE_TRUE -> json.writeBoolean(true);
            case VALUE_FALSE -> json.writeBoolean(false);
            default -> json.writeNull();
        }
    }

    /** White space and zero octets alone. */
    private static boolean blank(byte[] octets) {
        for (byte octet : octets) {
            if (octet != 0 && octet != ' ' && octet != '\t' && octet != '\r' && octet != '\n') {
                return false;
            }
        }
        return true;
    }

    /** A code stays as it was written, as its form may be what is wrong with it; any other number becomes 0. */
    private static String number(JsonParser in) throws IOException {
        String text = in.getText();
        if (!RESULT.equals(in.currentName())) {
            return "0";
        }
        return text.length() <= LONGEST_NUMBER ? text : "9".repeat(text.length());
    }

    private static boolean isCode(JsonParser in, String text) throws IOException {
        return RESULT.equals(in.currentName())
                && text.length() <= LONGEST_CODE
                && text.matches("[+-]?(0[xX][0-9A-Fa-f]{1,8}|[0-9]{1,10}(\\.[0-9]+)?)");
    }
}
