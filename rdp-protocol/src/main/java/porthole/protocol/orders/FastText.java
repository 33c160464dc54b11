package porthole.protocol.orders;

import porthole.protocol.wire.Bytes;

/** What the two fast orders for text have in common. MS-RDPEGDI 2.2.2.2.1.1.2.14, 2.2.2.2.1.1.2.15. */
public sealed interface FastText permits FastIndex, FastGlyph {
    int cacheId();

    /** The accelerator flags, of the high octet of fDrawing. */
    int flAccel();

    /** The fixed advance in pixels, of the low octet of fDrawing. */
    int ulCharInc();

    TsColor backColor();

    TsColor foreColor();

    int bkLeft();

    int bkTop();

    int bkRight();

    int bkBottom();

    int opLeft();

    int opTop();

    int opRight();

    int opBottom();

    int x();

    int y();

    Bytes variableBytes();
}
