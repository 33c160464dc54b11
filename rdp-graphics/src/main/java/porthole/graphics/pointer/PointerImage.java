package porthole.graphics.pointer;

import java.util.BitSet;

/**
 * A pointer's shape: pixels of 0xAARRGGBB with straight alpha, pixels that invert what is below, and the hot spot.
 *
 * <p>Never changes.
 */
public final class PointerImage {
    private final int width;
    private final int height;
    private final int hotSpotX;
    private final int hotSpotY;
    private final int[] argb;
    private final BitSet inverted;

    /** Takes over {@code argb} and {@code inverted}, both with the top row first. */
    PointerImage(int width, int height, int hotSpotX, int hotSpotY, int[] argb, BitSet inverted) {
        this.width = width;
        this.height = height;
        this.hotSpotX = hotSpotX;
        this.hotSpotY = hotSpotY;
        this.argb = argb;
        this.inverted = inverted;
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** Where in the image the pointer points, in pixels; may lie outside it. */
    public int hotSpotX() {
        return hotSpotX;
    }

    public int hotSpotY() {
        return hotSpotY;
    }

    /** The pixel as 0xAARRGGBB; 0 where it is transparent or inverts. */
    public int argb(int x, int y) {
        return argb[index(x, y)];
    }

    /** Whether the pixel inverts the colour below it. */
    public boolean inverts(int x, int y) {
        return inverted.get(index(x, y));
    }

    private int index(int x, int y) {
        if (x < 0 || x >= width || y < 0 || y >= height) {
            throw new IndexOutOfBoundsException("(" + x + ", " + y + ") in " + width + " x " + height);
        }
        return y * width + x;
    }

    /** Draws into {@code pixels} of a picture, so that the hot spot comes to lie at the given place. */
    void drawInto(int[] pixels, int pictureWidth, int pictureHeight, int atX, int atY) {
        int left = atX - hotSpotX;
        int top = atY - hotSpotY;
        for (int y = Math.max(0, -top); y < height && top + y < pictureHeight; y++) {
            for (int x = Math.max(0, -left); x < width && left + x < pictureWidth; x++) {
                int from = y * width + x;
                int to = (top + y) * pictureWidth + left + x;
                pixels[to] = inverted.get(from) ? pixels[to] ^ 0xFFFFFF : over(argb[from], pixels[to]);
            }
        }
    }

    private static int over(int above, int below) {
        int alpha = above >>> 24;
        if (alpha == 0xFF || alpha == 0) {
            return alpha == 0 ? below : above;
        }
        int mixed = 0xFF000000;
        for (int shift = 0; shift <= 16; shift += 8) {
            int channel = (above >> shift & 0xFF) * alpha + (below >> shift & 0xFF) * (0xFF - alpha);
            mixed |= (channel + 127) / 255 << shift;
        }
        return mixed;
    }
}
