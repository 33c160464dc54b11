package porthole.protocol.share;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPBCGR 2.2.9.1.1.4: the octets of a slow-path pointer update. */
public record PointerPdu(Bytes data) implements ShareDataBody {
    static PointerPdu decode(WireReader in) {
        return new PointerPdu(in.rest("data"));
    }

    @Override
    public int pduType2() {
        return ShareDataHeader.PDUTYPE2_POINTER;
    }

    @Override
    public void encode(WireWriter out) {
        out.bytes(data);
    }
}
