package porthole.protocol.orders;

import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * Switch Surface: where the orders that follow draw. MS-RDPEGDI 2.2.2.2.1.3.3.
 *
 * @param bitmapId an entry of the offscreen bitmap cache, or {@link #SCREEN_BITMAP_SURFACE}
 */
public record SwitchSurface(int bitmapId) implements AlternateSecondaryOrder {
    public static final int SCREEN_BITMAP_SURFACE = 0xFFFF;

    static final String SECTION = "MS-RDPEGDI 2.2.2.2.1.3.3";

    static SwitchSurface decode(WireReader in) {
        return new SwitchSurface(in.u16le("bitmapId"));
    }

    @Override
    public int orderType() {
        return TS_ALTSEC_SWITCH_SURFACE;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u16le(bitmapId);
    }
}
