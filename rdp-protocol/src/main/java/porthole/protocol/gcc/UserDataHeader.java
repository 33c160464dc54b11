package porthole.protocol.gcc;

import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** The header of every data block: a type and the length of the block with the header (MS-RDPBCGR 2.2.1.3.1). */
final class UserDataHeader {
    static final int SIZE = 2 /* type */ + 2 /* length */;

    private UserDataHeader() {}

    /** Reads the length and gives the octets behind the header. */
    static int bodySize(WireReader in) {
        int length = in.u16le("header.length");
        int most = SIZE + in.remaining();
        in.check(length >= SIZE && length <= most, 2, "header.length", length, SIZE + " to " + most + ", what is left");
        return length - SIZE;
    }

    static void encode(WireWriter out, int type, Pdu body) {
        int start = out.position();
        out.u16le(type).u16le(0).pdu(body);
        out.patchU16le(start + 2, out.position() - start);
    }
}
