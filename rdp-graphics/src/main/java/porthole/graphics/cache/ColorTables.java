package porthole.graphics.cache;

/** Six colour tables for bitmaps with 8 bits per pixel. MS-RDPEGDI 3.1.1.1.3. Not thread-safe. */
public final class ColorTables {
    public static final int ENTRIES = 6;
    public static final int COLORS = 256;
    private static final String SECTION = "MS-RDPEGDI 2.2.2.2.1.2.4";

    private final int[][] tables = new int[ENTRIES][];

    /** @param colors 256 of 0xFFRRGGBB; copied */
    public void put(int index, int[] colors) {
        OrderErrors.index(index, ENTRIES, "CacheColorTable", "cacheIndex", SECTION);
        if (tables[index] == null) {
            tables[index] = new int[COLORS];
        }
        System.arraycopy(colors, 0, tables[index], 0, COLORS);
    }

    /** 256 colours, borrowed; null where the host never put any. */
    public int[] get(String order, int index) {
        OrderErrors.index(index, ENTRIES, order, "cacheId", SECTION);
        return tables[index];
    }
}
