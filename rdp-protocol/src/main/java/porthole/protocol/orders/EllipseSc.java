package porthole.protocol.orders;

/**
 * EllipseSc: an ellipse in one colour. MS-RDPEGDI 2.2.2.2.1.1.2.19.
 *
 * @param rightRect inclusive, as is the bottom
 * @param fillMode 0 is an outline, 1 alternate, 2 winding
 */
public record EllipseSc(
        int leftRect, int topRect, int rightRect, int bottomRect, int bRop2, int fillMode, TsColor color)
        implements PrimaryOrder {
    static final EllipseSc INITIAL = new EllipseSc(0, 0, 0, 0, 0, 0, TsColor.ZERO);

    @Override
    public int orderType() {
        return TS_ENC_ELLIPSE_SC_ORDER;
    }

    @Override
    public EllipseSc visit(OrderFields fields) {
        return new EllipseSc(
                fields.coord("leftRect", leftRect),
                fields.coord("topRect", topRect),
                fields.coord("rightRect", rightRect),
                fields.coord("bottomRect", bottomRect),
                fields.u8("bRop2", bRop2),
                fields.u8("fillMode", fillMode),
                fields.color("color", color));
    }
}
