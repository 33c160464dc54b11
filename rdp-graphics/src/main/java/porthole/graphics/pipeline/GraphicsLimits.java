package porthole.graphics.pipeline;

/**
 * What a host may use of the graphics pipeline.
 *
 * @param surfacePixels of all surfaces together, four octets each; a surface that is drawn progressively counts three times
 * @param cachePixels of all cached bitmaps together; four octets each
 * @param cacheSlots that bitmaps can be put into
 * @param surfaces at one time
 */
public record GraphicsLimits(long surfacePixels, long cachePixels, int cacheSlots, int surfaces) {
    /** A progressive screen of 7680 x 4320, and the 100 MB of cache and the 25600 slots of MS-RDPEGFX 3.3.1.4. */
    public static final GraphicsLimits DEFAULT =
            new GraphicsLimits(3 * 7680L * 4320, 100L * 1024 * 1024 / 4, 25_600, 1024);

    /** The 16 MB and 4096 slots of a client that says RDPGFX_CAPS_FLAG_SMALL_CACHE. */
    public GraphicsLimits withSmallCache() {
        return new GraphicsLimits(surfacePixels, 16L * 1024 * 1024 / 4, 4096, surfaces);
    }
}
