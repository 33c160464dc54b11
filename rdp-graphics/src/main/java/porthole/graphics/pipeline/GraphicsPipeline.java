package porthole.graphics.pipeline;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import porthole.graphics.codec.TileRunner;
import porthole.graphics.h264.H264Decoder;
import porthole.graphics.picture.CachedBitmap;
import porthole.graphics.picture.PixelRect;
import porthole.graphics.pipeline.Surface.Mapping;
import porthole.graphics.screen.Framebuffer;
import porthole.protocol.failure.WireException;
import porthole.protocol.rdpgfx.Point16;

/**
 * Draws what the host says on the graphics channel, and shows it frame by frame. MS-RDPEGFX 3.3.5.
 *
 * <p>Each method is one message. Drawing goes into surfaces; what is mapped appears in the framebuffer at the end of the
 * frame, or at once outside of one. Every number is checked: a wrong one ends in a {@link WireException}. One thread draws.
 */
public final class GraphicsPipeline implements AutoCloseable {
    /** How often one message may paint all of a surface. */
    private static final int MOST_LAYERS = 64;

    private static final String PDU = "RDPGFX";
    /** The coefficients of a progressive surface take nine octets a pixel beside the four of the pixel itself. */
    private static final int PROGRESSIVE_WEIGHT = 2;
    /** Of one surface; hosts have one. */
    private static final int MOST_CONTEXTS = 64;

    private final Framebuffer screen;
    private final GraphicsLimits limits;
    private final SurfaceCodecs codecs;
    private final BitmapCache cache;
    private final Map<Integer, Surface> surfaces = new HashMap<>();
    private long surfacePixels;
    private boolean inFrame;

    /** @param h264 for the AVC codecs; without it they are refused, as the client must not have offered them */
    public GraphicsPipeline(Framebuffer screen, GraphicsLimits limits, Optional<H264Decoder.Provider> h264) {
        this(screen, limits, h264, TileRunner.SEQUENTIAL);
    }

    GraphicsPipeline(Framebuffer screen, GraphicsLimits limits, Optional<H264Decoder.Provider> h264, TileRunner tiles) {
        this.screen = screen;
        this.limits = limits;
        this.codecs = new SurfaceCodecs(h264, limits.surfacePixels(), tiles);
        this.cache = new BitmapCache(limits);
    }

    /** RDPGFX_RESET_GRAPHICS_PDU: another size of the output; surfaces stay, their mappings go. MS-RDPEGFX 3.3.5.14. */
    public void resetGraphics(int width, int height) {
        surfaces.values().forEach(surface -> surface.map(Mapping.NONE));
        screen.resize(width, height);
    }

    /** RDPGFX_CREATE_SURFACE_PDU. */
    public void createSurface(int surfaceId, int width, int height) {
        if (surfaces.containsKey(surfaceId)) {
            throw error("surfaceId", String.valueOf(surfaceId), "an id that no surface has", "MS-RDPEGFX 3.3.5.9");
        }
        if (width == 0 || height == 0 || surfaces.size() == limits.surfaces()) {
            throw error(
                    "width",
                    width + " x " + height + " beside " + surfaces.size() + " surfaces",
                    "some pixels, and at most " + limits.surfaces() + " surfaces",
                    "MS-RDPEGFX 2.2.2.9");
        }
        charge((long) width * height);
        surfaces.put(surfaceId, new Surface(surfaceId, width, height));
    }

    /** RDPGFX_DELETE_SURFACE_PDU. */
    public void deleteSurface(int surfaceId) {
        Surface surface = surface("surfaceId", surfaceId);
        dropCoefficients(surface);
        surfaces.remove(surfaceId);
        surfacePixels -= surface.bounds.area();
        surface.close();
    }

    /** RDPGFX_MAP_SURFACE_TO_OUTPUT_PDU. */
    public void mapSurfaceToOutput(int surfaceId, int x, int y) {
        Surface surface = surface("surfaceId", surfaceId);
        mapSurfaceToScaledOutput(surfaceId, x, y, surface.width(), surface.bounds.height());
    }

    /** RDPGFX_MAP_SURFACE_TO_SCALED_OUTPUT_PDU. */
    public void mapSurfaceToScaledOutput(int surfaceId, int x, int y, int targetWidth, int targetHeight) {
        if (x < 0 || y < 0 || x > 0xFFFF || y > 0xFFFF || targetWidth < 0 || targetHeight < 0) {
            throw error("outputOriginX", x + ", " + y, "0 to 65535", "MS-RDPEGFX 2.2.2.15");
        }
        surface("surfaceId", surfaceId)
                .map(new Mapping(new PixelRect(x, y, Math.min(0xFFFF, targetWidth), Math.min(0xFFFF, targetHeight))));
        shownUnlessInFrame();
    }

    /** RDPGFX_MAP_SURFACE_TO_WINDOW_PDU and its scaled form: windows of their own are not shown here. */
    public void mapSurfaceToWindow(int surfaceId) {
        surface("surfaceId", surfaceId).map(Mapping.NONE);
    }

    /** RDPGFX_START_FRAME_PDU. */
    public void startFrame() {
        inFrame = true;
    }

    /** RDPGFX_END_FRAME_PDU: what was drawn becomes visible, at once. */
    public void endFrame() {
        inFrame = false;
        show();
    }

    /**
     * RDPGFX_WIRE_TO_SURFACE_PDU_1: a bitmap for a rectangle of a surface.
     *
     * @param octets borrowed for the call
     */
    public void wireToSurface1(
            int surfaceId, int codecId, int pixelFormat, PixelRect target, byte[] octets, int from, int to) {
        Surface surface = surface("surfaceId", surfaceId);
        within(surface, target, "destRect");
        codecs.draw(surface, codecId, pixelFormat, target, octets, from, to);
        shownUnlessInFrame();
    }

    /** RDPGFX_WIRE_TO_SURFACE_PDU_2: a stream that says itself where its pixels go. */
    public void wireToSurface2(int surfaceId, int codecId, long contextId, byte[] octets, int from, int to) {
        Surface surface = surface("surfaceId", surfaceId);
        if (!surface.hasCoefficients()) {
            charge(PROGRESSIVE_WEIGHT * surface.bounds.area());
            surface.makeCoefficients();
        }
        if (surface.contexts.size() < MOST_CONTEXTS || surface.contexts.contains(contextId)) {
            surface.contexts.add(contextId);
        } else {
            throw error("codecContextId", "one more", "at most " + MOST_CONTEXTS, "MS-RDPEGFX 3.3.1.1");
        }
        codecs.drawProgressive(surface, codecId, octets, from, to);
        shownUnlessInFrame();
    }

    /** RDPGFX_DELETE_ENCODING_CONTEXT_PDU. */
    public void deleteEncodingContext(int surfaceId, long contextId) {
        Surface surface = surface("surfaceId", surfaceId);
        if (!surface.contexts.remove(contextId)) {
            throw error("codecContextId", String.valueOf(contextId), "a context that exists", "MS-RDPEGFX 3.3.1.1");
        }
        if (surface.contexts.isEmpty()) {
            dropCoefficients(surface);
        }
    }

    private void dropCoefficients(Surface surface) {
        if (surface.hasCoefficients()) {
            surfacePixels -= PROGRESSIVE_WEIGHT * surface.bounds.area();
            surface.dropCoefficients();
        }
    }

    /** RDPGFX_SOLIDFILL_PDU. */
    public void solidFill(int surfaceId, int argb, List<PixelRect> rects) {
        Surface surface = surface("surfaceId", surfaceId);
        long pixels = 0;
        for (PixelRect rect : rects) {
            within(surface, rect, "fillRects");
            pixels += rect.area();
            bounded(surface, pixels, "fillRects");
            surface.fill(rect, argb);
        }
        shownUnlessInFrame();
    }

    /** RDPGFX_SURFACE_TO_SURFACE_PDU. */
    public void surfaceToSurface(int sourceId, int destinationId, PixelRect source, List<Point16> points) {
        Surface from = surface("surfaceIdSrc", sourceId);
        Surface to = surface("surfaceIdDest", destinationId);
        within(from, source, "rectSrc");
        bounded(to, source.area() * points.size(), "destPts");
        for (Point16 point : points) {
            within(to, new PixelRect(point.x(), point.y(), source.width(), source.height()), "destPts");
            to.copy(from, source, point.x(), point.y());
        }
        shownUnlessInFrame();
    }

    /**
     * RDPGFX_SURFACE_TO_CACHE_PDU.
     *
     * @param cacheKey by which the host knows the bitmap in a later session
     */
    public void surfaceToCache(int surfaceId, long cacheKey, int cacheSlot, PixelRect source) {
        Surface from = surface("surfaceId", surfaceId);
        within(from, source, "rectSrc");
        cache.put(cacheSlot, cacheKey, from, source);
    }

    /** RDPGFX_CACHE_TO_SURFACE_PDU. */
    public void cacheToSurface(int cacheSlot, int surfaceId, List<Point16> points) {
        CachedBitmap bitmap = cache.get(cacheSlot);
        Surface to = surface("surfaceId", surfaceId);
        bounded(to, (long) bitmap.width() * bitmap.height() * points.size(), "destPts");
        for (Point16 point : points) {
            PixelRect target = new PixelRect(point.x(), point.y(), bitmap.width(), bitmap.height());
            within(to, target, "destPts");
            to.put(target, bitmap.pixels(), 0, bitmap.width());
        }
        shownUnlessInFrame();
    }

    /** RDPGFX_EVICT_CACHE_ENTRY_PDU. */
    public void evictCacheEntry(int cacheSlot) {
        cache.evict(cacheSlot);
    }

    /** Puts a bitmap of an earlier session into the slot that an RDPGFX_CACHE_IMPORT_REPLY_PDU gives it. */
    public void importCacheEntry(int cacheSlot, CachedBitmap bitmap) {
        cache.restore(cacheSlot, bitmap);
    }

    /** What is in the cache, the bitmap that was used last first. */
    public List<CachedBitmap> cachedBitmaps() {
        return cache.bitmaps();
    }

    private void charge(long pixels) {
        if (surfacePixels + pixels > limits.surfacePixels()) {
            throw error(
                    "width",
                    surfacePixels + pixels + " pixels in all surfaces",
                    "at most " + limits.surfacePixels(),
                    "MS-RDPEGFX 2.2.2.9");
        }
        surfacePixels += pixels;
    }

    private Surface surface(String field, int surfaceId) {
        Surface surface = surfaces.get(surfaceId);
        if (surface == null) {
            throw error(field, String.valueOf(surfaceId), "a surface that exists", "MS-RDPEGFX 3.3.1.2");
        }
        return surface;
    }

    private static void within(Surface surface, PixelRect rect, String field) {
        if (rect.x() < 0 || rect.y() < 0 || rect.isEmpty() || !surface.bounds.contains(rect)) {
            throw error(
                    field,
                    rect.width() + " x " + rect.height() + " at " + rect.x() + ", " + rect.y(),
                    "a rectangle within the surface of " + surface.width() + " x " + surface.bounds.height(),
                    "MS-RDPEGFX 2.2.1.2");
        }
    }

    /** Few octets ask for much work where places lie over one another. */
    private static void bounded(Surface surface, long pixels, String field) {
        if (pixels > MOST_LAYERS * surface.bounds.area()) {
            throw error(
                    field,
                    pixels + " pixels in one message",
                    "at most " + MOST_LAYERS + " times the surface",
                    "MS-RDPEGFX 2.2.1.2");
        }
    }

    private void shownUnlessInFrame() {
        if (!inFrame) {
            show();
        }
    }

    private void show() {
        screen.frame(() -> {
            for (Surface surface : surfaces.values()) {
                List<PixelRect> dirty = surface.takeDirty();
                Mapping mapping = surface.mapping();
                if (mapping.target().isEmpty()) {
                    continue;
                }
                for (PixelRect rect : dirty) {
                    Output.show(surface, rect, mapping.target(), screen);
                }
            }
        });
    }

    static WireException error(String field, String seen, String rule, String section) {
        return new WireException(PDU, field, 0, seen, rule, section);
    }

    /** Frees the decoders of all surfaces. */
    @Override
    public void close() {
        surfaces.values().forEach(Surface::close);
        surfaces.clear();
        surfacePixels = 0;
    }
}
