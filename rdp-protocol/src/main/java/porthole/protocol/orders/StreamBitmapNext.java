package porthole.protocol.orders;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * Stream Bitmap Next: another block of a bitmap. MS-RDPEGDI 2.2.2.2.1.3.5.2.
 *
 * @param bitmapFlags {@link StreamBitmapFirst#STREAM_BITMAP_END} with the last one
 */
public record StreamBitmapNext(int bitmapFlags, int bitmapType, Bytes bitmapBlock) implements AlternateSecondaryOrder {
    static final String SECTION = "MS-RDPEGDI 2.2.2.2.1.3.5.2";

    static StreamBitmapNext decode(WireReader in) {
        return new StreamBitmapNext(
                in.u8("BitmapFlags"), in.u16le("BitmapType"), in.bytes(in.u16le("BitmapBlockSize"), "BitmapBlock"));
    }

    @Override
    public int orderType() {
        return TS_ALTSEC_STREAM_BITMAP_NEXT;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u8(bitmapFlags).u16le(bitmapType).u16le(bitmapBlock.size()).bytes(bitmapBlock);
    }
}
