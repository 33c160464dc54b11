package porthole.graphics.screen;

import java.util.ArrayList;
import java.util.List;
import porthole.graphics.picture.PixelRect;

/** What has changed, as a short list of rectangles that cover it; they may overlap. Not thread-safe. */
public final class DirtyRegion {
    private static final int MOST = 32;

    private final List<PixelRect> rects = new ArrayList<>();

    /** Adds a rectangle; an empty one adds nothing. */
    public void add(PixelRect changed) {
        if (changed.isEmpty()) {
            return;
        }
        PixelRect grown = changed;
        // A rectangle that grew may swallow others in turn, each time making the list shorter.
        for (int i = rects.size() - 1; i >= 0; i--) {
            PixelRect other = rects.get(i);
            PixelRect union = grown.union(other);
            if (union.area() <= grown.area() + other.area()) {
                grown = union;
                rects.remove(i);
                i = rects.size();
            }
        }
        if (rects.size() == MOST) {
            for (PixelRect other : rects) {
                grown = grown.union(other);
            }
            rects.clear();
        }
        rects.add(grown);
    }

    /** The rectangles so far, which are forgotten. */
    public List<PixelRect> take() {
        List<PixelRect> taken = List.copyOf(rects);
        rects.clear();
        return taken;
    }
}
