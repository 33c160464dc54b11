package porthole.protocol.orders;

import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** An alternate secondary drawing order. MS-RDPEGDI 2.2.2.2.1.3. */
public sealed interface AlternateSecondaryOrder extends DrawingOrder, Pdu
        permits SwitchSurface,
                CreateOffscreenBitmap,
                StreamBitmapFirst,
                StreamBitmapNext,
                CreateNineGridBitmap,
                GdiPlus,
                Windowing,
                DesktopComposition,
                FrameMarker {
    int TS_ALTSEC_SWITCH_SURFACE = 0x00;
    int TS_ALTSEC_CREATE_OFFSCR_BITMAP = 0x01;
    int TS_ALTSEC_STREAM_BITMAP_FIRST = 0x02;
    int TS_ALTSEC_STREAM_BITMAP_NEXT = 0x03;
    int TS_ALTSEC_CREATE_NINEGRID_BITMAP = 0x04;
    int TS_ALTSEC_GDIP_FIRST = 0x05;
    int TS_ALTSEC_GDIP_NEXT = 0x06;
    int TS_ALTSEC_GDIP_END = 0x07;
    int TS_ALTSEC_GDIP_CACHE_FIRST = 0x08;
    int TS_ALTSEC_GDIP_CACHE_NEXT = 0x09;
    int TS_ALTSEC_GDIP_CACHE_END = 0x0A;
    int TS_ALTSEC_WINDOW = 0x0B;
    int TS_ALTSEC_COMPDESK_FIRST = 0x0C;
    int TS_ALTSEC_FRAME_MARKER = 0x0D;

    String SECTION = "MS-RDPEGDI 2.2.2.2.1.3.1.1";

    /** The number of the order on the wire, one of TS_ALTSEC_*. */
    int orderType();

    /** Appends what follows the octet with class and type. */
    void encodeBody(WireWriter out);

    @Override
    default void encode(WireWriter out) {
        out.u8(TS_SECONDARY | orderType() << 2);
        encodeBody(out);
    }

    @Override
    default void encode(WireWriter out, PrimaryOrderHistory history) {
        encode(out);
    }

    static AlternateSecondaryOrder decode(WireReader in) {
        int orderType = in.u8("controlFlags") >> 2;
        return switch (orderType) {
            case TS_ALTSEC_SWITCH_SURFACE -> in.within("SwitchSurface", SwitchSurface.SECTION, SwitchSurface::decode);
            case TS_ALTSEC_CREATE_OFFSCR_BITMAP ->
                in.within("CreateOffscreenBitmap", CreateOffscreenBitmap.SECTION, CreateOffscreenBitmap::decode);
            case TS_ALTSEC_STREAM_BITMAP_FIRST ->
                in.within("StreamBitmapFirst", StreamBitmapFirst.SECTION, StreamBitmapFirst::decode);
            case TS_ALTSEC_STREAM_BITMAP_NEXT ->
                in.within("StreamBitmapNext", StreamBitmapNext.SECTION, StreamBitmapNext::decode);
            case TS_ALTSEC_CREATE_NINEGRID_BITMAP ->
                in.within("CreateNineGridBitmap", CreateNineGridBitmap.SECTION, CreateNineGridBitmap::decode);
            case TS_ALTSEC_GDIP_FIRST,
                    TS_ALTSEC_GDIP_NEXT,
                    TS_ALTSEC_GDIP_END,
                    TS_ALTSEC_GDIP_CACHE_FIRST,
                    TS_ALTSEC_GDIP_CACHE_NEXT,
                    TS_ALTSEC_GDIP_CACHE_END ->
                in.within("GdiPlus", GdiPlus.SECTION, body -> GdiPlus.decode(body, orderType));
            case TS_ALTSEC_WINDOW -> in.within("Windowing", Windowing.SECTION, Windowing::decode);
            case TS_ALTSEC_COMPDESK_FIRST ->
                in.within("DesktopComposition", DesktopComposition.SECTION, DesktopComposition::decode);
            case TS_ALTSEC_FRAME_MARKER -> in.within("FrameMarker", FrameMarker.SECTION, FrameMarker::decode);
            default ->
                throw in.error(
                        "orderType",
                        "0x" + Integer.toHexString(orderType),
                        "an alternate secondary order of MS-RDPEGDI, as others have no length");
        };
    }
}
