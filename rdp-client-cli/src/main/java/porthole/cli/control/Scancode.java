package porthole.cli.control;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A key of the PC keyboard, scan code set 1.
 *
 * @param code 1 to 127
 * @param extended whether the keyboard sends 0xE0 in front of it
 */
record Scancode(int code, boolean extended) {
    private static final Map<String, Scancode> NAMES = names0();

    static Optional<Scancode> named(String name) {
        return Optional.ofNullable(NAMES.get(name.toLowerCase(Locale.ROOT)));
    }

    static Set<String> names() {
        return NAMES.keySet();
    }

    private static Map<String, Scancode> names0() {
        Map<String, Scancode> names = new LinkedHashMap<>();
        String[] rows = {"1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"};
        int[] first = {0x02, 0x10, 0x1E, 0x2C};
        for (int row = 0; row < rows.length; row++) {
            for (int i = 0; i < rows[row].length(); i++) {
                names.put(rows[row].substring(i, i + 1), new Scancode(first[row] + i, false));
            }
        }
        for (int i = 1; i <= 10; i++) {
            names.put("f" + i, new Scancode(0x3A + i, false));
        }
        plain(names, "f11", 0x57, "f12", 0x58, "escape", 0x01, "minus", 0x0C, "equals", 0x0D, "backspace", 0x0E);
        plain(names, "tab", 0x0F, "bracketleft", 0x1A, "bracketright", 0x1B, "enter", 0x1C, "control", 0x1D);
        plain(names, "semicolon", 0x27, "quote", 0x28, "backquote", 0x29, "shift", 0x2A, "backslash", 0x2B);
        plain(names, "comma", 0x33, "period", 0x34, "slash", 0x35, "rightshift", 0x36, "alt", 0x38, "space", 0x39);
        plain(names, "capslock", 0x3A, "numlock", 0x45, "scrolllock", 0x46);
        extended(names, "rightcontrol", 0x1D, "rightalt", 0x38, "home", 0x47, "up", 0x48, "pageup", 0x49);
        extended(names, "left", 0x4B, "right", 0x4D, "end", 0x4F, "down", 0x50, "pagedown", 0x51, "insert", 0x52);
        extended(names, "delete", 0x53, "windows", 0x5B, "rightwindows", 0x5C, "menu", 0x5D, "print", 0x37);
        return names;
    }

    private static void plain(Map<String, Scancode> names, Object... pairs) {
        put(names, false, pairs);
    }

    private static void extended(Map<String, Scancode> names, Object... pairs) {
        put(names, true, pairs);
    }

    private static void put(Map<String, Scancode> names, boolean extended, Object... pairs) {
        for (int i = 0; i < pairs.length; i += 2) {
            names.put((String) pairs[i], new Scancode((Integer) pairs[i + 1], extended));
        }
    }
}
