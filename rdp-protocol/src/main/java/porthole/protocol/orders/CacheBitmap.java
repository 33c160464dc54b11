package porthole.protocol.orders;

import java.util.Optional;
import porthole.protocol.graphics.BitmapHeader.CompressedDataHeader;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * Cache Bitmap, revision 1: a bitmap for a cache in memory. MS-RDPEGDI 2.2.2.2.1.2.2.
 *
 * @param bitmapWidth in pixels, 0 to 255; so is the height
 * @param bitmapDataStream the pixels from the bottom row on, compressed as the type says
 * @param trailing octets that the order's length covers and nothing accounts for
 */
public record CacheBitmap(
        int controlFlags,
        int extraFlags,
        int orderType,
        int cacheId,
        int pad1Octet,
        int bitmapWidth,
        int bitmapHeight,
        int bitmapBitsPerPel,
        int cacheIndex,
        Optional<CompressedDataHeader> bitmapComprHdr,
        Bytes bitmapDataStream,
        Bytes trailing)
        implements SecondaryOrder {
    public static final int NO_BITMAP_COMPRESSION_HDR = 0x0400;

    static final String SECTION = "MS-RDPEGDI 2.2.2.2.1.2.2";

    /** A bitmap without a header in front of its pixels. */
    public static CacheBitmap of(
            boolean compressed, int cacheId, int cacheIndex, int width, int height, int bitsPerPel, Bytes data) {
        return new CacheBitmap(
                TS_STANDARD | TS_SECONDARY,
                compressed ? NO_BITMAP_COMPRESSION_HDR : 0,
                compressed ? TS_CACHE_BITMAP_COMPRESSED : TS_CACHE_BITMAP_UNCOMPRESSED,
                cacheId,
                0,
                width,
                height,
                bitsPerPel,
                cacheIndex,
                Optional.empty(),
                data,
                Bytes.EMPTY);
    }

    public boolean isCompressed() {
        return orderType == TS_CACHE_BITMAP_COMPRESSED;
    }

    static CacheBitmap decode(WireReader in, Header header) {
        int cacheId = in.u8("cacheId");
        int pad = in.u8("pad1Octet");
        int width = in.u8("bitmapWidth");
        int height = in.u8("bitmapHeight");
        int bitsPerPel = in.u8("bitmapBitsPerPel");
        int length = in.u16le("bitmapLength");
        int cacheIndex = in.u16le("cacheIndex");
        Optional<CompressedDataHeader> comprHdr = Optional.empty();
        if (header.orderType() == TS_CACHE_BITMAP_COMPRESSED
                && (header.extraFlags() & NO_BITMAP_COMPRESSION_HDR) == 0) {
            comprHdr = Optional.of(BitmapLength.comprHdr(in, length));
        }
        return new CacheBitmap(
                header.controlFlags(),
                header.extraFlags(),
                header.orderType(),
                cacheId,
                pad,
                width,
                height,
                bitsPerPel,
                cacheIndex,
                comprHdr,
                in.bytes(BitmapLength.pixels(length, comprHdr), "bitmapDataStream"),
                in.rest("trailing"));
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u8(cacheId).u8(pad1Octet).u8(bitmapWidth).u8(bitmapHeight).u8(bitmapBitsPerPel);
        out.u16le(BitmapLength.of(bitmapComprHdr, bitmapDataStream)).u16le(cacheIndex);
        bitmapComprHdr.ifPresent(out::pdu);
        out.bytes(bitmapDataStream).bytes(trailing);
    }
}
