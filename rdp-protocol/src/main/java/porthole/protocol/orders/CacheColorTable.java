package porthole.protocol.orders;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * Cache Color Table: colours for bitmaps of 8 bits per pixel. MS-RDPEGDI 2.2.2.2.1.2.4.
 *
 * @param cacheIndex 0 to 5, as the specification has it
 * @param colorTable four octets for each colour: blue, green, red and padding
 * @param trailing octets that the order's length covers and nothing accounts for
 */
public record CacheColorTable(int controlFlags, int extraFlags, int cacheIndex, Bytes colorTable, Bytes trailing)
        implements SecondaryOrder {
    static final String SECTION = "MS-RDPEGDI 2.2.2.2.1.2.4";

    private static final int QUAD = 4;

    /** A table of {@code rgb} colours, each as 0xRRGGBB. */
    public static CacheColorTable of(int cacheIndex, int... rgb) {
        Bytes table = Bytes.of(WireWriter.toByteArray(out -> {
            for (int color : rgb) {
                out.u32le(color & 0xFFFFFF);
            }
        }));
        return new CacheColorTable(TS_STANDARD | TS_SECONDARY, 0, cacheIndex, table, Bytes.EMPTY);
    }

    @Override
    public int orderType() {
        return TS_CACHE_COLOR_TABLE;
    }

    /** How many colours there are; 256, as the specification has it. */
    public int numberColors() {
        return colorTable.size() / QUAD;
    }

    /** A colour as 0xRRGGBB. */
    public int color(int index) {
        int at = index * QUAD;
        return colorTable.at(at) | colorTable.at(at + 1) << 8 | colorTable.at(at + 2) << 16;
    }

    static CacheColorTable decode(WireReader in, Header header) {
        int cacheIndex = in.u8("cacheIndex");
        int numberColors = in.count(in.u16le("numberColors"), QUAD, "numberColors");
        return new CacheColorTable(
                header.controlFlags(),
                header.extraFlags(),
                cacheIndex,
                in.bytes(numberColors * QUAD, "colorTable"),
                in.rest("trailing"));
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u8(cacheIndex).u16le(numberColors()).bytes(colorTable).bytes(trailing);
    }
}
