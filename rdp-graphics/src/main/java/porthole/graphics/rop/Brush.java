package porthole.graphics.rop;

/** What shapes are filled with: one colour, or 8 x 8 pixels that repeat from an origin. Kept and set anew. Not thread-safe. */
public final class Brush {
    public static final int SIDE = 8;
    private static final int LAST = SIDE - 1;

    /**
     * The six hatches of MS-RDPEGDI 2.2.2.2.1.1.2.3, top row in the top octet; a set bit is background.
     * FreeRDP has the two diagonal ones the other way round.
     */
    private static final long[] HATCHES = {
        0xFFFFFF00FFFFFFFFL,
        0xF7F7F7F7F7F7F7F7L,
        0x7FBFDFEFF7FBFDFEL,
        0xFEFDFBF7EFDFBF7FL,
        0xF7F7F700F7F7F7F7L,
        0x7EBDDBE7E7DBBD7EL
    };

    private final int[] pattern = new int[SIDE * SIDE];
    private boolean patterned;
    private long background;
    private int color;
    private int originX;
    private int originY;

    /** Every pixel has this 0xFFRRGGBB. */
    public Brush solid(int argb) {
        patterned = false;
        background = 0;
        color = argb;
        return this;
    }

    public static int hatches() {
        return HATCHES.length;
    }

    /** The bits of a hatch, for {@link #mono}. */
    public static long hatch(int index) {
        return HATCHES[index];
    }

    /**
     * A pattern of two colours.
     *
     * @param bits the top row in the top octet, the left pixel in its top bit; a set bit is background
     * @param transparent leaves the pixels of the background as they are
     */
    public Brush mono(long bits, int foreground, int back, boolean transparent, int x, int y) {
        for (int i = 0; i < pattern.length; i++) {
            pattern[i] = bits << i < 0 ? back : foreground;
        }
        return at(transparent ? bits : 0, x, y);
    }

    /** A pattern of 64 pixels of 0xFFRRGGBB, the top row first. */
    public Brush colors(int[] pixels, int x, int y) {
        System.arraycopy(pixels, 0, pattern, 0, pattern.length);
        return at(0, x, y);
    }

    private Brush at(long transparent, int x, int y) {
        patterned = true;
        background = transparent;
        originX = x;
        originY = y;
        return this;
    }

    boolean isSolid() {
        return !patterned;
    }

    boolean isTransparent() {
        return background != 0;
    }

    int color() {
        return color;
    }

    /** Whether this pixel stays as it is. */
    boolean leaves(int x, int y) {
        return background << index(x, y) < 0;
    }

    private int index(int x, int y) {
        return (y - originY & LAST) * SIDE + (x - originX & LAST);
    }

    /** Fills {@code out} with {@code count} pixels of the row from this place on. */
    void row(int x, int y, int count, int[] out) {
        int row = index(x, y) & ~LAST;
        int column = x - originX;
        int head = Math.min(SIDE, count);
        for (int i = 0; i < head; i++) {
            out[i] = pattern[row + (column + i & LAST)];
        }
        for (int done = SIDE; done < count; done *= 2) {
            System.arraycopy(out, 0, out, done, Math.min(done, count - done));
        }
    }
}
