package porthole.protocol.rdpgfx;

import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * RDPGFX_COLOR32: 0 to 255 each. MS-RDPEGFX 2.2.1.3.
 *
 * @param xa alpha, or nothing, as the surface's pixel format says
 */
public record Color32(int b, int g, int r, int xa) implements Pdu {
    public static Color32 decode(WireReader in) {
        return new Color32(in.u8("B"), in.u8("G"), in.u8("R"), in.u8("XA"));
    }

    /** 0xAARRGGBB. */
    public int argb() {
        return xa << 24 | r << 16 | g << 8 | b;
    }

    @Override
    public void encode(WireWriter out) {
        out.u8(b).u8(g).u8(r).u8(xa);
    }
}
