package porthole.graphics.cache;

/** The glyph caches and the fragment cache. MS-RDPEGDI 3.1.1.1.2. Not thread-safe. */
public final class GlyphCaches {
    private static final int FRAGMENTS = 256;
    private static final String SECTION = "MS-RDPEGDI 2.2.2.2.1.2.5";

    private final Glyph[][] caches;
    private final byte[][] fragments = new byte[FRAGMENTS][];
    private final Allowance octets;

    public GlyphCaches(OrderLimits limits) {
        int[] entries = limits.glyphCacheEntries();
        caches = new Glyph[entries.length][];
        for (int i = 0; i < entries.length; i++) {
            caches[i] = new Glyph[entries[i]];
        }
        octets = new Allowance(limits.glyphOctets(), "octets");
    }

    /**
     * Keeps a glyph.
     *
     * @param bits taken over; what is beyond the last row is padding
     */
    public void put(String order, int cacheId, int index, int x, int y, int width, int height, byte[] bits) {
        OrderErrors.index(cacheId, caches.length, order, "cacheId", SECTION);
        Glyph[] cache = caches[cacheId];
        OrderErrors.index(index, cache.length, order, "cacheIndex", SECTION);
        long rows = (width + 7L) / 8 * height;
        if (width < 0 || height < 0 || rows > bits.length) {
            throw OrderErrors.error(
                    order, "cb", bits.length + " octets", rows + " for " + width + " x " + height + " pixels", SECTION);
        }
        Glyph before = cache[index];
        octets.exchange(before == null ? 0 : before.bits().length, bits.length, order, "cb", SECTION);
        cache[index] = new Glyph(x, y, width, height, bits);
    }

    /** The glyph in a slot, or null where the host never put one. */
    public Glyph get(String order, int cacheId, int index) {
        OrderErrors.index(cacheId, caches.length, order, "cacheId", SECTION);
        OrderErrors.index(index, caches[cacheId].length, order, "cacheIndex", SECTION);
        return caches[cacheId][index];
    }

    /** Keeps a copy of the octets that draw several glyphs; an index is 0 to 255, as is a length. */
    public void putFragment(int index, byte[] text, int from, int length) {
        byte[] before = fragments[index];
        byte[] fragment = before != null && before.length == length ? before : new byte[length];
        System.arraycopy(text, from, fragment, 0, length);
        fragments[index] = fragment;
    }

    /** The octets of a fragment, or null where the host never made one. */
    public byte[] fragment(int index) {
        return fragments[index];
    }
}
