package porthole.client.explain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import porthole.aad.json.StrictJson;

/** The forms in which people have a text at hand: with a byte order mark, in UTF-16, in quotes, in the answer that held it. */
final class InputForms {
    /** Members of documents that hold a token or an assertion, the one that tells most first. */
    private static final List<String> HOLDERS =
            List.of("client_assertion", "access_token", "accessToken", "assertion", "token", "id_token");

    private static final Pattern RESULT = Pattern.compile(
            "[\"']?authentication_result[\"']?\\s*[:=]\\s*[\"']?\\s*([+-]?[0-9A-Za-z_]{1,40})[\"']?\\s*[},;]*");
    private static final Pattern CODE = Pattern.compile("0[xX][0-9A-Fa-f]{1,8}(?![0-9A-Za-z])");
    private static final int SENTENCE = 300;

    private InputForms() {}

    /** Text of octets: UTF-8, or UTF-16 where a byte order mark or its zeros say so. */
    static String text(byte[] octets) {
        int first = octets.length > 1 ? (octets[0] & 0xFF) << 8 | octets[1] & 0xFF : 0;
        if (first == 0xFFFE || first == 0xFEFF) {
            Charset charset = first == 0xFFFE ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
            return new String(octets, 2, octets.length - 2, charset);
        }
        if (octets.length > 3 && octets[0] != 0 && octets[1] == 0 && octets[2] != 0 && octets[3] == 0) {
            return new String(octets, StandardCharsets.UTF_16LE);
        }
        String text = new String(octets, StandardCharsets.UTF_8);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** What stands in quotes, or in a document that holds it; empty where the text stands for itself. */
    static Optional<String> inside(String text) {
        if (text.length() > 2
                && "\"'`".indexOf(text.charAt(0)) >= 0
                && text.charAt(text.length() - 1) == text.charAt(0)) {
            return Optional.of(text.substring(1, text.length() - 1).strip());
        }
        Matcher result = RESULT.matcher(text);
        if (result.matches()) {
            String code = result.group(1);
            return Optional.of(Character.isLetter(code.charAt(0)) ? code : "result:" + code);
        }
        Optional<ObjectNode> object = StrictJson.looseObject(text);
        if (object.isPresent()) {
            return HOLDERS.stream()
                    .flatMap(name -> StrictJson.text(object.get(), name).stream())
                    .findFirst();
        }
        return Optional.empty();
    }

    /** The one hexadecimal code in a short sentence, such as {@code HRESULT 0x80090308}. */
    static Optional<String> code(String text) {
        if (text.length() > SENTENCE) {
            return Optional.empty();
        }
        List<String> codes =
                CODE.matcher(text).results().map(m -> m.group()).distinct().toList();
        return codes.size() == 1 && !codes.get(0).equals(text) ? Optional.of(codes.get(0)) : Optional.empty();
    }
}
