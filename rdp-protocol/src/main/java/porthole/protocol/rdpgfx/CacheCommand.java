package porthole.protocol.rdpgfx;

import java.util.ArrayList;
import java.util.List;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** The bitmap cache. MS-RDPEGFX 2.2.2.6 to 2.2.2.8, 2.2.2.16 and 2.2.2.17. */
public sealed interface CacheCommand extends RdpgfxCommand {
    /** RDPGFX_SURFACE_TO_CACHE_PDU. MS-RDPEGFX 2.2.2.6. */
    record SurfaceToCache(int surfaceId, long cacheKey, int cacheSlot, Rect16 rectSrc) implements CacheCommand {
        static SurfaceToCache decode(WireReader in) {
            return new SurfaceToCache(
                    in.u16le("surfaceId"), in.s64le("cacheKey"), in.u16le("cacheSlot"), Rect16.decode("rectSrc", in));
        }

        @Override
        public int cmdId() {
            return SURFACETOCACHE;
        }

        @Override
        public void encode(WireWriter out) {
            out.u16le(surfaceId).s64le(cacheKey).u16le(cacheSlot).pdu(rectSrc);
        }
    }

    /** RDPGFX_CACHE_TO_SURFACE_PDU. MS-RDPEGFX 2.2.2.7. */
    record CacheToSurface(int cacheSlot, int surfaceId, List<Point16> destPts) implements CacheCommand {
        public CacheToSurface {
            destPts = List.copyOf(destPts);
        }

        static CacheToSurface decode(WireReader in) {
            return new CacheToSurface(in.u16le("cacheSlot"), in.u16le("surfaceId"), Point16.list(in));
        }

        @Override
        public int cmdId() {
            return CACHETOSURFACE;
        }

        @Override
        public void encode(WireWriter out) {
            out.u16le(cacheSlot).u16le(surfaceId).u16le(destPts.size());
            destPts.forEach(out::pdu);
        }
    }

    /** RDPGFX_EVICT_CACHE_ENTRY_PDU. MS-RDPEGFX 2.2.2.8. */
    record EvictCacheEntry(int cacheSlot) implements CacheCommand {
        static EvictCacheEntry decode(WireReader in) {
            return new EvictCacheEntry(in.u16le("cacheSlot"));
        }

        @Override
        public int cmdId() {
            return EVICTCACHEENTRY;
        }

        @Override
        public void encode(WireWriter out) {
            out.u16le(cacheSlot);
        }
    }

    /** RDPGFX_CACHE_IMPORT_OFFER_PDU, from the client. MS-RDPEGFX 2.2.2.16. */
    record CacheImportOffer(List<CacheEntryMetadata> cacheEntries) implements CacheCommand {
        /** The largest number of entries. */
        public static final int MAXIMUM = 5461;

        /**
         * RDPGFX_CACHE_ENTRY_METADATA. MS-RDPEGFX 2.2.2.16.1.
         *
         * @param bitmapLength octets
         */
        public record CacheEntryMetadata(long cacheKey, long bitmapLength) {
            static final int SIZE = 12;
        }

        public CacheImportOffer {
            cacheEntries = List.copyOf(cacheEntries);
        }

        static CacheImportOffer decode(WireReader in) {
            int count = in.u16le("cacheEntriesCount");
            in.check(count <= MAXIMUM, 2, "cacheEntriesCount", count, "at most " + MAXIMUM);
            in.count(count, CacheEntryMetadata.SIZE, "cacheEntriesCount");
            List<CacheEntryMetadata> entries = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                entries.add(new CacheEntryMetadata(
                        in.s64le("cacheEntries.cacheKey"), in.u32le("cacheEntries.bitmapLength")));
            }
            return new CacheImportOffer(entries);
        }

        @Override
        public int cmdId() {
            return CACHEIMPORTOFFER;
        }

        @Override
        public void encode(WireWriter out) {
            out.u16le(cacheEntries.size());
            cacheEntries.forEach(entry -> out.s64le(entry.cacheKey()).u32le(entry.bitmapLength()));
        }
    }

    /** RDPGFX_CACHE_IMPORT_REPLY_PDU: the slots of the first entries of the offer. MS-RDPEGFX 2.2.2.17. */
    record CacheImportReply(List<Integer> cacheSlots) implements CacheCommand {
        public CacheImportReply {
            cacheSlots = List.copyOf(cacheSlots);
        }

        static CacheImportReply decode(WireReader in) {
            int count = in.count(in.u16le("importedEntriesCount"), 2, "importedEntriesCount");
            List<Integer> slots = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                slots.add(in.u16le("cacheSlots"));
            }
            return new CacheImportReply(slots);
        }

        @Override
        public int cmdId() {
            return CACHEIMPORTREPLY;
        }

        @Override
        public void encode(WireWriter out) {
            out.u16le(cacheSlots.size());
            cacheSlots.forEach(out::u16le);
        }
    }
}
