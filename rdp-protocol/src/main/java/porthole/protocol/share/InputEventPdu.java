package porthole.protocol.share;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPBCGR 2.2.8.1.1.3: the octets of a slow-path input event list. */
public record InputEventPdu(Bytes data) implements ShareDataBody {
    static InputEventPdu decode(WireReader in) {
        return new InputEventPdu(in.rest("data"));
    }

    @Override
    public int pduType2() {
        return ShareDataHeader.PDUTYPE2_INPUT;
    }

    @Override
    public void encode(WireWriter out) {
        out.bytes(data);
    }
}
