package porthole.protocol.orders;

/**
 * LineTo: one line. MS-RDPEGDI 2.2.2.2.1.1.2.11.
 *
 * @param backMode 1 is transparent, 2 opaque
 * @param bRop2 a binary raster operation, 1 to 16
 * @param penWidth in pixels
 */
public record LineTo(
        int backMode,
        int nXStart,
        int nYStart,
        int nXEnd,
        int nYEnd,
        TsColor backColor,
        int bRop2,
        int penStyle,
        int penWidth,
        TsColor penColor)
        implements PrimaryOrder {
    static final LineTo INITIAL = new LineTo(0, 0, 0, 0, 0, TsColor.ZERO, 0, 0, 0, TsColor.ZERO);

    @Override
    public int orderType() {
        return TS_ENC_LINETO_ORDER;
    }

    @Override
    public LineTo visit(OrderFields fields) {
        return new LineTo(
                fields.u16("backMode", backMode),
                fields.coord("nXStart", nXStart),
                fields.coord("nYStart", nYStart),
                fields.coord("nXEnd", nXEnd),
                fields.coord("nYEnd", nYEnd),
                fields.color("backColor", backColor),
                fields.u8("bRop2", bRop2),
                fields.u8("penStyle", penStyle),
                fields.u8("penWidth", penWidth),
                fields.color("penColor", penColor));
    }
}
