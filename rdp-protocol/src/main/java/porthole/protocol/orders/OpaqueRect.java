package porthole.protocol.orders;

/**
 * OpaqueRect: a rectangle in one colour. MS-RDPEGDI 2.2.2.2.1.1.2.5.
 *
 * @param nLeftRect in pixels of the target surface; so are the next three
 */
public record OpaqueRect(
        int nLeftRect, int nTopRect, int nWidth, int nHeight, int redOrPaletteIndex, int green, int blue)
        implements PrimaryOrder {
    static final OpaqueRect INITIAL = new OpaqueRect(0, 0, 0, 0, 0, 0, 0);

    /** The three octets of the colour together. */
    public TsColor color() {
        return new TsColor(redOrPaletteIndex, green, blue);
    }

    @Override
    public int orderType() {
        return TS_ENC_OPAQUERECT_ORDER;
    }

    @Override
    public OpaqueRect visit(OrderFields fields) {
        return new OpaqueRect(
                fields.coord("nLeftRect", nLeftRect),
                fields.coord("nTopRect", nTopRect),
                fields.coord("nWidth", nWidth),
                fields.coord("nHeight", nHeight),
                fields.u8("redOrPaletteIndex", redOrPaletteIndex),
                fields.u8("green", green),
                fields.u8("blue", blue));
    }
}
