package porthole.host.session;

import java.util.Map;
import java.util.OptionalInt;
import porthole.host.card.Keyboard;
import porthole.host.card.TestCard;
import porthole.protocol.input.InputEvent;

/** Applies input events to the card. */
final class CardInput {
    private static final int WHEEL_SIGN = 0x100;

    private final HostConnection connection;
    private final TestCard card;
    private final Keyboard keyboard = new Keyboard();
    private int x;
    private int y;

    CardInput(HostConnection connection, TestCard card) {
        this.connection = connection;
        this.card = card;
    }

    /** The row that the pointer was last seen at. */
    int pointerRow() {
        return y;
    }

    /** @return the scan code of a hot key that went down */
    OptionalInt apply(InputEvent event) {
        connection.event("input", Map.of("event", event.toString()));
        if (event instanceof InputEvent.Scancode key) {
            boolean down = (key.keyboardFlags() & InputEvent.KBDFLAGS_RELEASE) == 0;
            return keyboard.press(key.keyCode(), down, card);
        } else if (event instanceof InputEvent.Unicode key) {
            if ((key.keyboardFlags() & InputEvent.KBDFLAGS_RELEASE) == 0) {
                card.type((char) key.unicodeCode());
            }
        } else if (event instanceof InputEvent.Synchronize sync) {
            keyboard.synchronize((sync.toggleFlags() & InputEvent.SYNC_CAPS_LOCK) != 0);
        } else if (event instanceof InputEvent.Mouse mouse) {
            mouse(mouse);
        } else if (event instanceof InputEvent.ExtendedMouse mouse) {
            moved(mouse.xPos(), mouse.yPos());
            boolean down = (mouse.pointerFlags() & InputEvent.PTRXFLAGS_DOWN) != 0;
            button(mouse.pointerFlags(), InputEvent.PTRXFLAGS_BUTTON1, 3, down);
            button(mouse.pointerFlags(), InputEvent.PTRXFLAGS_BUTTON2, 4, down);
        } else if (event instanceof InputEvent.RelativeMouse mouse) {
            moved(x + mouse.xDelta(), y + mouse.yDelta());
        }
        return OptionalInt.empty();
    }

    private void mouse(InputEvent.Mouse mouse) {
        int flags = mouse.pointerFlags();
        if ((flags & (InputEvent.PTRFLAGS_WHEEL | InputEvent.PTRFLAGS_HWHEEL)) != 0) {
            int rotation = flags & InputEvent.WHEEL_ROTATION_MASK;
            card.turnWheel((rotation & WHEEL_SIGN) != 0 ? rotation - 2 * WHEEL_SIGN : rotation);
            return;
        }
        moved(mouse.xPos(), mouse.yPos());
        boolean down = (flags & InputEvent.PTRFLAGS_DOWN) != 0;
        button(flags, InputEvent.PTRFLAGS_BUTTON1, 0, down);
        button(flags, InputEvent.PTRFLAGS_BUTTON2, 1, down);
        button(flags, InputEvent.PTRFLAGS_BUTTON3, 2, down);
    }

    private void moved(int toX, int toY) {
        x = Math.min(Math.max(toX, 0), card.width() - 1);
        y = Math.min(Math.max(toY, 0), card.height() - 1);
        card.movePointer(x, y);
    }

    private void button(int flags, int flag, int number, boolean down) {
        if ((flags & flag) != 0) {
            card.button(number, down);
        }
    }
}
