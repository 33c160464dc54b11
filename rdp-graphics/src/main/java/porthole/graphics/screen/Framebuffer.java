package porthole.graphics.screen;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import porthole.graphics.picture.Picture;
import porthole.graphics.picture.PixelRect;
import porthole.graphics.rop.Damage;

/**
 * The screen of a session as 0xFFRRGGBB pixels.
 *
 * <p>One thread paints, any thread may look. Painting happens in frames: {@link #frame} keeps its lock while the frame is
 * painted, so a snapshot never shows half a frame, and a painter waits at most for one copy of the pixels.
 */
public final class Framebuffer {
    static final int BLACK = 0xFF000000;

    private final Object lock = new Object();
    private final FramebufferLimits limits;
    private final DirtyRegion dirty = new DirtyRegion();
    private final List<FramebufferView> views = new ArrayList<>();
    private PixelRect bounds;
    private int[] pixels;
    private long frames;

    /** A black screen; a size beyond the limits is refused with {@link porthole.protocol.failure.LocalFailure}. */
    public Framebuffer(int width, int height, FramebufferLimits limits) {
        this.limits = limits;
        resize(width, height);
    }

    public Framebuffer(int width, int height) {
        this(width, height, FramebufferLimits.DEFAULT);
    }

    /** Gives the screen another size; it is black afterwards, and dirty as a whole. */
    public void resize(int width, int height) {
        limits.check(width, height);
        synchronized (lock) {
            bounds = new PixelRect(0, 0, width, height);
            if (pixels == null || pixels.length != width * height) {
                pixels = new int[width * height];
            }
            Arrays.fill(pixels, BLACK);
            dirty.take();
            views.forEach(view -> view.dirty.take());
            changed(bounds);
        }
    }

    /** Called with the lock. */
    private void changed(PixelRect rect) {
        dirty.add(rect);
        for (FramebufferView view : views) {
            view.dirty.add(rect);
        }
    }

    /** Another consumer with a copy of its own, which has to be closed in the end. */
    public FramebufferView view() {
        FramebufferView view = new FramebufferView(this);
        synchronized (lock) {
            views.add(view);
        }
        return view;
    }

    void forget(FramebufferView view) {
        synchronized (lock) {
            views.remove(view);
        }
    }

    List<PixelRect> update(FramebufferView view) {
        synchronized (lock) {
            return view.take(bounds, pixels, frames);
        }
    }

    /** Runs {@code painter}, whose changes become visible together. */
    public void frame(Runnable painter) {
        synchronized (lock) {
            painter.run();
            frames++;
        }
    }

    /** Changes pixels where they are. */
    @FunctionalInterface
    public interface Drawing {
        /**
         * @param pixels 0xFFRRGGBB, the top row first, borrowed for the call
         * @param painted is told what was changed
         */
        void draw(int[] pixels, int width, int height, Damage painted);
    }

    /** Lets {@code drawing} change the pixels in place; its changes become visible together. */
    public void draw(Drawing drawing) {
        synchronized (lock) {
            drawing.draw(pixels, bounds.width(), bounds.height(), dirty);
            frames++;
        }
    }

    /** Frames painted so far. */
    public long frames() {
        synchronized (lock) {
            return frames;
        }
    }

    public int width() {
        synchronized (lock) {
            return bounds.width();
        }
    }

    public int height() {
        synchronized (lock) {
            return bounds.height();
        }
    }

    /** The most pixels that one bitmap for this screen may reasonably have. */
    long bitmapBudget() {
        return Math.max(1 << 20, bounds.area());
    }

    /**
     * Paints a bitmap into a rectangle, from its top left corner; what does not fit into rectangle or screen is cut off.
     *
     * @param target may lie outside the screen
     * @param bitmap {@code width * height} pixels, the bottom row first; alpha is ignored
     */
    public void paintBottomUp(PixelRect target, int[] bitmap, int width, int height) {
        synchronized (lock) {
            PixelRect shown = target.intersection(new PixelRect(target.x(), target.y(), width, height))
                    .intersection(bounds);
            if (shown.isEmpty()) {
                return; // its corner may lie outside the screen
            }
            for (int y = shown.y(); y < shown.bottom(); y++) {
                int from = (height - 1 - (y - target.y())) * width + shown.x() - target.x();
                System.arraycopy(bitmap, from, pixels, y * bounds.width() + shown.x(), shown.width());
            }
            changed(shown);
        }
    }

    /**
     * Paints a rectangle of pixels, cut to the screen.
     *
     * @param target may lie outside the screen
     * @param argb the top row first; alpha is ignored
     * @param offset of the first pixel in {@code argb}
     * @param stride from row to row in {@code argb}
     */
    public void paint(PixelRect target, int[] argb, int offset, int stride) {
        synchronized (lock) {
            PixelRect shown = target.intersection(bounds);
            if (shown.isEmpty()) {
                return;
            }
            int from = offset + (shown.y() - target.y()) * stride + shown.x() - target.x();
            int to = shown.y() * bounds.width() + shown.x();
            for (int y = 0; y < shown.height(); y++, from += stride, to += bounds.width()) {
                for (int x = 0; x < shown.width(); x++) {
                    pixels[to + x] = argb[from + x] | BLACK;
                }
            }
            changed(shown);
        }
    }

    /** Fills a rectangle, cut to the screen, with one colour of 0xRRGGBB. */
    public void fill(PixelRect target, int rgb) {
        synchronized (lock) {
            PixelRect shown = target.intersection(bounds);
            if (shown.isEmpty()) {
                return;
            }
            for (int y = shown.y(); y < shown.bottom(); y++) {
                int from = y * bounds.width() + shown.x();
                Arrays.fill(pixels, from, from + shown.width(), BLACK | rgb);
            }
            changed(shown);
        }
    }

    /** A copy of the screen between two frames. */
    public Picture snapshot() {
        synchronized (lock) {
            return Picture.copyOf(bounds.width(), bounds.height(), pixels);
        }
    }

    /** Rectangles that cover all that was painted since the last call; they may overlap. */
    public List<PixelRect> takeDirty() {
        synchronized (lock) {
            return dirty.take();
        }
    }
}
