package porthole.protocol.share;

import java.util.ArrayList;
import java.util.List;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * MS-RDPBCGR 2.2.1.17.1 Persistent Key List PDU Data (TS_BITMAPCACHE_PERSISTENT_LIST_PDU).
 *
 * @param numEntries entries of this PDU for each of the five caches; their sum is the size of {@code entries}
 * @param totalEntries entries of the whole list for each of the five caches
 */
public record PersistentKeyListPdu(
        List<Integer> numEntries,
        List<Integer> totalEntries,
        int bBitMask,
        int pad2,
        int pad3,
        List<Key> entries,
        Bytes trailing)
        implements ShareDataBody {
    public static final int PERSIST_FIRST_PDU = 1;
    public static final int PERSIST_LAST_PDU = 2;
    private static final int CACHES = 5;

    /** 2.2.1.17.1.1 Persistent List Entry (TS_BITMAPCACHE_PERSISTENT_LIST_ENTRY). */
    public record Key(long key1, long key2) implements Pdu {
        static Key decode(WireReader in) {
            return new Key(in.u32le("key1"), in.u32le("key2"));
        }

        @Override
        public void encode(WireWriter out) {
            out.u32le(key1).u32le(key2);
        }
    }

    public PersistentKeyListPdu {
        numEntries = List.copyOf(numEntries);
        totalEntries = List.copyOf(totalEntries);
        entries = List.copyOf(entries);
        int sum = numEntries.stream().mapToInt(Integer::intValue).sum();
        if (numEntries.size() != CACHES || totalEntries.size() != CACHES || sum != entries.size()) {
            throw new IllegalArgumentException("five caches and " + sum + " entries, not " + entries.size());
        }
    }

    static PersistentKeyListPdu decode(WireReader in) {
        List<Integer> here = caches(in, "numEntriesCache");
        List<Integer> total = caches(in, "totalEntriesCache");
        int mask = in.u8("bBitMask");
        int pad2 = in.u8("pad2");
        int pad3 = in.u16le("pad3");
        int count = in.count(here.stream().mapToInt(Integer::intValue).sum(), 8, "numEntriesCache");
        List<Key> keys = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            keys.add(in.within("entries[" + i + "]", "MS-RDPBCGR 2.2.1.17.1.1", Key::decode));
        }
        return new PersistentKeyListPdu(here, total, mask, pad2, pad3, keys, in.rest("trailing"));
    }

    @Override
    public int pduType2() {
        return ShareDataHeader.PDUTYPE2_BITMAPCACHE_PERSISTENT_LIST;
    }

    @Override
    public void encode(WireWriter out) {
        numEntries.forEach(out::u16le);
        totalEntries.forEach(out::u16le);
        out.u8(bBitMask).u8(pad2).u16le(pad3);
        entries.forEach(out::pdu);
        out.bytes(trailing);
    }

    private static List<Integer> caches(WireReader in, String field) {
        List<Integer> counts = new ArrayList<>(CACHES);
        for (int i = 0; i < CACHES; i++) {
            counts.add(in.u16le(field + i));
        }
        return counts;
    }
}
