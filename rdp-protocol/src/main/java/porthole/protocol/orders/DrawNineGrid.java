package porthole.protocol.orders;

/** DrawNineGrid: a NineGrid bitmap is drawn into the rectangle that bounds the order. MS-RDPEGDI 2.2.2.2.1.1.2.21. */
public record DrawNineGrid(int srcLeft, int srcTop, int srcRight, int srcBottom, int bitmapId) implements PrimaryOrder {
    static final DrawNineGrid INITIAL = new DrawNineGrid(0, 0, 0, 0, 0);

    @Override
    public int orderType() {
        return TS_ENC_DRAWNINEGRID_ORDER;
    }

    @Override
    public DrawNineGrid visit(OrderFields fields) {
        return new DrawNineGrid(
                fields.coord("srcLeft", srcLeft),
                fields.coord("srcTop", srcTop),
                fields.coord("srcRight", srcRight),
                fields.coord("srcBottom", srcBottom),
                fields.u16("bitmapId", bitmapId));
    }
}
