package porthole.protocol.orders;

/**
 * TS_COLOR: a colour of a drawing order, or a palette index at 8 bits per pixel. MS-RDPEGDI 2.2.2.2.1.1.1.8.
 *
 * @param redOrPaletteIndex 0 to 255, as are the others
 */
public record TsColor(int redOrPaletteIndex, int green, int blue) {
    public static final TsColor ZERO = new TsColor(0, 0, 0);

    /** The three octets read as a little-endian number, the first one lowest. */
    public static TsColor ofWire(int value) {
        return new TsColor(value & 0xFF, value >> 8 & 0xFF, value >> 16 & 0xFF);
    }

    /** The three octets as a little-endian number, red lowest. */
    public int wire() {
        return redOrPaletteIndex | green << 8 | blue << 16;
    }

    /** The colour as 0xRRGGBB. */
    public int rgb() {
        return redOrPaletteIndex << 16 | green << 8 | blue;
    }
}
