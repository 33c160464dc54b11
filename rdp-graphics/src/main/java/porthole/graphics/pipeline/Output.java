package porthole.graphics.pipeline;

import porthole.graphics.picture.PixelRect;
import porthole.graphics.screen.Framebuffer;

/** Puts a changed rectangle of a surface where the surface is mapped to, scaled where it has another size there. */
final class Output {
    private Output() {}

    static void show(Surface surface, PixelRect changed, PixelRect target, Framebuffer screen) {
        int width = surface.width();
        int height = surface.bounds.height();
        if (target.width() == width && target.height() == height) {
            PixelRect shown = new PixelRect(
                    target.x() + changed.x(), target.y() + changed.y(), changed.width(), changed.height());
            screen.paint(shown, surface.pixels, changed.y() * width + changed.x(), width);
            return;
        }
        // the pixels of the output whose nearest pixel of the surface has changed
        int left = edge(changed.x(), width, target.width());
        int right = edge(changed.right(), width, target.width());
        int top = edge(changed.y(), height, target.height());
        int bottom = edge(changed.bottom(), height, target.height());
        int visible = Math.min(right, Math.max(left, screen.width() - target.x()));
        int[] row = new int[Math.max(0, visible - left)];
        for (int y = top; y < bottom && target.y() + y < screen.height() && row.length > 0; y++) {
            int from = (int) ((long) y * height / target.height()) * width;
            for (int x = 0; x < row.length; x++) {
                row[x] = surface.pixels[from + (int) ((long) (left + x) * width / target.width())];
            }
            screen.paint(new PixelRect(target.x() + left, target.y() + y, row.length, 1), row, 0, row.length);
        }
    }

    /** The first pixel of the output that shows the surface's pixel {@code at} or a later one. */
    private static int edge(int at, int size, int targetSize) {
        return (int) (((long) at * targetSize + size - 1) / size);
    }
}
