package porthole.protocol.orders.window;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** An icon of a window that was sent before. MS-RDPERP 2.2.1.3.1.2.3. */
public record CachedWindowIcon(long fieldsPresentFlags, long windowId, CachedIconInfo cachedIcon, Bytes trailing)
        implements WindowOrder {
    static CachedWindowIcon decode(WireReader in, long flags) {
        return new CachedWindowIcon(
                flags,
                in.u32le("WindowId"),
                in.within("CachedIcon", CachedIconInfo.SECTION, CachedIconInfo::decode),
                in.rest("trailing"));
    }

    @Override
    public void encode(WireWriter out) {
        out.u32le(fieldsPresentFlags).u32le(windowId).pdu(cachedIcon).bytes(trailing);
    }
}
