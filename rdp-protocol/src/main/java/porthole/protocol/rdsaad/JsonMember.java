package porthole.protocol.rdsaad;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import porthole.protocol.failure.WireException;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

/**
 * Finds one member in a message that holds one JSON object (RFC 8259).
 *
 * <p>Taken although the specification does not mention them: a byte order mark, white space, other members of any kind,
 * escapes anywhere, no zero octet at the end. Refused: a second zero octet, the member twice, and all that is not JSON.
 *
 * @param kind what the value is
 * @param text the text of a string, the literal of a number, and the name of anything else
 * @param offset octets from the start of the message to the value
 */
record JsonMember(Kind kind, String text, int offset) {
    enum Kind {
        STRING,
        NUMBER,
        OTHER
    }

    /** Octets of the longest message that is looked at; real ones take a few thousand. */
    static final int MAXIMUM_OCTETS = 512 * 1024;

    private static final int DEEPEST = 32;
    private static final int LONGEST_SHOWN = 40;

    /** Reads the member {@code name} of the object that {@code message} holds. */
    static JsonMember of(Bytes message, String name, String pdu, String section) {
        return new Parser(message, name, pdu, section).message();
    }

    /** The value as a string; everything else is refused. */
    String string(String name, String pdu, String section) {
        if (kind != Kind.STRING) {
            throw error(name, "a string", pdu, section);
        }
        return text;
    }

    /** That the value is not what the specification asks for. */
    WireException error(String name, String rule, String pdu, String section) {
        String shown = text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "..." : text;
        return new WireException(pdu, name, offset, shown, rule, section);
    }

    /** {@code text} between quotes, with the escapes that JSON asks for. */
    static String quoted(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20 || Character.isSurrogate(c)) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }

    /** {@code json} as a message: UTF-8 and a zero octet. */
    static Bytes message(String json) {
        return Bytes.of((json + '\0').getBytes(StandardCharsets.UTF_8));
    }

    private static final class Parser {
        private final Bytes message;
        private final String wanted;
        private final String pdu;
        private final String section;
        private final String json;
        private int at;

        Parser(Bytes message, String wanted, String pdu, String section) {
            this.message = message;
            this.wanted = wanted;
            this.pdu = pdu;
            this.section = section;
            if (message.size() > MAXIMUM_OCTETS) {
                throw error(0, "", message.size() + " octets", "at most " + MAXIMUM_OCTETS + " octets");
            }
            utf16().ifPresent(name -> {
                throw error(0, "json", "text that looks like " + name, "UTF-8 text");
            });
            this.json = decode();
        }

        /** The other encoding that the first octets are of; what is cut behind its first zero octet is enough. */
        private Optional<String> utf16() {
            int size = Math.min(message.size(), 4);
            StringBuilder first = new StringBuilder();
            for (int i = 0; i < size; i++) {
                first.append(String.format("%02x", message.at(i)));
            }
            String hex = first.toString();
            if (hex.startsWith("fffe") || hex.equals("7b00") || hex.matches("7b00(?!00)..00")) {
                return Optional.of("UTF-16LE");
            }
            return hex.startsWith("feff") || hex.matches("007b00(?!00)..") ? Optional.of("UTF-16BE") : Optional.empty();
        }

        private String decode() {
            int size = message.size();
            if (size > 0 && message.at(size - 1) == 0) {
                size--;
            }
            ByteBuffer octets = ByteBuffer.wrap(message.toArray(), 0, size);
            try {
                String text = StandardCharsets.UTF_8.newDecoder().decode(octets).toString();
                at = text.startsWith("\uFEFF") ? 1 : 0;
                return text;
            } catch (CharacterCodingException e) {
                throw error(octets.position(), "json", "octets that are not UTF-8", "UTF-8 text");
            }
        }

        JsonMember message() {
            space();
            expect('{', "an object");
            JsonMember found = null;
            space();
            if (peek() == '}') {
                at++;
            } else {
                do {
                    space();
                    String name = string("a member name");
                    space();
                    expect(':', "a colon");
                    int start = at;
                    JsonMember value = value(1);
                    if (name.equals(wanted)) {
                        if (found != null) {
                            throw error(offset(start), wanted, "the member twice", "one member of that name");
                        }
                        found = new JsonMember(value.kind(), value.text(), offset(start));
                    }
                    space();
                } while (more('}'));
            }
            space();
            if (at < json.length()) {
                throw error("json", "more text behind the object");
            }
            if (found == null) {
                throw error(wanted, "an object without it");
            }
            return found;
        }

        /** After a value: a comma and more, or the end. */
        private boolean more(char end) {
            if (peek() == ',') {
                at++;
                return true;
            }
            expect(end, "a comma or " + end);
            return false;
        }

        private JsonMember value(int depth) {
            if (depth > DEEPEST) {
                throw error("json", "values deeper than " + DEEPEST);
            }
            space();
            switch (peek()) {
                case '"':
                    return new JsonMember(Kind.STRING, string("a string"), 0);
                case '{':
                    object(depth);
                    return new JsonMember(Kind.OTHER, "an object", 0);
                case '[':
                    array(depth);
                    return new JsonMember(Kind.OTHER, "an array", 0);
                case 't':
                    return literal("true");
                case 'f':
                    return literal("false");
                case 'n':
                    return literal("null");
                default:
                    return number();
            }
        }

        private void object(int depth) {
            at++;
            space();
            if (peek() == '}') {
                at++;
                return;
            }
            do {
                space();
                string("a member name");
                space();
                expect(':', "a colon");
                value(depth + 1);
                space();
            } while (more('}'));
        }

        private void array(int depth) {
            at++;
            space();
            if (peek() == ']') {
                at++;
                return;
            }
            do {
                value(depth + 1);
                space();
            } while (more(']'));
        }

        private JsonMember literal(String text) {
            if (!json.startsWith(text, at)) {
                throw error("json", "neither true, false nor null");
            }
            at += text.length();
            return new JsonMember(Kind.OTHER, text, 0);
        }

        private JsonMember number() {
            int start = at;
            if (peek() == '-') {
                at++;
            }
            if (peek() == '0') {
                at++;
            } else {
                digits();
            }
            if (peek() == '.') {
                at++;
                digits();
            }
            if (peek() == 'e' || peek() == 'E') {
                at++;
                if (peek() == '+' || peek() == '-') {
                    at++;
                }
                digits();
            }
            return new JsonMember(Kind.NUMBER, json.substring(start, at), 0);
        }

        private void digits() {
            int start = at;
            while (peek() >= '0' && peek() <= '9') {
                at++;
            }
            if (at == start) {
                throw error("json", "no value");
            }
        }

        private String string(String what) {
            expect('"', what);
            StringBuilder text = new StringBuilder();
            for (char c = take(); c != '"'; c = take()) {
                if (c < 0x20) {
                    throw error("json", "a control character in a string");
                }
                text.append(c == '\\' ? escape() : c);
            }
            String whole = text.toString();
            if (!StandardCharsets.UTF_8.newEncoder().canEncode(whole)) {
                throw error("json", "half of a surrogate pair");
            }
            return whole;
        }

        private char escape() {
            char c = take();
            switch (c) {
                case '"', '\\', '/':
                    return c;
                case 'b':
                    return '\b';
                case 'f':
                    return '\f';
                case 'n':
                    return '\n';
                case 'r':
                    return '\r';
                case 't':
                    return '\t';
                case 'u':
                    int unit = 0;
                    for (int i = 0; i < 4; i++) {
                        char digit = take();
                        int value = digit < 0x80 ? Character.digit(digit, 16) : -1;
                        if (value < 0) {
                            throw error("json", "an escape without four hexadecimal digits");
                        }
                        unit = unit << 4 | value;
                    }
                    return (char) unit;
                default:
                    throw error("json", "an unknown escape");
            }
        }

        private void space() {
            while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') {
                at++;
            }
        }

        /** The next character, or an impossible one at the end. */
        private char peek() {
            return at < json.length() ? json.charAt(at) : '\uFFFF';
        }

        private char take() {
            if (at >= json.length()) {
                throw error("json", "the end of the text in a string");
            }
            return json.charAt(at++);
        }

        private void expect(char c, String what) {
            if (at >= json.length() || json.charAt(at) != c) {
                String seen = at >= json.length() ? "the end of the text" : "another character";
                throw error(offset(at), "json", seen, what);
            }
            at++;
        }

        private WireException error(String field, String seen) {
            return error(offset(Math.min(at, json.length())), field, seen, "one JSON object with \"" + wanted + "\"");
        }

        private int offset(int characters) {
            return json.substring(0, characters).getBytes(StandardCharsets.UTF_8).length;
        }

        private WireException error(int offset, String field, String seen, String rule) {
            WireReader in = WireReader.of(message, pdu, section);
            in.skip(Math.min(offset, message.size()), "json");
            return in.error(field, seen, rule);
        }
    }
}
