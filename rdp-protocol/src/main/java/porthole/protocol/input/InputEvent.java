package porthole.protocol.input;

import porthole.protocol.wire.Bytes;

/**
 * One thing that a user did; the same values go by the slow path and by the fast path.
 *
 * <p>Keyboard flags are those of the slow path (MS-RDPBCGR 2.2.8.1.1.3.1.1.1); the fast path maps them to its own bits.
 */
public sealed interface InputEvent {
    int KBDFLAGS_EXTENDED = 0x0100;
    int KBDFLAGS_EXTENDED1 = 0x0200;
    int KBDFLAGS_DOWN = 0x4000;
    int KBDFLAGS_RELEASE = 0x8000;

    int PTRFLAGS_HWHEEL = 0x0400;
    int PTRFLAGS_WHEEL = 0x0200;
    int PTRFLAGS_WHEEL_NEGATIVE = 0x0100;
    int PTRFLAGS_MOVE = 0x0800;
    int PTRFLAGS_DOWN = 0x8000;
    int PTRFLAGS_BUTTON1 = 0x1000;
    int PTRFLAGS_BUTTON2 = 0x2000;
    int PTRFLAGS_BUTTON3 = 0x4000;
    /** Nine bits of two's complement in {@code pointerFlags}: how far a wheel was turned. */
    int WHEEL_ROTATION_MASK = 0x01FF;

    int PTRXFLAGS_DOWN = 0x8000;
    int PTRXFLAGS_BUTTON1 = 0x0001;
    int PTRXFLAGS_BUTTON2 = 0x0002;

    int SYNC_SCROLL_LOCK = 0x1;
    int SYNC_NUM_LOCK = 0x2;
    int SYNC_CAPS_LOCK = 0x4;
    int SYNC_KANA_LOCK = 0x8;

    /** A key by its place on the keyboard. MS-RDPBCGR 2.2.8.1.1.3.1.1.1. */
    record Scancode(int keyboardFlags, int keyCode) implements InputEvent {
        /** A key that goes down or up; {@code extended} keys are those with the prefix E0. */
        public static Scancode key(int keyCode, boolean extended, boolean down) {
            return new Scancode((extended ? KBDFLAGS_EXTENDED : 0) | (down ? 0 : KBDFLAGS_RELEASE), keyCode);
        }
    }

    /** A UTF-16 code unit. MS-RDPBCGR 2.2.8.1.1.3.1.1.2. */
    record Unicode(int keyboardFlags, int unicodeCode) implements InputEvent {}

    /** The pointer in pixels, buttons and wheels. MS-RDPBCGR 2.2.8.1.1.3.1.1.3. */
    record Mouse(int pointerFlags, int xPos, int yPos) implements InputEvent {
        public static Mouse move(int xPos, int yPos) {
            return new Mouse(PTRFLAGS_MOVE, xPos, yPos);
        }

        /** @param button one of the three {@code PTRFLAGS_BUTTON} bits */
        public static Mouse button(int button, boolean down, int xPos, int yPos) {
            return new Mouse(button | (down ? PTRFLAGS_DOWN : 0), xPos, yPos);
        }

        /** @param rotation -256 to 255; a notch is 120, away from the user is positive */
        public static Mouse wheel(int rotation, boolean horizontal, int xPos, int yPos) {
            int flags = horizontal ? PTRFLAGS_HWHEEL : PTRFLAGS_WHEEL;
            return new Mouse(flags | rotation & WHEEL_ROTATION_MASK, xPos, yPos);
        }
    }

    /** The fourth and fifth button. MS-RDPBCGR 2.2.8.1.1.3.1.1.4. */
    record ExtendedMouse(int pointerFlags, int xPos, int yPos) implements InputEvent {}

    /** A movement in place of a position, -32768 to 32767. MS-RDPBCGR 2.2.8.1.1.3.1.1.7. */
    record RelativeMouse(int pointerFlags, int xDelta, int yDelta) implements InputEvent {}

    /** The state of the lock keys. MS-RDPBCGR 2.2.8.1.1.3.1.1.5. */
    record Synchronize(long toggleFlags) implements InputEvent {}

    /** When a graphics frame was shown, in milliseconds; fast path only. MS-RDPBCGR 2.2.8.1.2.2.6. */
    record QoeTimestamp(long timestamp) implements InputEvent {}

    /** A slow-path event that a host ignores. MS-RDPBCGR 2.2.8.1.1.3.1.1.6. */
    record Unused(Bytes data) implements InputEvent {}

    /** An event that nobody has named yet. */
    record Unknown(int type, Bytes data) implements InputEvent {}
}
