package porthole.protocol.rdstls;

import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** The three numbers that every RDSTLS PDU begins with (MS-RDPBCGR 2.2.17). */
record Head(int version, int dataType) {
    static final int CAPABILITIES = 1;
    static final int AUTHENTICATION_REQUEST = 2;
    static final int AUTHENTICATION_RESPONSE = 4;

    static Head decode(WireReader in, int pduType) {
        int version = in.u16le("version");
        in.check(version == 1 || version == 2, 2, "version", version, "1 or 2");
        in.expect(in.u16le("pduType"), pduType, 2, "pduType");
        return new Head(version, in.u16le("dataType"));
    }

    /** The same with the one data type that this PDU has. */
    static Head decode(WireReader in, int pduType, int dataType) {
        Head head = decode(in, pduType);
        in.check(head.dataType == dataType, 2, "dataType", head.dataType, Integer.toString(dataType));
        return head;
    }

    static WireWriter encode(WireWriter out, int version, int pduType, int dataType) {
        return out.u16le(version).u16le(pduType).u16le(dataType);
    }
}
