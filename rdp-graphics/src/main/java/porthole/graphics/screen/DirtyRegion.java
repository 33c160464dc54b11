package porthole.graphics.screen;

import java.util.ArrayList;
import java.util.List;
import porthole.graphics.picture.PixelRect;
import porthole.graphics.rop.Damage;

/** What has changed, as a short list of rectangles that cover it; they may overlap. Not thread-safe. */
public final class DirtyRegion implements Damage {
    private static final int MOST = 32;

    private final int[] lefts = new int[MOST];
    private final int[] tops = new int[MOST];
    private final int[] rights = new int[MOST];
    private final int[] bottoms = new int[MOST];
    private int count;

    /** Adds a rectangle; an empty one adds nothing. */
    public void add(PixelRect changed) {
        add(changed.x(), changed.y(), changed.width(), changed.height());
    }

    /** Adds a rectangle without making an object; an empty one adds nothing. */
    @Override
    public void add(int x, int y, int width, int height) {
        if (width <= 0 || height <= 0) {
            return;
        }
        int left = x;
        int top = y;
        int right = x + width;
        int bottom = y + height;
        // A rectangle that grew may swallow others in turn, each time making the list shorter.
        for (int i = count - 1; i >= 0; i--) {
            int unionLeft = Math.min(left, lefts[i]);
            int unionTop = Math.min(top, tops[i]);
            int unionRight = Math.max(right, rights[i]);
            int unionBottom = Math.max(bottom, bottoms[i]);
            if (area(unionLeft, unionTop, unionRight, unionBottom)
                    <= area(left, top, right, bottom) + area(lefts[i], tops[i], rights[i], bottoms[i])) {
                left = unionLeft;
                top = unionTop;
                right = unionRight;
                bottom = unionBottom;
                count--;
                put(i, lefts[count], tops[count], rights[count], bottoms[count]);
                i = count;
            }
        }
        if (count == MOST) {
            for (int i = 0; i < MOST; i++) {
                left = Math.min(left, lefts[i]);
                top = Math.min(top, tops[i]);
                right = Math.max(right, rights[i]);
                bottom = Math.max(bottom, bottoms[i]);
            }
            count = 0;
        }
        put(count++, left, top, right, bottom);
    }

    private void put(int index, int left, int top, int right, int bottom) {
        lefts[index] = left;
        tops[index] = top;
        rights[index] = right;
        bottoms[index] = bottom;
    }

    private static long area(int left, int top, int right, int bottom) {
        return (long) (right - left) * (bottom - top);
    }

    /** The rectangles so far, which are forgotten. */
    public List<PixelRect> take() {
        List<PixelRect> taken = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            taken.add(PixelRect.ofEdges(lefts[i], tops[i], rights[i], bottoms[i]));
        }
        count = 0;
        return List.copyOf(taken);
    }
}
