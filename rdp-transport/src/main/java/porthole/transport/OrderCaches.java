package porthole.transport;

import java.util.Optional;
import porthole.protocol.capability.BitmapCacheRev2CapabilitySet;
import porthole.protocol.capability.DrawNineGridCapabilitySet;
import porthole.protocol.capability.OffscreenCacheCapabilitySet;
import porthole.protocol.capability.OrderCapabilitySet;
import porthole.protocol.wire.Bytes;

/**
 * What a client keeps for the drawing orders of a host, besides brushes and glyphs.
 *
 * @param bitmaps the bitmap caches of revision 2
 * @param orderSupportExFlags of the order set
 * @param offscreen surfaces that are not on the screen; absent leaves the set out
 * @param nineGrid bitmaps that are drawn in nine parts; absent leaves the set out
 */
public record OrderCaches(
        BitmapCacheRev2CapabilitySet bitmaps,
        int orderSupportExFlags,
        Optional<OffscreenCacheCapabilitySet> offscreen,
        Optional<DrawNineGridCapabilitySet> nineGrid) {
    /** The top bit of a cell info: the cache is kept from one session to the next. */
    public static final long PERSISTENT = 0x8000_0000L;

    private static final int[] ENTRIES = {600, 600, 2048, 4096, 2048};
    private static final long OFFSCREEN_SUPPORTED = 1;
    private static final int OFFSCREEN_KIB = 7680;
    private static final int OFFSCREEN_ENTRIES = 2000;
    private static final long DRAW_NINEGRID_SUPPORTED_REV2 = 2;
    private static final int NINE_GRID_KIB = 2560;
    private static final int NINE_GRIDS = 256;

    /** The bitmap caches that clients announce who draw no order from them. */
    public static final OrderCaches NONE = new OrderCaches(
            bitmaps(false),
            OrderCapabilitySet.ORDERFLAGS_EX_ALTSEC_FRAME_MARKER_SUPPORT,
            Optional.empty(),
            Optional.empty());

    /** All that the client draws from. */
    public static final OrderCaches ALL = new OrderCaches(
            bitmaps(false),
            OrderCapabilitySet.ORDERFLAGS_EX_ALTSEC_FRAME_MARKER_SUPPORT
                    | OrderCapabilitySet.ORDERFLAGS_EX_CACHE_BITMAP_REV3_SUPPORT,
            Optional.of(new OffscreenCacheCapabilitySet(
                    OFFSCREEN_SUPPORTED, OFFSCREEN_KIB, OFFSCREEN_ENTRIES, Bytes.EMPTY)),
            Optional.of(new DrawNineGridCapabilitySet(
                    DRAW_NINEGRID_SUPPORTED_REV2, NINE_GRID_KIB, NINE_GRIDS, Bytes.EMPTY)));

    /** The same with bitmap caches that are kept, whose keys the client lists before the session is active. */
    public OrderCaches persistent() {
        return new OrderCaches(bitmaps(true), orderSupportExFlags, offscreen, nineGrid);
    }

    /** The same with bitmap caches that end with the session, for hosts that have no others. */
    OrderCaches volatileOnly() {
        return new OrderCaches(bitmaps(false), orderSupportExFlags, offscreen, nineGrid);
    }

    private static BitmapCacheRev2CapabilitySet bitmaps(boolean persistent) {
        long kept = persistent ? PERSISTENT : 0;
        return new BitmapCacheRev2CapabilitySet(
                BitmapCacheRev2CapabilitySet.ALLOW_CACHE_WAITING_LIST_FLAG
                        | (persistent ? BitmapCacheRev2CapabilitySet.PERSISTENT_KEYS_EXPECTED_FLAG : 0),
                0,
                ENTRIES.length,
                kept | ENTRIES[0],
                kept | ENTRIES[1],
                kept | ENTRIES[2],
                kept | ENTRIES[3],
                kept | ENTRIES[4],
                Bytes.of(new byte[12]),
                Bytes.EMPTY);
    }
}
