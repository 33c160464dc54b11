package porthole.protocol.share;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPBCGR 2.2.9.1.1.3: the octets of a slow-path graphics update, which the graphics packages take apart. */
public record UpdatePdu(Bytes data) implements ShareDataBody {
    static UpdatePdu decode(WireReader in) {
        return new UpdatePdu(in.rest("data"));
    }

    @Override
    public int pduType2() {
        return ShareDataHeader.PDUTYPE2_UPDATE;
    }

    @Override
    public void encode(WireWriter out) {
        out.bytes(data);
    }
}
