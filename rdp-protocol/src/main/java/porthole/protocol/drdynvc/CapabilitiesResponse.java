package porthole.protocol.drdynvc;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * DYNVC_CAPS_RSP: the version that client and server both speak. MS-RDPEDYC 2.2.1.2.
 *
 * @param unused the low four bits of the header
 * @param pad Pad
 */
public record CapabilitiesResponse(int unused, int pad, int version, Bytes trailing) implements DynamicPdu {
    /** @param version 1 to 3 */
    public static CapabilitiesResponse of(int version) {
        return new CapabilitiesResponse(0, 0, version, Bytes.EMPTY);
    }

    static CapabilitiesResponse decode(int header, WireReader in) {
        return new CapabilitiesResponse(header & 0xF, in.u8("Pad"), in.u16le("Version"), in.rest("trailing"));
    }

    @Override
    public void encode(WireWriter out) {
        out.u8(CAPABILITIES << 4 | unused).u8(pad).u16le(version).bytes(trailing);
    }
}
