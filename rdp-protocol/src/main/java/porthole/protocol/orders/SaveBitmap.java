package porthole.protocol.orders;

/**
 * SaveBitmap: a rectangle of the screen is saved or restored. MS-RDPEGDI 2.2.2.2.1.1.2.12.
 *
 * @param savedBitmapPosition in the save area, in pixels
 * @param nRightRect inclusive, as is the bottom
 * @param operation {@link #SV_SAVEBITS} or {@link #SV_RESTOREBITS}
 */
public record SaveBitmap(
        long savedBitmapPosition, int nLeftRect, int nTopRect, int nRightRect, int nBottomRect, int operation)
        implements PrimaryOrder {
    public static final int SV_SAVEBITS = 0x00;
    public static final int SV_RESTOREBITS = 0x01;

    static final SaveBitmap INITIAL = new SaveBitmap(0, 0, 0, 0, 0, 0);

    @Override
    public int orderType() {
        return TS_ENC_SAVEBITMAP_ORDER;
    }

    @Override
    public SaveBitmap visit(OrderFields fields) {
        return new SaveBitmap(
                fields.u32("savedBitmapPosition", savedBitmapPosition),
                fields.coord("nLeftRect", nLeftRect),
                fields.coord("nTopRect", nTopRect),
                fields.coord("nRightRect", nRightRect),
                fields.coord("nBottomRect", nBottomRect),
                fields.u8("operation", operation));
    }
}
