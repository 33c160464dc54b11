package porthole.protocol.orders;

import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * Create NineGrid Bitmap: what becomes of the bitmap that was streamed just before. MS-RDPEGDI 2.2.2.2.1.3.4.
 *
 * @param bitmapBpp bits of a pixel, which are 32
 * @param bitmapId entry of the NineGrid bitmap cache
 * @param cx width in pixels
 * @param cy height in pixels
 */
public record CreateNineGridBitmap(int bitmapBpp, int bitmapId, int cx, int cy, NineGridBitmapInfo nineGridInfo)
        implements AlternateSecondaryOrder {
    /**
     * NINEGRID_BITMAP_INFO: how the bitmap is stretched. MS-RDPEGDI 2.2.2.2.1.3.4.1.
     *
     * @param flFlags DSDNG_*
     * @param ulLeftWidth pixels of the left border; the other three are alike
     * @param crTransparent red in the lowest octet, green, blue and padding
     */
    public record NineGridBitmapInfo(
            long flFlags, int ulLeftWidth, int ulRightWidth, int ulTopHeight, int ulBottomHeight, long crTransparent) {
        public static final int DSDNG_STRETCH = 0x01;
        public static final int DSDNG_TILE = 0x02;
        public static final int DSDNG_PERPIXELALPHA = 0x04;
        public static final int DSDNG_TRANSPARENT = 0x08;
        public static final int DSDNG_MUSTFLIP = 0x10;
        public static final int DSDNG_TRUESIZE = 0x20;

        static NineGridBitmapInfo decode(WireReader in) {
            return new NineGridBitmapInfo(
                    in.u32le("flFlags"),
                    in.u16le("ulLeftWidth"),
                    in.u16le("ulRightWidth"),
                    in.u16le("ulTopHeight"),
                    in.u16le("ulBottomHeight"),
                    in.u32le("crTransparent"));
        }
    }

    static final String SECTION = "MS-RDPEGDI 2.2.2.2.1.3.4";

    static CreateNineGridBitmap decode(WireReader in) {
        return new CreateNineGridBitmap(
                in.u8("BitmapBpp"),
                in.u16le("BitmapId"),
                in.u16le("cx"),
                in.u16le("cy"),
                in.within("nineGridInfo", "MS-RDPEGDI 2.2.2.2.1.3.4.1", NineGridBitmapInfo::decode));
    }

    @Override
    public int orderType() {
        return TS_ALTSEC_CREATE_NINEGRID_BITMAP;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u8(bitmapBpp).u16le(bitmapId).u16le(cx).u16le(cy);
        out.u32le(nineGridInfo.flFlags)
                .u16le(nineGridInfo.ulLeftWidth)
                .u16le(nineGridInfo.ulRightWidth)
                .u16le(nineGridInfo.ulTopHeight)
                .u16le(nineGridInfo.ulBottomHeight)
                .u32le(nineGridInfo.crTransparent);
    }
}
