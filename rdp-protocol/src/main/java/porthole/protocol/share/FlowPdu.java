package porthole.protocol.share;

import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** A flow control PDU of T.128 8.5 (FlowTestPDU and the like), which has a marker instead of a length and means nothing here. */
public record FlowPdu(int pad8bits, int pduTypeFlow, int flowIdentifier, int flowNumber, int pduSource)
        implements ShareControlPdu {
    /** Stands where other PDUs have {@code totalLength}. */
    public static final int FLOW_MARKER = 0x8000;

    static FlowPdu decode(WireReader in) {
        in.expect(in.u16le("flowMarker"), FLOW_MARKER, 2, "flowMarker");
        return new FlowPdu(
                in.u8("pad8bits"),
                in.u8("pduTypeFlow"),
                in.u8("flowIdentifier"),
                in.u8("flowNumber"),
                in.u16le("pduSource"));
    }

    @Override
    public void encode(WireWriter out) {
        out.u16le(FLOW_MARKER)
                .u8(pad8bits)
                .u8(pduTypeFlow)
                .u8(flowIdentifier)
                .u8(flowNumber)
                .u16le(pduSource);
    }
}
