package porthole.protocol.graphics;

import java.util.Optional;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * TS_SURFCMD_SET_SURF_BITS and TS_SURFCMD_STREAM_SURF_BITS without the pixels. MS-RDPBCGR 2.2.9.2.1 and 2.2.9.2.2.
 *
 * @param cmdType {@link SurfaceCommand#SET_SURFACE_BITS} or {@link SurfaceCommand#STREAM_SURFACE_BITS}
 * @param destLeft in pixels; right and bottom are exclusive
 */
public record SurfaceBits(
        int cmdType, int destLeft, int destTop, int destRight, int destBottom, BitmapDataEx bitmapData) implements Pdu {
    /**
     * TS_BITMAP_DATA_EX without the pixels. MS-RDPBCGR 2.2.9.2.1.1.
     *
     * @param codecID 0 is uncompressed, others were agreed on by the Bitmap Codecs Capability Set
     * @param bitmapDataLength octets of pixels, 0 to 4294967295
     */
    public record BitmapDataEx(
            int bpp,
            int flags,
            int reserved,
            int codecID,
            int width,
            int height,
            long bitmapDataLength,
            Optional<ExtendedHeader> exBitmapDataHeader)
            implements Pdu {
        public static final int EX_COMPRESSED_BITMAP_HEADER_PRESENT = 0x01;

        static final String SECTION = "MS-RDPBCGR 2.2.9.2.1.1";

        public static BitmapDataEx decode(WireReader in) {
            int bpp = in.u8("bpp");
            int flags = in.u8("flags");
            int reserved = in.u8("reserved");
            int codecId = in.u8("codecID");
            int width = in.u16le("width");
            int height = in.u16le("height");
            long length = in.u32le("bitmapDataLength");
            Optional<ExtendedHeader> header = Optional.empty();
            if ((flags & EX_COMPRESSED_BITMAP_HEADER_PRESENT) != 0) {
                header = Optional.of(in.within("exBitmapDataHeader", ExtendedHeader.SECTION, ExtendedHeader::decode));
            }
            return new BitmapDataEx(bpp, flags, reserved, codecId, width, height, length, header);
        }

        @Override
        public void encode(WireWriter out) {
            out.u8(bpp).u8(flags).u8(reserved).u8(codecID).u16le(width).u16le(height);
            out.u32le(bitmapDataLength);
            exBitmapDataHeader.ifPresent(out::pdu);
        }
    }

    /** TS_COMPRESSED_BITMAP_HEADER_EX. MS-RDPBCGR 2.2.9.2.1.1.1. */
    public record ExtendedHeader(long highUniqueId, long lowUniqueId, long tmMilliseconds, long tmSeconds)
            implements Pdu {
        static final String SECTION = "MS-RDPBCGR 2.2.9.2.1.1.1";

        public static ExtendedHeader decode(WireReader in) {
            return new ExtendedHeader(
                    in.u32le("highUniqueId"),
                    in.u32le("lowUniqueId"),
                    in.s64le("tmMilliseconds"),
                    in.s64le("tmSeconds"));
        }

        @Override
        public void encode(WireWriter out) {
            out.u32le(highUniqueId).u32le(lowUniqueId).s64le(tmMilliseconds).s64le(tmSeconds);
        }
    }

    static final String SECTION = "MS-RDPBCGR 2.2.9.2.1";

    public static SurfaceBits decode(WireReader in) {
        return new SurfaceBits(
                in.u16le("cmdType"),
                in.u16le("destLeft"),
                in.u16le("destTop"),
                in.u16le("destRight"),
                in.u16le("destBottom"),
                in.within("bitmapData", BitmapDataEx.SECTION, BitmapDataEx::decode));
    }

    @Override
    public void encode(WireWriter out) {
        out.u16le(cmdType).u16le(destLeft).u16le(destTop).u16le(destRight).u16le(destBottom);
        out.pdu(bitmapData);
    }
}
