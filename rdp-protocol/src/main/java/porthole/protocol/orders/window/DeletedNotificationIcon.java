package porthole.protocol.orders.window;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** A notification icon is gone. MS-RDPERP 2.2.1.3.2.2.2. */
public record DeletedNotificationIcon(long fieldsPresentFlags, long windowId, long notifyIconId, Bytes trailing)
        implements WindowOrder {
    static DeletedNotificationIcon decode(WireReader in, long flags) {
        return new DeletedNotificationIcon(flags, in.u32le("WindowId"), in.u32le("NotifyIconId"), in.rest("trailing"));
    }

    @Override
    public void encode(WireWriter out) {
        out.u32le(fieldsPresentFlags).u32le(windowId).u32le(notifyIconId).bytes(trailing);
    }
}
