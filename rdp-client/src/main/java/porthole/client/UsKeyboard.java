package porthole.client;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which keys write a character on a US keyboard: for hosts that do not take Unicode events. */
final class UsKeyboard {
    static final int ENTER = 0x1C;
    static final int TAB = 0x0F;
    static final int LEFT_SHIFT = 0x2A;
    private static final int BACKSPACE = 0x0E;
    private static final int ESCAPE = 0x01;
    private static final int SPACE = 0x39;

    /** Scancode of the first key of each row, and what the keys write without and with shift. */
    private static final Object[][] ROWS = {
        {0x02, "1234567890-=", "!@#$%^&*()_+"},
        {0x10, "qwertyuiop[]", "QWERTYUIOP{}"},
        {0x1E, "asdfghjkl;'`", "ASDFGHJKL:\"~"},
        {0x2B, "\\zxcvbnm,./", "|ZXCVBNM<>?"}
    };

    private static final Map<Character, Key> KEYS = keys();

    private UsKeyboard() {}

    /** One key, perhaps with shift held. */
    record Key(int scancode, boolean shift) {}

    private static Map<Character, Key> keys() {
        Map<Character, Key> keys = new HashMap<>();
        for (Object[] row : ROWS) {
            String plain = (String) row[1];
            String shifted = (String) row[2];
            for (int i = 0; i < plain.length(); i++) {
                keys.put(plain.charAt(i), new Key((int) row[0] + i, false));
                keys.put(shifted.charAt(i), new Key((int) row[0] + i, true));
            }
        }
        keys.put(' ', new Key(SPACE, false));
        return keys;
    }

    /** The key of a character that no layout has as a letter: line end, tab, backspace, escape. */
    static Optional<Key> control(char character) {
        return switch (character) {
            case '\n', '\r' -> Optional.of(new Key(ENTER, false));
            case '\t' -> Optional.of(new Key(TAB, false));
            case '\b' -> Optional.of(new Key(BACKSPACE, false));
            case '\u001B' -> Optional.of(new Key(ESCAPE, false));
            default -> Optional.empty();
        };
    }

    static Optional<Key> of(char character) {
        return Optional.ofNullable(KEYS.get(character));
    }
}
