package porthole.protocol.rdsaad;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * MS-RDPBCGR 2.2.18.2 Authentication Request PDU.
 *
 * @param rdpAssertion a compact JWS that holds an access token, hence a secret
 * @param octets the whole message with its zero octet
 */
public record AuthenticationRequestPdu(String rdpAssertion, Bytes octets) implements Pdu {
    private static final String SECTION = "MS-RDPBCGR 2.2.18.2";
    private static final String MEMBER = "rdp_assertion";

    public static AuthenticationRequestPdu of(String rdpAssertion) {
        return new AuthenticationRequestPdu(
                rdpAssertion, JsonMember.message("{\"" + MEMBER + "\":" + JsonMember.quoted(rdpAssertion) + "}"));
    }

    /** Reads one message, with or without the zero octet that ends it. */
    public static AuthenticationRequestPdu decode(WireReader in) {
        Bytes octets = in.rest("json");
        JsonMember member = JsonMember.of(octets, MEMBER, "AuthenticationRequest", SECTION);
        return new AuthenticationRequestPdu(member.string(MEMBER, "AuthenticationRequest", SECTION), octets);
    }

    @Override
    public void encode(WireWriter out) {
        out.bytes(octets);
    }

    /** Without the assertion. */
    @Override
    public String toString() {
        return "AuthenticationRequestPdu[rdpAssertion=(redacted), " + octets.size() + " octets]";
    }
}
