package porthole.graphics.cache;

/** The brush caches: 64 patterns of two colours, 64 of many. MS-RDPEGDI 3.1.1.1.4. Not thread-safe. */
public final class BrushCaches {
    public static final int ENTRIES = 64;
    private static final String SECTION = "MS-RDPEGDI 2.2.2.2.1.2.7";

    private final long[] mono = new long[ENTRIES];
    private final boolean[] hasMono = new boolean[ENTRIES];
    private final int[][] colors = new int[ENTRIES][];

    /** @param bits the top row in the top octet, the left pixel in its top bit; a set bit is background */
    public void putMono(int index, long bits) {
        OrderErrors.index(index, ENTRIES, "CacheBrush", "cacheEntry", SECTION);
        mono[index] = bits;
        hasMono[index] = true;
    }

    /** @param pixels 64 of 0xFFRRGGBB, the top row first; copied */
    public void putColors(int index, int[] pixels) {
        OrderErrors.index(index, ENTRIES, "CacheBrush", "cacheEntry", SECTION);
        if (colors[index] == null) {
            colors[index] = new int[ENTRIES];
        }
        System.arraycopy(pixels, 0, colors[index], 0, ENTRIES);
    }

    public boolean hasMono(String order, int index) {
        OrderErrors.index(index, ENTRIES, order, "brushHatch", SECTION);
        return hasMono[index];
    }

    /** The bits of a pattern, where {@link #hasMono}. */
    public long mono(int index) {
        return mono[index];
    }

    /** 64 pixels, borrowed; null where the host never put any. */
    public int[] colors(String order, int index) {
        OrderErrors.index(index, ENTRIES, order, "brushHatch", SECTION);
        return colors[index];
    }
}
