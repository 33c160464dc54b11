package porthole.protocol.orders.window;

import java.util.Optional;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * TS_ICON_INFO: an icon and where to keep it. MS-RDPERP 2.2.1.2.3.
 *
 * @param cacheEntry in the icon cache, or 65535 for an icon that is not kept
 * @param width in pixels; so is the height
 * @param colorTable present at 1, 4 and 8 bits per pixel
 */
public record IconInfo(
        int cacheEntry,
        int cacheId,
        int bpp,
        int width,
        int height,
        Bytes bitsMask,
        Optional<Bytes> colorTable,
        Bytes bitsColor)
        implements Pdu {
    static final String SECTION = "MS-RDPERP 2.2.1.2.3";

    static IconInfo decode(WireReader in) {
        int cacheEntry = in.u16le("CacheEntry");
        int cacheId = in.u8("CacheId");
        int bpp = in.u8("Bpp");
        int width = in.u16le("Width");
        int height = in.u16le("Height");
        boolean table = bpp == 1 || bpp == 4 || bpp == 8;
        int tableSize = table ? in.u16le("CbColorTable") : 0;
        int maskSize = in.u16le("CbBitsMask");
        int colorSize = in.u16le("CbBitsColor");
        return new IconInfo(
                cacheEntry,
                cacheId,
                bpp,
                width,
                height,
                in.bytes(maskSize, "BitsMask"),
                table ? Optional.of(in.bytes(tableSize, "ColorTable")) : Optional.empty(),
                in.bytes(colorSize, "BitsColor"));
    }

    @Override
    public void encode(WireWriter out) {
        out.u16le(cacheEntry).u8(cacheId).u8(bpp).u16le(width).u16le(height);
        colorTable.ifPresent(table -> out.u16le(table.size()));
        out.u16le(bitsMask.size()).u16le(bitsColor.size()).bytes(bitsMask);
        colorTable.ifPresent(out::bytes);
        out.bytes(bitsColor);
    }
}
