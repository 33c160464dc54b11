package porthole.graphics.cache;

import porthole.graphics.rop.Raster;

/**
 * A bitmap whose corners keep their size while the rest is stretched or repeated. MS-RDPEGDI 2.2.2.2.1.3.4.1.
 *
 * @param raster 0xAARRGGBB, the top row first
 * @param flFlags how it is drawn
 * @param crTransparent 0xRRGGBB of pixels that are not drawn, with {@link #TRANSPARENT}
 */
public record NineGrid(
        Raster raster,
        int flFlags,
        int ulLeftWidth,
        int ulRightWidth,
        int ulTopHeight,
        int ulBottomHeight,
        int crTransparent) {
    public static final int TILE = 0x02;
    public static final int PER_PIXEL_ALPHA = 0x04;
    public static final int TRANSPARENT = 0x08;
    public static final int MUST_FLIP = 0x10;
    public static final int TRUE_SIZE = 0x20;

    public boolean has(int flag) {
        return (flFlags & flag) != 0;
    }
}
