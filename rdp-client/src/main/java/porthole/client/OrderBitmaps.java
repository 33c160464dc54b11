package porthole.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import porthole.client.bitmapcache.BitmapCacheStore;
import porthole.graphics.cache.OrderLimits;
import porthole.graphics.orders.OrderPainter;
import porthole.graphics.picture.CachedBitmap;
import porthole.protocol.share.PersistentKeyListPdu;
import porthole.protocol.wire.Bytes;

/**
 * The bitmaps of drawing orders that outlive a session, one file of the store for each bitmap cache (MS-RDPBCGR 2.2.1.17).
 *
 * <p>Loading and keeping block on files.
 */
final class OrderBitmaps {
    /** Keys in one PDU: what fits into the smallest message that hosts must take. */
    private static final int MOST_KEYS = 169;

    private static final int[] ENTRIES = OrderLimits.DEFAULT.bitmapCacheEntries();
    /** Half of what the caches may take, so that a session with other pictures has room, too. */
    private static final long MOST_PIXELS = OrderLimits.DEFAULT.cachePixels() / 2;

    private final BitmapCacheStore store;
    private final String host;
    private final int bitsPerPixel;
    private final List<List<CachedBitmap>> loaded = new ArrayList<>();

    /** @param bitsPerPixel of the sessions whose bitmaps these are: a host makes other pixels for another depth */
    OrderBitmaps(BitmapCacheStore store, String host, int bitsPerPixel) {
        this.store = store;
        this.host = host;
        this.bitsPerPixel = bitsPerPixel;
        long pixels = 0;
        for (int cache = 0; cache < ENTRIES.length; cache++) {
            List<CachedBitmap> fitting = new ArrayList<>();
            for (CachedBitmap bitmap : store.load(host, kind(cache))) {
                pixels += bitmap.pixels().length;
                if (pixels > MOST_PIXELS || fitting.size() == ENTRIES[cache]) {
                    break;
                }
                fitting.add(bitmap);
            }
            loaded.add(fitting);
        }
    }

    private String kind(int cache) {
        return "orders-" + bitsPerPixel + "-" + cache;
    }

    /** Whether bitmaps of a session with this depth are kept; at 8 bits per pixel they depend on colour tables. */
    boolean serves(int depth) {
        return depth == bitsPerPixel && depth > 8;
    }

    int size() {
        return loaded.stream().mapToInt(List::size).sum();
    }

    /** The keys in the order of {@link #restore}: a host refers to a bitmap by its place among those of its cache. */
    List<PersistentKeyListPdu> keys() {
        List<Integer> totals = loaded.stream().map(List::size).toList();
        List<PersistentKeyListPdu> pdus = new ArrayList<>();
        List<PersistentKeyListPdu.Key> keys = new ArrayList<>();
        int[] counts = new int[ENTRIES.length];
        for (int cache = 0; cache < ENTRIES.length; cache++) {
            for (CachedBitmap bitmap : loaded.get(cache)) {
                if (keys.size() == MOST_KEYS) {
                    pdus.add(pdu(counts, totals, keys, pdus.isEmpty(), false));
                    keys.clear();
                    Arrays.fill(counts, 0);
                }
                keys.add(new PersistentKeyListPdu.Key(bitmap.key() & 0xFFFF_FFFFL, bitmap.key() >>> 32));
                counts[cache]++;
            }
        }
        pdus.add(pdu(counts, totals, keys, pdus.isEmpty(), true)); // an empty list says that nothing is there yet
        return pdus;
    }

    private static PersistentKeyListPdu pdu(
            int[] counts, List<Integer> totals, List<PersistentKeyListPdu.Key> keys, boolean first, boolean last) {
        int mask = (first ? PersistentKeyListPdu.PERSIST_FIRST_PDU : 0)
                | (last ? PersistentKeyListPdu.PERSIST_LAST_PDU : 0);
        return new PersistentKeyListPdu(Arrays.stream(counts).boxed().toList(), totals, mask, 0, 0, keys, Bytes.EMPTY);
    }

    /** Puts the bitmaps where the keys say that they are. */
    void restore(OrderPainter painter) {
        for (int cache = 0; cache < ENTRIES.length; cache++) {
            painter.preload(cache, loaded.get(cache));
        }
    }

    /** Keeps what the session has now for the next one. */
    void keep(OrderPainter painter) {
        for (int cache = 0; cache < ENTRIES.length; cache++) {
            store.keep(host, kind(cache), painter.persistentBitmaps(cache));
        }
    }
}
