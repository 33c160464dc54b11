package porthole.protocol.orders.window;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** An icon of a window. MS-RDPERP 2.2.1.3.1.2.2. */
public record WindowIcon(long fieldsPresentFlags, long windowId, IconInfo iconInfo, Bytes trailing)
        implements WindowOrder {
    public static final long WINDOW_ORDER_FIELD_ICON_BIG = 0x2000;
    public static final long WINDOW_ORDER_FIELD_ICON_OVERLAY = 0x0010_0000L;

    static WindowIcon decode(WireReader in, long flags) {
        return new WindowIcon(
                flags,
                in.u32le("WindowId"),
                in.within("IconInfo", IconInfo.SECTION, IconInfo::decode),
                in.rest("trailing"));
    }

    @Override
    public void encode(WireWriter out) {
        out.u32le(fieldsPresentFlags).u32le(windowId).pdu(iconInfo).bytes(trailing);
    }
}
