package porthole.cli.rdpfile.signature;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import porthole.cli.rdpfile.RdpDocument;
import porthole.cli.rdpfile.RdpKey;
import porthole.cli.rdpfile.RdpLine;

/**
 * What a signature covers: the lines that {@code signscope} names, in its order.
 *
 * @param lines the signed lines
 * @param absent names in the scope that the file has no line for
 * @param outside lines that rdpsign would have signed, or that repeat a signed key, and that are not signed
 * @param message the octets that were signed
 */
record SignedScope(List<RdpLine> lines, List<String> absent, List<RdpLine> outside, byte[] message) {

    static SignedScope of(RdpDocument document, String signscope) {
        Map<String, List<RdpLine>> waiting = new HashMap<>();
        for (RdpLine line : document.lines()) {
            waiting.computeIfAbsent(line.key(), key -> new ArrayList<>()).add(line);
        }
        List<RdpLine> lines = new ArrayList<>();
        List<String> absent = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        for (String name : signscope.split(",", -1)) {
            String key = name.strip().toLowerCase(Locale.ROOT);
            keys.add(key);
            List<RdpLine> candidates = waiting.getOrDefault(key, List.of());
            if (key.isEmpty() || candidates.isEmpty()) {
                absent.add(name.strip());
            } else {
                lines.add(candidates.remove(0));
            }
        }
        List<RdpLine> outside = new ArrayList<>();
        for (RdpLine line : document.lines()) {
            boolean isLeft = waiting.getOrDefault(line.key(), List.of()).contains(line);
            boolean matters = keys.contains(line.key())
                    || RdpKey.named(line.key()).map(RdpKey::signed).orElse(false);
            if (line.isSetting() && isLeft && matters) {
                outside.add(line);
            }
        }
        return new SignedScope(lines, absent, outside, message(lines, signscope));
    }

    /** Each line with CR LF, the scope itself, and a zero at the end, in UTF-16LE. */
    private static byte[] message(List<RdpLine> lines, String signscope) {
        StringBuilder text = new StringBuilder();
        for (RdpLine line : lines) {
            text.append(line.text().strip()).append("\r\n");
        }
        return text.append("signscope:s:")
                .append(signscope)
                .append("\r\n\0")
                .toString()
                .getBytes(StandardCharsets.UTF_16LE);
    }
}
