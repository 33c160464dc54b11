package porthole.protocol.graphics;

import java.util.Optional;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * TS_BITMAP_DATA without its pixels. MS-RDPBCGR 2.2.9.1.1.3.1.2.2.
 *
 * @param destLeft of the inclusive rectangle on the screen, in pixels; so are the next three
 * @param width of the bitmap, which may be more than the rectangle shows
 * @param bitmapLength octets of pixels together with the optional header of 8 octets
 * @param bitmapComprHdr present when the pixels are compressed and {@link #NO_BITMAP_COMPRESSION_HDR} is not set
 */
public record BitmapHeader(
        int destLeft,
        int destTop,
        int destRight,
        int destBottom,
        int width,
        int height,
        int bitsPerPixel,
        int flags,
        int bitmapLength,
        Optional<CompressedDataHeader> bitmapComprHdr)
        implements Pdu {
    public static final int BITMAP_COMPRESSION = 0x0001;
    public static final int NO_BITMAP_COMPRESSION_HDR = 0x0400;

    /**
     * TS_CD_HEADER. MS-RDPBCGR 2.2.9.1.1.3.1.2.3.
     *
     * @param cbCompFirstRowSize ought to be zero
     * @param cbCompMainBodySize octets of the compressed pixels
     * @param cbScanWidth octets of an uncompressed row
     * @param cbUncompressedSize octets of the uncompressed bitmap, of which large bitmaps keep the low 16 bits only
     */
    public record CompressedDataHeader(
            int cbCompFirstRowSize, int cbCompMainBodySize, int cbScanWidth, int cbUncompressedSize) implements Pdu {
        static final int SIZE = 8;
        static final String SECTION = "MS-RDPBCGR 2.2.9.1.1.3.1.2.3";

        public static CompressedDataHeader decode(WireReader in) {
            return new CompressedDataHeader(
                    in.u16le("cbCompFirstRowSize"),
                    in.u16le("cbCompMainBodySize"),
                    in.u16le("cbScanWidth"),
                    in.u16le("cbUncompressedSize"));
        }

        @Override
        public void encode(WireWriter out) {
            out.u16le(cbCompFirstRowSize)
                    .u16le(cbCompMainBodySize)
                    .u16le(cbScanWidth)
                    .u16le(cbUncompressedSize);
        }
    }

    /** Octets up to and including {@code bitmapLength}. */
    static final int SIZE = 18;

    static final String SECTION = "MS-RDPBCGR 2.2.9.1.1.3.1.2.2";

    /** A header for {@code dataLength} octets of uncompressed pixels that fill their rectangle. */
    public static BitmapHeader plain(int left, int top, int width, int height, int bitsPerPixel, int dataLength) {
        return new BitmapHeader(
                left,
                top,
                left + width - 1,
                top + height - 1,
                width,
                height,
                bitsPerPixel,
                0,
                dataLength,
                Optional.empty());
    }

    public boolean isCompressed() {
        return (flags & BITMAP_COMPRESSION) != 0;
    }

    /** Octets of pixels behind this header. */
    public int dataLength() {
        return bitmapLength - (bitmapComprHdr.isPresent() ? CompressedDataHeader.SIZE : 0);
    }

    public static BitmapHeader decode(WireReader in) {
        int destLeft = in.u16le("destLeft");
        int destTop = in.u16le("destTop");
        int destRight = in.u16le("destRight");
        int destBottom = in.u16le("destBottom");
        int width = in.u16le("width");
        int height = in.u16le("height");
        int bitsPerPixel = in.u16le("bitsPerPixel");
        int flags = in.u16le("flags");
        int bitmapLength = in.u16le("bitmapLength");
        Optional<CompressedDataHeader> header = Optional.empty();
        if ((flags & BITMAP_COMPRESSION) != 0 && (flags & NO_BITMAP_COMPRESSION_HDR) == 0) {
            in.check(
                    bitmapLength >= CompressedDataHeader.SIZE,
                    "bitmapLength",
                    bitmapLength,
                    "at least the 8 octets of bitmapComprHdr");
            header = Optional.of(
                    in.within("bitmapComprHdr", CompressedDataHeader.SECTION, CompressedDataHeader::decode));
        }
        return new BitmapHeader(
                destLeft, destTop, destRight, destBottom, width, height, bitsPerPixel, flags, bitmapLength, header);
    }

    @Override
    public void encode(WireWriter out) {
        out.u16le(destLeft).u16le(destTop).u16le(destRight).u16le(destBottom);
        out.u16le(width).u16le(height).u16le(bitsPerPixel).u16le(flags).u16le(bitmapLength);
        bitmapComprHdr.ifPresent(out::pdu);
    }
}
