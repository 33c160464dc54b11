package porthole.graphics.cache;

import java.util.Arrays;
import porthole.graphics.rop.Raster;

/** Surfaces that nobody sees, which orders draw into and copy from. MS-RDPEGDI 3.1.1.1.5. Not thread-safe. */
public final class OffscreenBitmaps {
    private static final String SECTION = "MS-RDPEGDI 2.2.2.2.1.3.2";
    /** What FreeRDP fills a new surface with; a host draws before it copies. */
    private static final int WHITE = 0xFFFFFFFF;

    private final SourceBitmap[] surfaces;
    private final Allowance pixels;

    public OffscreenBitmaps(OrderLimits limits) {
        surfaces = new SourceBitmap[limits.offscreenEntries()];
        pixels = new Allowance(limits.offscreenPixels(), "pixels");
    }

    /** Makes a surface of white pixels, in the place of one with the same number. */
    public void create(int id, int width, int height) {
        check(id, "CreateOffscreenBitmap", "offscreenBitmapId");
        if (width < 1 || height < 1) {
            throw OrderErrors.error(
                    "CreateOffscreenBitmap", "cx", width + " x " + height, "at least one pixel", SECTION);
        }
        SourceBitmap before = surfaces[id];
        pixels.exchange(
                before == null ? 0 : before.area(), (long) width * height, "CreateOffscreenBitmap", "cx", SECTION);
        Raster raster = before != null
                        && before.raster().width() == width
                        && before.raster().height() == height
                ? before.raster()
                : new Raster(width, height, new int[width * height]);
        Arrays.fill(raster.pixels(), WHITE);
        surfaces[id] = new SourceBitmap(raster, false, SourceBitmap.NO_KEY);
    }

    /** Forgets a surface; one that does not exist is forgotten already. */
    public void delete(int id) {
        check(id, "CreateOffscreenBitmap", "deleteList.indices");
        if (surfaces[id] != null) {
            pixels.exchange(surfaces[id].area(), 0, "CreateOffscreenBitmap", "deleteList.indices", SECTION);
            surfaces[id] = null;
        }
    }

    /** A surface, or null where there is none. */
    public SourceBitmap get(String order, String field, int id) {
        check(id, order, field);
        return surfaces[id];
    }

    private void check(int id, String order, String field) {
        OrderErrors.index(id, surfaces.length, order, field, SECTION);
    }
}
