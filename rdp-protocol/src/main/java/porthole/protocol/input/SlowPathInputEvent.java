package porthole.protocol.input;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * TS_INPUT_EVENT: 12 octets. MS-RDPBCGR 2.2.8.1.1.3.1.
 *
 * @param eventTime ignored by hosts
 * @param pad2Octets padding of the keyboard and synchronize events, 0 for all others
 */
public record SlowPathInputEvent(long eventTime, InputEvent event, int pad2Octets) implements Pdu {
    public static final int SYNC = 0x0000;
    public static final int UNUSED = 0x0002;
    public static final int SCANCODE = 0x0004;
    public static final int UNICODE = 0x0005;
    public static final int MOUSE = 0x8001;
    public static final int MOUSEX = 0x8002;
    public static final int MOUSEREL = 0x8004;

    static final int SIZE = 4 /* eventTime */ + 2 /* messageType */ + 6 /* slowPathInputData */;
    static final String SECTION = "MS-RDPBCGR 2.2.8.1.1.3.1";

    public static SlowPathInputEvent of(InputEvent event) {
        return new SlowPathInputEvent(0, event, 0);
    }

    public static SlowPathInputEvent decode(WireReader in) {
        long eventTime = in.u32le("eventTime");
        int messageType = in.u16le("messageType");
        switch (messageType) {
            case SYNC: {
                int pad = in.u16le("pad2Octets");
                return new SlowPathInputEvent(eventTime, new InputEvent.Synchronize(in.u32le("toggleFlags")), pad);
            }
            case SCANCODE: {
                InputEvent event = new InputEvent.Scancode(in.u16le("keyboardFlags"), in.u16le("keyCode"));
                return new SlowPathInputEvent(eventTime, event, in.u16le("pad2Octets"));
            }
            case UNICODE: {
                InputEvent event = new InputEvent.Unicode(in.u16le("keyboardFlags"), in.u16le("unicodeCode"));
                return new SlowPathInputEvent(eventTime, event, in.u16le("pad2Octets"));
            }
            default:
                return new SlowPathInputEvent(eventTime, withoutPadding(messageType, in), 0);
        }
    }

    private static InputEvent withoutPadding(int messageType, WireReader in) {
        return switch (messageType) {
            case MOUSE -> new InputEvent.Mouse(in.u16le("pointerFlags"), in.u16le("xPos"), in.u16le("yPos"));
            case MOUSEX -> new InputEvent.ExtendedMouse(in.u16le("pointerFlags"), in.u16le("xPos"), in.u16le("yPos"));
            case MOUSEREL ->
                new InputEvent.RelativeMouse(in.u16le("pointerFlags"), in.s16le("xDelta"), in.s16le("yDelta"));
            case UNUSED -> new InputEvent.Unused(in.bytes(6, "slowPathInputData"));
            default -> new InputEvent.Unknown(messageType, in.bytes(6, "slowPathInputData"));
        };
    }

    @Override
    public void encode(WireWriter out) {
        out.u32le(eventTime);
        if (event instanceof InputEvent.Scancode key) {
            out.u16le(SCANCODE).u16le(key.keyboardFlags()).u16le(key.keyCode()).u16le(pad2Octets);
        } else if (event instanceof InputEvent.Unicode key) {
            out.u16le(UNICODE)
                    .u16le(key.keyboardFlags())
                    .u16le(key.unicodeCode())
                    .u16le(pad2Octets);
        } else if (event instanceof InputEvent.Synchronize sync) {
            out.u16le(SYNC).u16le(pad2Octets).u32le(sync.toggleFlags());
        } else if (event instanceof InputEvent.Mouse mouse) {
            out.u16le(MOUSE).u16le(mouse.pointerFlags()).u16le(mouse.xPos()).u16le(mouse.yPos());
        } else if (event instanceof InputEvent.ExtendedMouse mouse) {
            out.u16le(MOUSEX).u16le(mouse.pointerFlags()).u16le(mouse.xPos()).u16le(mouse.yPos());
        } else if (event instanceof InputEvent.RelativeMouse mouse) {
            out.u16le(MOUSEREL)
                    .u16le(mouse.pointerFlags())
                    .u16le(mouse.xDelta())
                    .u16le(mouse.yDelta());
        } else if (event instanceof InputEvent.Unused unused) {
            out.u16le(UNUSED).bytes(sixOctets(unused.data()));
        } else if (event instanceof InputEvent.Unknown unknown) {
            out.u16le(unknown.type()).bytes(sixOctets(unknown.data()));
        } else {
            throw new IllegalStateException("the slow path has no form for " + event);
        }
    }

    private static Bytes sixOctets(Bytes data) {
        if (data.size() != 6) {
            throw new IllegalStateException("a slow-path event has 6 octets of data, not " + data.size());
        }
        return data;
    }
}
