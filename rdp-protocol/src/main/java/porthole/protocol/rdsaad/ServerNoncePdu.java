package porthole.protocol.rdsaad;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * MS-RDPBCGR 2.2.18.1 Server Nonce PDU.
 *
 * @param tsNonce opaque text, to be sent back as it is
 * @param octets the whole message with its zero octet
 */
public record ServerNoncePdu(String tsNonce, Bytes octets) implements Pdu {
    private static final String SECTION = "MS-RDPBCGR 2.2.18.1";
    private static final String MEMBER = "ts_nonce";

    public static ServerNoncePdu of(String tsNonce) {
        return new ServerNoncePdu(
                tsNonce, JsonMember.message("{\"" + MEMBER + "\":" + JsonMember.quoted(tsNonce) + "}"));
    }

    /** Reads one message, with or without the zero octet that ends it. */
    public static ServerNoncePdu decode(WireReader in) {
        Bytes octets = in.rest("json");
        JsonMember member = JsonMember.of(octets, MEMBER, "ServerNonce", SECTION);
        return new ServerNoncePdu(member.string(MEMBER, "ServerNonce", SECTION), octets);
    }

    @Override
    public void encode(WireWriter out) {
        out.bytes(octets);
    }

    @Override
    public String toString() {
        return "ServerNoncePdu[tsNonce=" + tsNonce + "]";
    }
}
