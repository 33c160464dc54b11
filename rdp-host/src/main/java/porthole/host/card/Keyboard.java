package porthole.host.card;

import java.util.OptionalInt;

/** What a US keyboard makes of scan codes of set 1, as far as the test card shows it. Not thread-safe. */
public final class Keyboard {
    /** Scan code of the key that asks for another desktop size. */
    public static final int F9 = 0x43;

    /** Scan code of the key that asks the host to end the session. */
    public static final int F10 = 0x44;

    private static final int BACKSPACE = 0x0E;
    private static final int LEFT_SHIFT = 0x2A;
    private static final int RIGHT_SHIFT = 0x36;
    private static final int CAPS_LOCK = 0x3A;
    private static final char NONE = '\0';
    private static final String PLAIN = "\0\0001234567890-=\b\tqwertyuiop[]\n\0asdfghjkl;'`\0\\zxcvbnm,./\0*\0 ";
    private static final String SHIFTED = "\0\0!@#$%^&*()_+\b\tQWERTYUIOP{}\n\0ASDFGHJKL:\"~\0|ZXCVBNM<>?\0*\0 ";

    private boolean shift;
    private boolean capsLock;

    /**
     * Follows one key event and applies it to the card.
     *
     * @return the scan code of a hot key ({@link #F9} or {@link #F10}) that went down
     */
    public OptionalInt press(int scanCode, boolean down, TestCard card) {
        if (scanCode == LEFT_SHIFT || scanCode == RIGHT_SHIFT) {
            shift = down;
        } else if (down && scanCode == CAPS_LOCK) {
            capsLock = !capsLock;
        } else if (down && scanCode == BACKSPACE) {
            card.backspace();
        } else if (down && (scanCode == F9 || scanCode == F10)) {
            return OptionalInt.of(scanCode);
        } else if (down && scanCode < PLAIN.length()) {
            char plain = PLAIN.charAt(scanCode);
            boolean upper = Character.isLetter(plain) ? shift ^ capsLock : shift;
            char character = upper ? SHIFTED.charAt(scanCode) : plain;
            if (character >= ' ') {
                card.type(character);
            } else if (character != NONE) {
                card.type(' ');
            }
        }
        return OptionalInt.empty();
    }

    /** Takes over the toggle keys' state from a synchronize event; no modifier is held then. */
    public void synchronize(boolean capsLockOn) {
        capsLock = capsLockOn;
        shift = false;
    }
}
