package porthole.graphics.pipeline;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import porthole.graphics.codec.ProgressiveSurface;
import porthole.graphics.h264.Avc420;
import porthole.graphics.h264.Avc444;
import porthole.graphics.picture.PixelRect;
import porthole.graphics.screen.DirtyRegion;

/** Pixels that the host draws into and maps to the output. MS-RDPEGFX 3.3.1.2. Not thread-safe. */
final class Surface implements AutoCloseable {
    final int id;
    final PixelRect bounds;
    /** 0xAARRGGBB, the top row first. */
    final int[] pixels;

    /** The encoding contexts of RemoteFX Progressive that a host has made for this surface; they share its coefficients. */
    final Set<Long> contexts = new HashSet<>();

    private final DirtyRegion dirty = new DirtyRegion();
    private Mapping mapping = Mapping.NONE;
    private ProgressiveSurface coefficients;
    Avc420 avc420;
    Avc444 avc444;
    boolean avc444Version2;

    /** Where on the output a surface appears, and how large; an empty rectangle is nowhere. */
    record Mapping(PixelRect target) {
        static final Mapping NONE = new Mapping(new PixelRect(0, 0, 0, 0));
    }

    Surface(int id, int width, int height) {
        this.id = id;
        bounds = new PixelRect(0, 0, width, height);
        pixels = new int[width * height];
        Arrays.fill(pixels, 0xFF000000);
    }

    int width() {
        return bounds.width();
    }

    boolean hasCoefficients() {
        return coefficients != null;
    }

    /** What RemoteFX Progressive knows of this surface; made before. */
    ProgressiveSurface coefficients() {
        return coefficients;
    }

    void makeCoefficients() {
        coefficients = new ProgressiveSurface(bounds.width(), bounds.height());
    }

    void dropCoefficients() {
        coefficients = null;
    }

    Mapping mapping() {
        return mapping;
    }

    void map(Mapping value) {
        mapping = value;
        dirty.add(bounds);
    }

    /** Puts pixels into the surface, cut to it. */
    void put(PixelRect target, int[] argb, int offset, int stride) {
        PixelRect shown = target.intersection(bounds);
        if (shown.isEmpty()) {
            return;
        }
        int from = offset + (shown.y() - target.y()) * stride + shown.x() - target.x();
        int to = shown.y() * width() + shown.x();
        for (int y = 0; y < shown.height(); y++, from += stride, to += width()) {
            System.arraycopy(argb, from, pixels, to, shown.width());
        }
        dirty.add(shown);
    }

    void fill(PixelRect target, int argb) {
        PixelRect shown = target.intersection(bounds);
        for (int y = shown.y(); y < shown.bottom(); y++) {
            int from = y * width() + shown.x();
            Arrays.fill(pixels, from, from + shown.width(), argb);
        }
        dirty.add(shown);
    }

    /** Copies a rectangle that lies within {@code from}; the two may be one, and overlap. */
    void copy(Surface from, PixelRect source, int x, int y) {
        boolean down = from == this && y > source.y();
        for (int i = 0; i < source.height(); i++) {
            int row = down ? source.height() - 1 - i : i;
            System.arraycopy(
                    from.pixels,
                    (source.y() + row) * from.width() + source.x(),
                    pixels,
                    (y + row) * width() + x,
                    source.width());
        }
        dirty.add(new PixelRect(x, y, source.width(), source.height()));
    }

    void changed(PixelRect rect) {
        dirty.add(rect.intersection(bounds));
    }

    /** What changed since the last call. */
    List<PixelRect> takeDirty() {
        return dirty.take();
    }

    @Override
    public void close() {
        if (avc420 != null) {
            avc420.close();
        }
        if (avc444 != null) {
            avc444.close();
        }
    }
}
