package porthole.graphics.picture;

/** A rectangle of pixels; right and bottom are exclusive. */
public record PixelRect(int x, int y, int width, int height) {
    /** From edges of which right and bottom are exclusive; empty where they cross. */
    public static PixelRect ofEdges(int left, int top, int right, int bottom) {
        return right <= left || bottom <= top
                ? new PixelRect(left, top, 0, 0)
                : new PixelRect(left, top, right - left, bottom - top);
    }

    public int right() {
        return x + width;
    }

    public int bottom() {
        return y + height;
    }

    public boolean isEmpty() {
        return width <= 0 || height <= 0;
    }

    public long area() {
        return isEmpty() ? 0 : (long) width * height;
    }

    public boolean contains(PixelRect other) {
        return x <= other.x && y <= other.y && other.right() <= right() && other.bottom() <= bottom();
    }

    /** What both have; empty where they do not meet. */
    public PixelRect intersection(PixelRect other) {
        return ofEdges(
                Math.max(x, other.x),
                Math.max(y, other.y),
                Math.min(right(), other.right()),
                Math.min(bottom(), other.bottom()));
    }

    /** The smallest rectangle around both; an empty one adds nothing. */
    public PixelRect union(PixelRect other) {
        if (isEmpty()) {
            return other;
        }
        if (other.isEmpty()) {
            return this;
        }
        return ofEdges(
                Math.min(x, other.x),
                Math.min(y, other.y),
                Math.max(right(), other.right()),
                Math.max(bottom(), other.bottom()));
    }
}
