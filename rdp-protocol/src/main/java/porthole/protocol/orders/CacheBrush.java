package porthole.protocol.orders;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * Cache Brush: a pattern for the brush cache. MS-RDPEGDI 2.2.2.2.1.2.7.
 *
 * @param cacheEntry 0 to 63, as the specification has it
 * @param iBitmapFormat one of BMF_*
 * @param cx width in pixels, which is 8; so is the height
 * @param style without use
 * @param brushData rows from the bottom, or four colours and two bits for each pixel where {@link #isCompressed}
 * @param trailing octets that the order's length covers and nothing accounts for
 */
public record CacheBrush(
        int controlFlags,
        int extraFlags,
        int cacheEntry,
        int iBitmapFormat,
        int cx,
        int cy,
        int style,
        Bytes brushData,
        Bytes trailing)
        implements SecondaryOrder {
    public static final int BMF_1BPP = 0x01;
    public static final int BMF_8BPP = 0x03;
    public static final int BMF_16BPP = 0x04;
    public static final int BMF_24BPP = 0x05;
    public static final int BMF_32BPP = 0x06;

    static final String SECTION = "MS-RDPEGDI 2.2.2.2.1.2.7";

    private static final int SIDE = 8;

    /** A brush of 8 by 8 pixels. */
    public static CacheBrush of(int cacheEntry, int iBitmapFormat, Bytes brushData) {
        return new CacheBrush(
                TS_STANDARD | TS_SECONDARY, 0, cacheEntry, iBitmapFormat, SIDE, SIDE, 0, brushData, Bytes.EMPTY);
    }

    @Override
    public int orderType() {
        return TS_CACHE_BRUSH;
    }

    /** Bits of a pixel, or zero where the format is none of BMF_*. */
    public int bitsPerPixel() {
        return switch (iBitmapFormat) {
            case BMF_1BPP -> 1;
            case BMF_8BPP -> 8;
            case BMF_16BPP -> 16;
            case BMF_24BPP -> 24;
            case BMF_32BPP -> 32;
            default -> 0;
        };
    }

    /** Whether the data is 16 octets of indices and four colours, which only its size says. */
    public boolean isCompressed() {
        return iBitmapFormat != BMF_1BPP && brushData.size() == 16 + bitsPerPixel() / 2;
    }

    static CacheBrush decode(WireReader in, Header header) {
        return new CacheBrush(
                header.controlFlags(),
                header.extraFlags(),
                in.u8("cacheEntry"),
                in.u8("iBitmapFormat"),
                in.u8("cx"),
                in.u8("cy"),
                in.u8("Style"),
                in.bytes(in.u8("iBytes"), "brushData"),
                in.rest("trailing"));
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u8(cacheEntry).u8(iBitmapFormat).u8(cx).u8(cy).u8(style);
        out.u8(brushData.size()).bytes(brushData).bytes(trailing);
    }
}
