package porthole.protocol.rdsaad;

import java.util.Locale;
import java.util.regex.Pattern;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * MS-RDPBCGR 2.2.18.3 Authentication Result PDU.
 *
 * <p>The specification shows the code as a string, real hosts send it as a number, and as a negative one: both are read,
 * and hexadecimal strings as well.
 *
 * @param result an HRESULT as an unsigned number
 * @param octets the whole message with its zero octet
 */
public record AuthenticationResultPdu(long result, Bytes octets) implements Pdu {
    private static final String PDU = "AuthenticationResult";
    private static final String SECTION = "MS-RDPBCGR 2.2.18.3";
    private static final String MEMBER = "authentication_result";
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,10}");
    private static final Pattern HEXADECIMAL = Pattern.compile("0[xX][0-9a-fA-F]{1,8}");

    /** A result written as a signed number, as hosts do; {@code result} may be given signed or unsigned. */
    public static AuthenticationResultPdu of(long result) {
        return new AuthenticationResultPdu(
                result & 0xFFFFFFFFL, JsonMember.message("{\"" + MEMBER + "\":" + (int) result + "}"));
    }

    /** Reads one message, with or without the zero octet that ends it. */
    public static AuthenticationResultPdu decode(WireReader in) {
        Bytes octets = in.rest("json");
        JsonMember member = JsonMember.of(octets, MEMBER, PDU, SECTION);
        if (member.kind() == JsonMember.Kind.OTHER) {
            throw member.error(MEMBER, "a number", PDU, SECTION);
        }
        String text = member.text();
        if (DECIMAL.matcher(text).matches()) {
            long value = Long.parseLong(text);
            if (value >= Integer.MIN_VALUE && value <= 0xFFFFFFFFL) {
                return new AuthenticationResultPdu(value & 0xFFFFFFFFL, octets);
            }
        } else if (member.kind() == JsonMember.Kind.STRING
                && HEXADECIMAL.matcher(text).matches()) {
            return new AuthenticationResultPdu(Long.parseLong(text.substring(2), 16), octets);
        }
        throw member.error(MEMBER, "a whole number of 32 bits", PDU, SECTION);
    }

    /** Whether the user is authenticated and may connect. */
    public boolean isSuccess() {
        return result == 0;
    }

    @Override
    public void encode(WireWriter out) {
        out.bytes(octets);
    }

    @Override
    public String toString() {
        return "AuthenticationResultPdu[result=0x" + String.format(Locale.ROOT, "%08X", result) + "]";
    }
}
