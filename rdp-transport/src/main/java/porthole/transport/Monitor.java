package porthole.transport;

import java.util.List;

/**
 * One monitor of the client. The first of a list is the primary one, at 0, 0; the others are placed from its top left corner.
 *
 * @param left in pixels, negative to the left of the primary monitor
 * @param top in pixels
 * @param width 200 to 8192 pixels
 * @param height 200 to 8192 pixels
 * @param physicalWidth in millimetres; 0 where it is not known
 * @param physicalHeight in millimetres
 * @param orientation 0, 90, 180 or 270 degrees
 * @param desktopScale 100 to 500 percent
 */
public record Monitor(
        int left,
        int top,
        int width,
        int height,
        int physicalWidth,
        int physicalHeight,
        int orientation,
        int desktopScale) {
    /** What the client data has room for (MS-RDPBCGR 2.2.1.3.6). */
    public static final int MOST = 16;

    private static final int FARTHEST = 32_767;

    public Monitor {
        if (width < 200 || width > 8192 || height < 200 || height > 8192) {
            throw new IllegalArgumentException(
                    "a monitor has 200x200 to 8192x8192 pixels, not " + width + "x" + height);
        }
        if (Math.abs((long) left) > FARTHEST || Math.abs((long) top) > FARTHEST) {
            throw new IllegalArgumentException("a monitor is not at " + left + ", " + top);
        }
        if (orientation % 90 != 0 || orientation < 0 || orientation > 270) {
            throw new IllegalArgumentException("a monitor is turned by 0, 90, 180 or 270 degrees, not " + orientation);
        }
        if (desktopScale < 100 || desktopScale > 500) {
            throw new IllegalArgumentException("a desktop is scaled to 100 to 500 percent, not " + desktopScale);
        }
    }

    /** Upright and of unknown physical size. */
    public static Monitor of(int left, int top, int width, int height) {
        return new Monitor(left, top, width, height, 0, 0, 0, 100);
    }

    /** The device scale factor that goes with the desktop's: 100, 140 or 180 percent. */
    public int deviceScale() {
        return deviceScale(desktopScale);
    }

    /** 100, 140 or 180, whichever is next below. */
    public static int deviceScale(long desktopScale) {
        return desktopScale >= 180 ? 180 : desktopScale >= 140 ? 140 : 100;
    }

    /** Width of the smallest rectangle around all monitors. */
    public static int width(List<Monitor> monitors) {
        return monitors.stream().mapToInt(each -> each.left + each.width).max().orElse(0)
                - monitors.stream().mapToInt(Monitor::left).min().orElse(0);
    }

    /** Height of the smallest rectangle around all monitors. */
    public static int height(List<Monitor> monitors) {
        return monitors.stream().mapToInt(each -> each.top + each.height).max().orElse(0)
                - monitors.stream().mapToInt(Monitor::top).min().orElse(0);
    }

    /** Refuses a list that no host could take: too many, the first not at 0, 0, or two that overlap. */
    public static void check(List<Monitor> monitors) {
        if (monitors.isEmpty() || monitors.size() > MOST) {
            throw new IllegalArgumentException("1 to " + MOST + " monitors, not " + monitors.size());
        }
        Monitor first = monitors.get(0);
        if (first.left != 0 || first.top != 0) {
            throw new IllegalArgumentException("the first monitor is at 0, 0, and the others are placed from it");
        }
        for (int i = 0; i < monitors.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (monitors.get(i).overlaps(monitors.get(j))) {
                    throw new IllegalArgumentException("monitors " + (j + 1) + " and " + (i + 1) + " overlap");
                }
            }
        }
    }

    private boolean overlaps(Monitor other) {
        return left < other.left + other.width
                && other.left < left + width
                && top < other.top + other.height
                && other.top < top + height;
    }
}
