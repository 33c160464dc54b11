package porthole.protocol.orders.window;

import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** TS_CACHED_ICON_INFO: an icon that was sent before. MS-RDPERP 2.2.1.2.4. */
public record CachedIconInfo(int cacheEntry, int cacheId) implements Pdu {
    static final String SECTION = "MS-RDPERP 2.2.1.2.4";

    static CachedIconInfo decode(WireReader in) {
        return new CachedIconInfo(in.u16le("CacheEntry"), in.u8("CacheId"));
    }

    @Override
    public void encode(WireWriter out) {
        out.u16le(cacheEntry).u8(cacheId);
    }
}
