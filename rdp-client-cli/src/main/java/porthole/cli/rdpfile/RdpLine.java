package porthole.cli.rdpfile;

import java.util.List;
import java.util.Locale;

/**
 * One line of a connection file, with what is needed to write it again.
 *
 * @param number from 1
 * @param text as it stands, without its end
 * @param end the line break, or nothing at the end of the file
 * @param key in lower case; empty where the line is no {@code key:type:value}
 * @param type the type letter in lower case; a space where there is no key
 * @param value without spaces around it
 * @param typeColumn where the type stands, from 1
 * @param valueColumn where the value begins, from 1
 */
public record RdpLine(
        int number, String text, String end, String key, char type, String value, int typeColumn, int valueColumn) {
    private static final int MAXIMUM_KEY = 128;
    private static final int MAXIMUM_SHOWN = 60;

    static RdpLine of(int number, String text, String end) {
        int first = text.indexOf(':');
        int second = text.indexOf(':', first + 1);
        String key = first < 0 ? "" : text.substring(0, first).strip().toLowerCase(Locale.ROOT);
        String type = second < 0 ? "" : text.substring(first + 1, second).strip();
        if (key.isEmpty() || key.length() > MAXIMUM_KEY || type.length() != 1) {
            return new RdpLine(number, text, end, "", ' ', "", 1, 1);
        }
        String behind = text.substring(second + 1);
        int spaces = behind.length() - behind.stripLeading().length();
        return new RdpLine(
                number,
                text,
                end,
                key,
                Character.toLowerCase(type.charAt(0)),
                behind.strip(),
                first + 2,
                second + 2 + spaces);
    }

    /** Whether the line is a {@code key:type:value}. */
    public boolean isSetting() {
        return !key.isEmpty();
    }

    /** The key, or the line where there is none, short and without control characters. */
    public String shown() {
        return shown(isSetting() ? key : text);
    }

    /** The keys of lines, as {@link #shown()} gives them. */
    public static List<String> shown(List<RdpLine> lines) {
        return lines.stream().map(RdpLine::shown).toList();
    }

    private static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints()
                .limit(MAXIMUM_SHOWN)
                .forEach(c -> shown.appendCodePoint(Character.isISOControl(c) || !Character.isDefined(c) ? '?' : c));
        return shown.toString();
    }

    /** Without the value, which may be a secret. */
    @Override
    public String toString() {
        return "line " + number + ": " + shown();
    }
}
