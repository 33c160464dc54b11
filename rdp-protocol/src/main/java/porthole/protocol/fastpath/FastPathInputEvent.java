package porthole.protocol.fastpath;

import porthole.protocol.input.InputEvent;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * TS_FP_INPUT_EVENT: one event as a fast-path frame has it. MS-RDPBCGR 2.2.8.1.2.2.
 *
 * @param spareFlags the five flag bits of the event header where the event itself has no use for them; ought to be zero
 */
public record FastPathInputEvent(InputEvent event, int spareFlags) implements Pdu {
    public static final int SCANCODE = 0x0;
    public static final int MOUSE = 0x1;
    public static final int MOUSEX = 0x2;
    public static final int SYNC = 0x3;
    public static final int UNICODE = 0x4;
    public static final int RELMOUSE = 0x5;
    public static final int QOE_TIMESTAMP = 0x6;

    static final String SECTION = "MS-RDPBCGR 2.2.8.1.2.2";

    private static final int RELEASE = 0x01;
    private static final int EXTENDED = 0x02;
    private static final int EXTENDED1 = 0x04;
    private static final int OTHER_FLAGS = 0x18;

    public static FastPathInputEvent decode(WireReader in) {
        int header = in.u8("eventHeader");
        int flags = header & 0x1F;
        return switch (header >> 5) {
            case SCANCODE -> plain(new InputEvent.Scancode(keyboardFlags(flags), in.u8("keyCode")));
            case UNICODE -> plain(new InputEvent.Unicode(keyboardFlags(flags), in.u16le("unicodeCode")));
            case SYNC -> plain(new InputEvent.Synchronize(flags));
            case MOUSE ->
                new FastPathInputEvent(
                        new InputEvent.Mouse(in.u16le("pointerFlags"), in.u16le("xPos"), in.u16le("yPos")), flags);
            case MOUSEX ->
                new FastPathInputEvent(
                        new InputEvent.ExtendedMouse(in.u16le("pointerFlags"), in.u16le("xPos"), in.u16le("yPos")),
                        flags);
            case RELMOUSE ->
                new FastPathInputEvent(
                        new InputEvent.RelativeMouse(in.u16le("pointerFlags"), in.s16le("xDelta"), in.s16le("yDelta")),
                        flags);
            case QOE_TIMESTAMP -> new FastPathInputEvent(new InputEvent.QoeTimestamp(in.u32le("timestamp")), flags);
            default -> new FastPathInputEvent(new InputEvent.Unknown(header >> 5, in.rest("unknownEvent")), flags);
        };
    }

    private static FastPathInputEvent plain(InputEvent event) {
        return new FastPathInputEvent(event, 0);
    }

    @Override
    public void encode(WireWriter out) {
        if (event instanceof InputEvent.Scancode key) {
            header(out, SCANCODE, eventFlags(key.keyboardFlags())).u8(key.keyCode());
        } else if (event instanceof InputEvent.Unicode key) {
            header(out, UNICODE, eventFlags(key.keyboardFlags())).u16le(key.unicodeCode());
        } else if (event instanceof InputEvent.Synchronize sync) {
            header(out, SYNC, (int) sync.toggleFlags());
        } else if (event instanceof InputEvent.Mouse mouse) {
            header(out, MOUSE, spareFlags)
                    .u16le(mouse.pointerFlags())
                    .u16le(mouse.xPos())
                    .u16le(mouse.yPos());
        } else if (event instanceof InputEvent.ExtendedMouse mouse) {
            header(out, MOUSEX, spareFlags)
                    .u16le(mouse.pointerFlags())
                    .u16le(mouse.xPos())
                    .u16le(mouse.yPos());
        } else if (event instanceof InputEvent.RelativeMouse mouse) {
            header(out, RELMOUSE, spareFlags)
                    .u16le(mouse.pointerFlags())
                    .u16le(mouse.xDelta())
                    .u16le(mouse.yDelta());
        } else if (event instanceof InputEvent.QoeTimestamp qoe) {
            header(out, QOE_TIMESTAMP, spareFlags).u32le(qoe.timestamp());
        } else if (event instanceof InputEvent.Unknown unknown) {
            header(out, unknown.type(), spareFlags).bytes(unknown.data());
        } else {
            throw new IllegalStateException("a fast-path frame has no form for " + event);
        }
    }

    private static WireWriter header(WireWriter out, int code, int flags) {
        return out.u8(code << 5 | flags & 0x1F);
    }

    /** The flags of the slow path for those of the fast path; bits without a name stay where they are. */
    private static int keyboardFlags(int eventFlags) {
        return eventFlags & OTHER_FLAGS
                | ((eventFlags & RELEASE) != 0 ? InputEvent.KBDFLAGS_RELEASE : 0)
                | ((eventFlags & EXTENDED) != 0 ? InputEvent.KBDFLAGS_EXTENDED : 0)
                | ((eventFlags & EXTENDED1) != 0 ? InputEvent.KBDFLAGS_EXTENDED1 : 0);
    }

    private static int eventFlags(int keyboardFlags) {
        return keyboardFlags & OTHER_FLAGS
                | ((keyboardFlags & InputEvent.KBDFLAGS_RELEASE) != 0 ? RELEASE : 0)
                | ((keyboardFlags & InputEvent.KBDFLAGS_EXTENDED) != 0 ? EXTENDED : 0)
                | ((keyboardFlags & InputEvent.KBDFLAGS_EXTENDED1) != 0 ? EXTENDED1 : 0);
    }
}
