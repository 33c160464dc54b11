package porthole.graphics.cache;

import porthole.graphics.rop.Raster;
import porthole.protocol.orders.CreateNineGridBitmap.NineGridBitmapInfo;

/**
 * A bitmap whose corners keep their size while the rest is stretched or repeated.
 *
 * @param raster 0xAARRGGBB, the top row first
 * @param info how it is drawn
 */
public record NineGrid(Raster raster, NineGridBitmapInfo info) {
    /** Whether one of DSDNG_* is set. */
    public boolean has(int flag) {
        return (info.flFlags() & flag) != 0;
    }

    /** 0xRRGGBB of the pixels that are not drawn, with DSDNG_TRANSPARENT. */
    public int transparent() {
        long colorRef = info.crTransparent();
        return (int) ((colorRef & 0xFF) << 16 | colorRef & 0xFF00 | colorRef >> 16 & 0xFF);
    }
}
