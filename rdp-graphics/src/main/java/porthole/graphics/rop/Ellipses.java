package porthole.graphics.rop;

/** Ellipses inside a rectangle: a pixel belongs to one where its centre does, or where it is the outermost on an axis. */
public final class Ellipses {
    private Ellipses() {}

    /**
     * Draws an ellipse that touches all four edges.
     *
     * @param right and {@code bottom} are inclusive
     * @param filled or else only its outline, one pixel wide
     */
    public static void draw(
            Blitter blitter, int rop, int left, int top, int right, int bottom, boolean filled, Brush brush) {
        if (right < left || bottom < top) {
            return;
        }
        int stop = Math.min(bottom + 1, blitter.clipBottom());
        for (int y = Math.max(top, blitter.clipTop()); y < stop; y++) {
            int cut = indent(y, left, top, right, bottom);
            int from = left + cut;
            int to = right + 1 - cut;
            if (filled) {
                blitter.span(rop, from, to, y, brush);
                continue;
            }
            int neighbour = Math.max(indent(y - 1, left, top, right, bottom), indent(y + 1, left, top, right, bottom));
            int inner = Math.max(cut + 1, neighbour);
            if (left + inner >= right + 1 - inner) {
                blitter.span(rop, from, to, y, brush);
            } else {
                blitter.span(rop, from, left + inner, y, brush);
                blitter.span(rop, right + 1 - inner, to, y, brush);
            }
        }
        blitter.painted(left, top, right - left + 1, bottom - top + 1);
    }

    /** How many pixels of a row are outside, at either end; more than there are for a row above or below. */
    private static int indent(int y, int left, int top, int right, int bottom) {
        if (y < top || y > bottom) {
            return right - left + 1;
        }
        long fromMiddle = Math.abs(2L * y - top - bottom);
        if (fromMiddle <= 1) {
            return 0;
        }
        double height = bottom - top + 1.0;
        double width = right - left + 1.0;
        double distance = fromMiddle / height;
        double half = width * Math.sqrt(1 - distance * distance) / 2;
        // Pixel centres lie half a pixel inside their left edge.
        int outside = (int) Math.max(0, Math.ceil(width / 2 - half - 0.5));
        return Math.min(outside, (right - left) / 2);
    }
}
