package porthole.protocol.capability;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * MS-RDPNSC 2.2.1 NSCodec Capability Set (TS_NSCODEC_CAPABILITYSET), the properties of an NSCodec.
 *
 * @param colorLossLevel 1 (no loss) to 7
 */
public record NsCodecProperties(int allowDynamicFidelity, int allowSubsampling, int colorLossLevel, Bytes trailing)
        implements Pdu {
    public static NsCodecProperties decode(WireReader in) {
        return new NsCodecProperties(
                in.u8("fAllowDynamicFidelity"),
                in.u8("fAllowSubsampling"),
                in.u8("colorLossLevel"),
                in.rest("trailing"));
    }

    @Override
    public void encode(WireWriter out) {
        out.u8(allowDynamicFidelity).u8(allowSubsampling).u8(colorLossLevel).bytes(trailing);
    }
}
