package porthole.client;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import porthole.protocol.capability.CapabilitySet;
import porthole.protocol.capability.InputCapabilitySet;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.fastpath.FastPathInput;
import porthole.protocol.input.InputEvent;
import porthole.protocol.input.SlowPathInput;
import porthole.protocol.share.InputEventPdu;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireWriter;
import porthole.transport.Connection;

/**
 * Keyboard and pointer of a session, by the fast path where the host offers it; usable from any thread.
 *
 * <p>Each call completes when its events are on their way, or fails with a {@link LocalFailure} when the session is not active or
 * the host takes no more octets; nothing is sent then.
 */
public final class SessionInput {
    private static final int MOST_AT_ONCE = 128;

    private final RdpSession session;

    SessionInput(RdpSession session) {
        this.session = session;
    }

    /** The three buttons that every pointer has, and the two that some have. */
    public enum Button {
        LEFT(InputEvent.PTRFLAGS_BUTTON1, false),
        RIGHT(InputEvent.PTRFLAGS_BUTTON2, false),
        MIDDLE(InputEvent.PTRFLAGS_BUTTON3, false),
        BACK(InputEvent.PTRXFLAGS_BUTTON1, true),
        FORWARD(InputEvent.PTRXFLAGS_BUTTON2, true);

        private final int flag;
        private final boolean extended;

        Button(int flag, boolean extended) {
            this.flag = flag;
            this.extended = extended;
        }
    }

    /**
     * A key that goes down or up.
     *
     * @param scancode 1 to 127, of the US keyboard's set 1
     * @param extended whether the key has the prefix E0, as the arrow keys do
     */
    public CompletableFuture<Void> key(int scancode, boolean extended, boolean down) {
        return send(InputEvent.Scancode.key(scancode, extended, down));
    }

    /** A key that is struck. */
    public CompletableFuture<Void> tap(int scancode, boolean extended) {
        return send(
                InputEvent.Scancode.key(scancode, extended, true), InputEvent.Scancode.key(scancode, extended, false));
    }

    /**
     * Types text: as Unicode events where the host takes them, else on a US keyboard. Line ends, tabs, backspaces and escapes are
     * struck as keys.
     *
     * <p>Fails with {@code cannot-type} where the host takes no Unicode events and a character is on no US key.
     */
    public CompletableFuture<Void> type(String text) {
        boolean unicode = offers(InputCapabilitySet.INPUT_FLAG_UNICODE);
        List<InputEvent> events = new ArrayList<>();
        for (char character : text.replace("\r\n", "\n").toCharArray()) {
            Optional<UsKeyboard.Key> key = UsKeyboard.control(character);
            if (key.isEmpty() && !unicode) {
                key = UsKeyboard.of(character);
                if (key.isEmpty()) {
                    return CompletableFuture.failedFuture(new LocalFailure(
                            "cannot-type",
                            "the host takes no Unicode events, and a US keyboard cannot write a character of the text",
                            String.format("U+%04X", (int) character),
                            "characters of a US keyboard",
                            "paste the text through the clipboard, or send scancodes of the host's own layout"));
                }
            }
            if (key.isPresent()) {
                strike(key.get(), events);
            } else {
                events.add(new InputEvent.Unicode(0, character));
                events.add(new InputEvent.Unicode(InputEvent.KBDFLAGS_RELEASE, character));
            }
        }
        return send(events);
    }

    private static void strike(UsKeyboard.Key key, List<InputEvent> events) {
        if (key.shift()) {
            events.add(InputEvent.Scancode.key(UsKeyboard.LEFT_SHIFT, false, true));
        }
        events.add(InputEvent.Scancode.key(key.scancode(), false, true));
        events.add(InputEvent.Scancode.key(key.scancode(), false, false));
        if (key.shift()) {
            events.add(InputEvent.Scancode.key(UsKeyboard.LEFT_SHIFT, false, false));
        }
    }

    /** Moves the pointer to a pixel of the desktop. */
    public CompletableFuture<Void> move(int x, int y) {
        session.screen().pointerAt(x, y);
        return send(InputEvent.Mouse.move(x, y));
    }

    /** A button that goes down or up at a pixel of the desktop. */
    public CompletableFuture<Void> button(Button button, boolean down, int x, int y) {
        if (button.extended && !offers(InputCapabilitySet.INPUT_FLAG_MOUSEX)) {
            return notOffered("extended pointer buttons");
        }
        session.screen().pointerAt(x, y);
        return send(event(button, down, x, y));
    }

    /** A button that is pressed and released at a pixel of the desktop. */
    public CompletableFuture<Void> click(Button button, int x, int y) {
        if (button.extended && !offers(InputCapabilitySet.INPUT_FLAG_MOUSEX)) {
            return notOffered("extended pointer buttons");
        }
        session.screen().pointerAt(x, y);
        return send(InputEvent.Mouse.move(x, y), event(button, true, x, y), event(button, false, x, y));
    }

    private static InputEvent event(Button button, boolean down, int x, int y) {
        return button.extended
                ? new InputEvent.ExtendedMouse(button.flag | (down ? InputEvent.PTRXFLAGS_DOWN : 0), x, y)
                : InputEvent.Mouse.button(button.flag, down, x, y);
    }

    /**
     * Turns a wheel.
     *
     * @param rotation -255 to 255; a notch is 120, away from the user or to the right is positive
     */
    public CompletableFuture<Void> wheel(int rotation, boolean horizontal, int x, int y) {
        if (rotation < -255 || rotation > 255) {
            throw new IllegalArgumentException("a wheel turns by -255 to 255, not " + rotation);
        }
        if (horizontal && !offers(InputCapabilitySet.TS_INPUT_FLAG_MOUSE_HWHEEL)) {
            return notOffered("a horizontal wheel");
        }
        return send(InputEvent.Mouse.wheel(rotation, horizontal, x, y));
    }

    /** Tells the host the state of the lock keys, and that no key is down (MS-RDPBCGR 2.2.8.1.1.3.1.1.5). */
    public CompletableFuture<Void> synchronize(boolean scroll, boolean num, boolean caps, boolean kana) {
        long flags = (scroll ? InputEvent.SYNC_SCROLL_LOCK : 0)
                | (num ? InputEvent.SYNC_NUM_LOCK : 0)
                | (caps ? InputEvent.SYNC_CAPS_LOCK : 0)
                | (kana ? InputEvent.SYNC_KANA_LOCK : 0);
        return send(new InputEvent.Synchronize(flags));
    }

    /** Sends events in one or more PDUs, in order. */
    public CompletableFuture<Void> send(InputEvent... events) {
        return send(List.of(events));
    }

    private CompletableFuture<Void> send(List<InputEvent> events) {
        return session.onLoop(connection -> {
            for (int from = 0; from < events.size(); from += MOST_AT_ONCE) {
                List<InputEvent> part = events.subList(from, Math.min(events.size(), from + MOST_AT_ONCE));
                if (offers(
                        InputCapabilitySet.INPUT_FLAG_FASTPATH_INPUT | InputCapabilitySet.INPUT_FLAG_FASTPATH_INPUT2)) {
                    fastPath(connection, part);
                } else {
                    Bytes body = Bytes.of(
                            SlowPathInput.of(part.toArray(InputEvent[]::new)).toByteArray());
                    session.sendShare(connection, "InputEventPdu", new InputEventPdu(body));
                }
            }
        });
    }

    private static void fastPath(Connection connection, List<InputEvent> events) {
        ByteBuf frame = connection.channel().alloc().buffer();
        new WireWriter(frame).pdu(FastPathInput.of(events));
        connection.sendFastPath("FastPathInput", frame);
    }

    /** Whether the host's input capability set has any of these flags (MS-RDPBCGR 2.2.7.1.6). */
    private boolean offers(int flags) {
        for (CapabilitySet set : session.hostCapabilities()) {
            if (set instanceof InputCapabilitySet input) {
                return (input.inputFlags() & flags) != 0;
            }
        }
        return false;
    }

    private static CompletableFuture<Void> notOffered(String what) {
        return CompletableFuture.failedFuture(new LocalFailure(
                "not-supported",
                "the host does not take this kind of input",
                what,
                "what its input capability set offers",
                "use the keyboard or the three common buttons"));
    }
}
