package porthole.graphics.screen;

import porthole.protocol.failure.LocalFailure;

/**
 * How large a screen may be.
 *
 * @param maximumSide of width and height, in pixels
 * @param maximumPixels of the whole; each takes four octets
 */
public record FramebufferLimits(int maximumSide, long maximumPixels) {
    /** The 32766 pixels a side of MS-RDPEGFX 2.2.2.14, and no more pixels than 7680 x 4320 has, which are 133 MB. */
    public static final FramebufferLimits DEFAULT = new FramebufferLimits(32_766, 7680L * 4320);

    /** Refuses a size beyond the limits, or without any pixels. */
    void check(int width, int height) {
        if (width < 1
                || height < 1
                || width > maximumSide
                || height > maximumSide
                || (long) width * height > maximumPixels) {
            throw new LocalFailure(
                    "screen-size",
                    "the host's screen has a size that is not allowed",
                    width + " x " + height,
                    "1 to " + maximumSide + " a side, at most " + maximumPixels + " pixels",
                    "ask for a smaller screen");
        }
    }
}
