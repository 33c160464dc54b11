package porthole.graphics.screen;

import java.util.List;
import porthole.graphics.picture.Picture;
import porthole.graphics.picture.PixelRect;

/**
 * A consumer's own copy of a screen, which it brings up to date when it likes: always as it was between two frames, never half
 * of one. What is painted in between is one change; the painter waits only while changed pixels are copied.
 *
 * <p>Used by one thread at a time.
 */
public final class FramebufferView implements AutoCloseable {
    private final Framebuffer screen;
    /** What changed since the last update; guarded by the screen's lock. */
    final DirtyRegion dirty = new DirtyRegion();

    private int width;
    private int height;
    private int[] pixels = new int[0];
    private long frame;

    FramebufferView(Framebuffer screen) {
        this.screen = screen;
    }

    /**
     * Takes over what has changed since the last call.
     *
     * @return rectangles that cover the change, which may overlap; none where nothing was painted; the first call, and the
     *     first after another size, give the whole screen
     */
    public List<PixelRect> update() {
        return screen.update(this);
    }

    /** Called with the screen's lock. */
    List<PixelRect> take(PixelRect bounds, int[] from, long frames) {
        List<PixelRect> changed = dirty.take();
        if (bounds.width() != width || bounds.height() != height) {
            width = bounds.width();
            height = bounds.height();
            pixels = new int[width * height];
            changed = List.of(bounds);
        }
        for (PixelRect rect : changed) {
            for (int y = rect.y(); y < rect.bottom(); y++) {
                int at = y * width + rect.x();
                System.arraycopy(from, at, pixels, at, rect.width());
            }
        }
        frame = frames;
        return changed;
    }

    /** Width in pixels as of the last update. */
    public int width() {
        return width;
    }

    /** Height in pixels as of the last update. */
    public int height() {
        return height;
    }

    /** Frames that were painted before the last update. */
    public long frame() {
        return frame;
    }

    /** The pixels as of the last update, 0xFFRRGGBB, the top row first; they change with the next one. */
    public int[] pixels() {
        return pixels;
    }

    /** A copy that does not change any more. */
    public Picture picture() {
        return Picture.copyOf(width, height, pixels);
    }

    /** The screen forgets this consumer. */
    @Override
    public void close() {
        screen.forget(this);
    }
}
