package porthole.protocol.capability;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPBCGR 2.2.7.1.2 Bitmap Capability Set: desktop size in pixels, colour depth and bitmap compression. */
public record BitmapCapabilitySet(
        int preferredBitsPerPixel,
        int receive1BitPerPixel,
        int receive4BitsPerPixel,
        int receive8BitsPerPixel,
        int desktopWidth,
        int desktopHeight,
        int pad2octets,
        int desktopResizeFlag,
        int bitmapCompressionFlag,
        int highColorFlags,
        int drawingFlags,
        int multipleRectangleSupport,
        int pad2octetsB,
        Bytes trailing)
        implements CapabilitySet {
    public static final int DRAW_ALLOW_DYNAMIC_COLOR_FIDELITY = 0x02;
    public static final int DRAW_ALLOW_COLOR_SUBSAMPLING = 0x04;
    public static final int DRAW_ALLOW_SKIP_ALPHA = 0x08;
    public static final int DRAW_UNUSED_FLAG = 0x10;

    static BitmapCapabilitySet decodeBody(WireReader in) {
        return new BitmapCapabilitySet(
                in.u16le("preferredBitsPerPixel"),
                in.u16le("receive1BitPerPixel"),
                in.u16le("receive4BitsPerPixel"),
                in.u16le("receive8BitsPerPixel"),
                in.u16le("desktopWidth"),
                in.u16le("desktopHeight"),
                in.u16le("pad2octets"),
                in.u16le("desktopResizeFlag"),
                in.u16le("bitmapCompressionFlag"),
                in.u8("highColorFlags"),
                in.u8("drawingFlags"),
                in.u16le("multipleRectangleSupport"),
                in.u16le("pad2octetsB"),
                in.rest("trailing"));
    }

    @Override
    public int capabilitySetType() {
        return BITMAP;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u16le(preferredBitsPerPixel);
        out.u16le(receive1BitPerPixel);
        out.u16le(receive4BitsPerPixel);
        out.u16le(receive8BitsPerPixel);
        out.u16le(desktopWidth);
        out.u16le(desktopHeight);
        out.u16le(pad2octets);
        out.u16le(desktopResizeFlag);
        out.u16le(bitmapCompressionFlag);
        out.u8(highColorFlags);
        out.u8(drawingFlags);
        out.u16le(multipleRectangleSupport);
        out.u16le(pad2octetsB);
        out.bytes(trailing);
    }
}
