package porthole.graphics.rop;

/**
 * Filled polygons: a pixel belongs to one where its top left corner lies inside, on a left or on a top edge.
 *
 * <p>Keeps its buffers. Not thread-safe.
 */
public final class Polygons {
    /** The spec's fill mode in which a pixel is inside if the outline goes round it; the other is alternate. */
    public static final int WINDING = 2;

    private int[] crossings = new int[16];
    private int[] directions = new int[16];

    /**
     * Fills a closed polygon.
     *
     * @param xs and {@code ys}: the first {@code count} are the corners
     * @param rop of the brush as pattern, without a source
     */
    public void fill(Blitter blitter, int rop, int fillMode, int[] xs, int[] ys, int count, Brush brush) {
        if (count < 2) {
            return;
        }
        int left = xs[0];
        int right = xs[0];
        int top = ys[0];
        int bottom = ys[0];
        for (int i = 1; i < count; i++) {
            left = Math.min(left, xs[i]);
            right = Math.max(right, xs[i]);
            top = Math.min(top, ys[i]);
            bottom = Math.max(bottom, ys[i]);
        }
        if (crossings.length < count) {
            crossings = new int[count];
            directions = new int[count];
        }
        int stop = Math.min(bottom, blitter.clipBottom());
        for (int y = Math.max(top, blitter.clipTop()); y < stop; y++) {
            row(blitter, rop, fillMode, y, cross(y, xs, ys, count), brush);
        }
        blitter.painted(left, top, right - left, bottom - top);
    }

    /** Finds where the outline crosses a row, sorted from left to right; returns how often. */
    private int cross(int y, int[] xs, int[] ys, int count) {
        int found = 0;
        for (int i = 0, before = count - 1; i < count; before = i++) {
            boolean down = ys[before] < ys[i];
            int upper = down ? before : i;
            int lower = down ? i : before;
            if (ys[upper] > y || ys[lower] <= y) {
                continue;
            }
            long height = ys[lower] - (long) ys[upper];
            long over = (y - (long) ys[upper]) * (xs[lower] - (long) xs[upper]);
            int x = (int) (xs[upper] - Math.floorDiv(-over, height)); // the first pixel that is not left of the edge
            int at = found++;
            while (at > 0 && crossings[at - 1] > x) {
                crossings[at] = crossings[at - 1];
                directions[at] = directions[at - 1];
                at--;
            }
            crossings[at] = x;
            directions[at] = down ? 1 : -1;
        }
        return found;
    }

    private void row(Blitter blitter, int rop, int fillMode, int y, int found, Brush brush) {
        int inside = 0;
        for (int i = 0; i + 1 < found; i++) {
            inside = fillMode == WINDING ? inside + directions[i] : inside ^ 1;
            if (inside != 0) {
                blitter.span(rop, crossings[i], crossings[i + 1], y, brush);
            }
        }
    }
}
