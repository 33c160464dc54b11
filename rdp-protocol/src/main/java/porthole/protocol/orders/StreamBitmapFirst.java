package porthole.protocol.orders;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * Stream Bitmap First: the beginning of a bitmap that comes in blocks. MS-RDPEGDI 2.2.2.2.1.3.5.1.
 *
 * @param bitmapFlags STREAM_BITMAP_*
 * @param bitmapBpp bits of a pixel
 * @param bitmapSize octets of all blocks, 0 to 4294967295
 */
public record StreamBitmapFirst(
        int bitmapFlags,
        int bitmapBpp,
        int bitmapType,
        int bitmapWidth,
        int bitmapHeight,
        long bitmapSize,
        Bytes bitmapBlock)
        implements AlternateSecondaryOrder {
    public static final int STREAM_BITMAP_END = 0x01;
    public static final int STREAM_BITMAP_COMPRESSED = 0x02;
    public static final int STREAM_BITMAP_REV2 = 0x04;
    public static final int TS_DRAW_NINEGRID_BITMAP_CACHE = 0x0001;

    static final String SECTION = "MS-RDPEGDI 2.2.2.2.1.3.5.1";

    static StreamBitmapFirst decode(WireReader in) {
        int flags = in.u8("BitmapFlags");
        return new StreamBitmapFirst(
                flags,
                in.u8("BitmapBpp"),
                in.u16le("BitmapType"),
                in.u16le("BitmapWidth"),
                in.u16le("BitmapHeight"),
                (flags & STREAM_BITMAP_REV2) != 0 ? in.u32le("BitmapSize") : in.u16le("BitmapSize"),
                in.bytes(in.u16le("BitmapBlockSize"), "BitmapBlock"));
    }

    @Override
    public int orderType() {
        return TS_ALTSEC_STREAM_BITMAP_FIRST;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u8(bitmapFlags).u8(bitmapBpp).u16le(bitmapType).u16le(bitmapWidth).u16le(bitmapHeight);
        if ((bitmapFlags & STREAM_BITMAP_REV2) != 0) {
            out.u32le(bitmapSize);
        } else {
            out.u16le((int) bitmapSize);
        }
        out.u16le(bitmapBlock.size()).bytes(bitmapBlock);
    }
}
