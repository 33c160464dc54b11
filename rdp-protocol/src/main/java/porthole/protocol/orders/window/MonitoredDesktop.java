package porthole.protocol.orders.window;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * Which windows a desktop has, or, with {@link #WINDOW_ORDER_FIELD_DESKTOP_NONE}, that nobody watches it. MS-RDPERP 2.2.1.3.3.2.
 *
 * @param windowIds the top-level windows, the topmost first
 * @param trailing octets that the order's size covers and nothing accounts for
 */
public record MonitoredDesktop(
        long fieldsPresentFlags, OptionalLong activeWindowId, Optional<List<Long>> windowIds, Bytes trailing)
        implements WindowOrder {
    public static final long WINDOW_ORDER_FIELD_DESKTOP_NONE = 0x01;
    public static final long WINDOW_ORDER_FIELD_DESKTOP_HOOKED = 0x02;
    public static final long WINDOW_ORDER_FIELD_DESKTOP_ARC_COMPLETED = 0x04;
    public static final long WINDOW_ORDER_FIELD_DESKTOP_ARC_BEGAN = 0x08;
    public static final long WINDOW_ORDER_FIELD_DESKTOP_ZORDER = 0x10;
    public static final long WINDOW_ORDER_FIELD_DESKTOP_ACTIVEWND = 0x20;

    public MonitoredDesktop {
        windowIds = windowIds.map(List::copyOf);
    }

    static MonitoredDesktop decode(WireReader in, long flags) {
        OptionalLong active = (flags & WINDOW_ORDER_FIELD_DESKTOP_ACTIVEWND) != 0
                ? OptionalLong.of(in.u32le("ActiveWindowId"))
                : OptionalLong.empty();
        Optional<List<Long>> ids = Optional.empty();
        if ((flags & WINDOW_ORDER_FIELD_DESKTOP_ZORDER) != 0) {
            int count = in.count(in.u8("NumWindowIds"), 4, "NumWindowIds");
            List<Long> windows = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                windows.add(in.u32le("WindowIds"));
            }
            ids = Optional.of(windows);
        }
        return new MonitoredDesktop(flags, active, ids, in.rest("trailing"));
    }

    @Override
    public void encode(WireWriter out) {
        out.u32le(fieldsPresentFlags);
        activeWindowId.ifPresent(out::u32le);
        windowIds.ifPresent(ids -> {
            out.u8(ids.size());
            ids.forEach(out::u32le);
        });
        out.bytes(trailing);
    }
}
