package porthole.protocol.orders;

/** What a primary drawing order says once its fields are complete. MS-RDPEGDI 2.2.2.2.1.1.2. */
public sealed interface PrimaryOrder
        permits DstBlt,
                PatBlt,
                ScrBlt,
                DrawNineGrid,
                MultiDrawNineGrid,
                LineTo,
                OpaqueRect,
                SaveBitmap,
                MemBlt,
                Mem3Blt,
                MultiDstBlt,
                MultiPatBlt,
                MultiScrBlt,
                MultiOpaqueRect,
                FastIndex,
                PolygonSc,
                PolygonCb,
                Polyline,
                FastGlyph,
                EllipseSc,
                EllipseCb,
                GlyphIndex {
    int TS_ENC_DSTBLT_ORDER = 0x00;
    int TS_ENC_PATBLT_ORDER = 0x01;
    int TS_ENC_SCRBLT_ORDER = 0x02;
    int TS_ENC_DRAWNINEGRID_ORDER = 0x07;
    int TS_ENC_MULTI_DRAWNINEGRID_ORDER = 0x08;
    int TS_ENC_LINETO_ORDER = 0x09;
    int TS_ENC_OPAQUERECT_ORDER = 0x0A;
    int TS_ENC_SAVEBITMAP_ORDER = 0x0B;
    int TS_ENC_MEMBLT_ORDER = 0x0D;
    int TS_ENC_MEM3BLT_ORDER = 0x0E;
    int TS_ENC_MULTIDSTBLT_ORDER = 0x0F;
    int TS_ENC_MULTIPATBLT_ORDER = 0x10;
    int TS_ENC_MULTISCRBLT_ORDER = 0x11;
    int TS_ENC_MULTIOPAQUERECT_ORDER = 0x12;
    int TS_ENC_FAST_INDEX_ORDER = 0x13;
    int TS_ENC_POLYGON_SC_ORDER = 0x14;
    int TS_ENC_POLYGON_CB_ORDER = 0x15;
    int TS_ENC_POLYLINE_ORDER = 0x16;
    int TS_ENC_FAST_GLYPH_ORDER = 0x18;
    int TS_ENC_ELLIPSE_SC_ORDER = 0x19;
    int TS_ENC_ELLIPSE_CB_ORDER = 0x1A;
    int TS_ENC_INDEX_ORDER = 0x1B;

    /** The bitmap cache of a MemBlt or Mem3Blt that means the offscreen bitmaps: TS_BITMAPCACHE_SCREEN_ID. */
    int SCREEN_CACHE = 0xFF;

    /** The cache index that means the last entry of a bitmap cache: BITMAPCACHE_WAITING_LIST_INDEX. */
    int WAITING_LIST_INDEX = 0x7FFF;

    /** The number of the order on the wire, one of TS_ENC_*. */
    int orderType();

    /** An order of the same type from what {@code fields} makes of each field of this one, in the order of the wire. */
    PrimaryOrder visit(OrderFields fields);
}
