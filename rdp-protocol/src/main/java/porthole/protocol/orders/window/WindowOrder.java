package porthole.protocol.orders.window;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** What follows the size of a windowing order. MS-RDPERP 2.2.1.3. */
public sealed interface WindowOrder extends Pdu
        permits WindowInformation,
                WindowIcon,
                CachedWindowIcon,
                DeletedWindow,
                NotificationIcon,
                DeletedNotificationIcon,
                MonitoredDesktop,
                WindowOrder.Unknown {
    long WINDOW_ORDER_TYPE_WINDOW = 0x0100_0000L;
    long WINDOW_ORDER_TYPE_NOTIFY = 0x0200_0000L;
    long WINDOW_ORDER_TYPE_DESKTOP = 0x0400_0000L;
    long WINDOW_ORDER_STATE_NEW = 0x1000_0000L;
    long WINDOW_ORDER_STATE_DELETED = 0x2000_0000L;
    long WINDOW_ORDER_ICON = 0x4000_0000L;
    long WINDOW_ORDER_CACHEDICON = 0x8000_0000L;

    String SECTION = "MS-RDPERP 2.2.1.3";

    /** An order about something that nobody has named yet. */
    record Unknown(long fieldsPresentFlags, Bytes body) implements WindowOrder {
        @Override
        public void encode(WireWriter out) {
            out.u32le(fieldsPresentFlags).bytes(body);
        }
    }

    /** What the order is about, and which of its fields are there. */
    long fieldsPresentFlags();

    /** Reads all that {@code in} has left. */
    static WindowOrder decode(WireReader in) {
        long flags = in.u32le("FieldsPresentFlags");
        if ((flags & WINDOW_ORDER_TYPE_WINDOW) != 0) {
            return window(in, flags);
        } else if ((flags & WINDOW_ORDER_TYPE_NOTIFY) != 0) {
            return (flags & WINDOW_ORDER_STATE_DELETED) != 0
                    ? DeletedNotificationIcon.decode(in, flags)
                    : NotificationIcon.decode(in, flags);
        } else if ((flags & WINDOW_ORDER_TYPE_DESKTOP) != 0) {
            return MonitoredDesktop.decode(in, flags);
        }
        return new Unknown(flags, in.rest("body"));
    }

    private static WindowOrder window(WireReader in, long flags) {
        if ((flags & WINDOW_ORDER_ICON) != 0) {
            return WindowIcon.decode(in, flags);
        } else if ((flags & WINDOW_ORDER_CACHEDICON) != 0) {
            return CachedWindowIcon.decode(in, flags);
        } else if ((flags & WINDOW_ORDER_STATE_DELETED) != 0) {
            return DeletedWindow.decode(in, flags);
        }
        return WindowInformation.decode(in, flags);
    }
}
