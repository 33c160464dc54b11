package porthole.protocol.orders;

/**
 * EllipseCb: an ellipse that is filled with a brush. MS-RDPEGDI 2.2.2.2.1.1.2.20.
 *
 * @param rightRect inclusive, as is the bottom
 */
public record EllipseCb(
        int leftRect,
        int topRect,
        int rightRect,
        int bottomRect,
        int bRop2,
        int fillMode,
        TsColor backColor,
        TsColor foreColor,
        OrderBrush brush)
        implements PrimaryOrder {
    static final EllipseCb INITIAL = new EllipseCb(0, 0, 0, 0, 0, 0, TsColor.ZERO, TsColor.ZERO, OrderBrush.ZERO);

    @Override
    public int orderType() {
        return TS_ENC_ELLIPSE_CB_ORDER;
    }

    @Override
    public EllipseCb visit(OrderFields fields) {
        return new EllipseCb(
                fields.coord("leftRect", leftRect),
                fields.coord("topRect", topRect),
                fields.coord("rightRect", rightRect),
                fields.coord("bottomRect", bottomRect),
                fields.u8("bRop2", bRop2),
                fields.u8("fillMode", fillMode),
                fields.color("backColor", backColor),
                fields.color("foreColor", foreColor),
                fields.brush(brush));
    }
}
