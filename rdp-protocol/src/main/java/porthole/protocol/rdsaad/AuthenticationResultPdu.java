package porthole.protocol.rdsaad;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * MS-RDPBCGR 2.2.18.3 Authentication Result PDU.
 *
 * <p>The specification shows the code as a string, real hosts send it as a number, and as a negative one: both are read,
 * and hexadecimal strings as well. A JSON number is what it is worth, {@code 0.0} and {@code 0e0} are zero.
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

    private static final int MOST_DIGITS = 10;
    private static final int LONGEST_NUMBER = 64;

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
        OptionalLong value = member.kind() == JsonMember.Kind.NUMBER ? whole(member.text()) : spelled(member.text());
        if (value.isEmpty() || value.getAsLong() < Integer.MIN_VALUE || value.getAsLong() > 0xFFFFFFFFL) {
            throw member.error(MEMBER, "a whole number of 32 bits", PDU, SECTION);
        }
        return new AuthenticationResultPdu(value.getAsLong() & 0xFFFFFFFFL, octets);
    }

    /** The value of a JSON number without a fraction other than zero and with at most ten digits. */
    private static OptionalLong whole(String number) {
        if (number.length() > LONGEST_NUMBER) {
            return OptionalLong.empty();
        }
        BigDecimal value;
        try {
            value = new BigDecimal(number).stripTrailingZeros();
        } catch (NumberFormatException e) {
            return OptionalLong.empty(); // the exponent alone has more than 32 bits
        }
        boolean fits = value.scale() <= 0 && (long) value.precision() - value.scale() <= MOST_DIGITS;
        return fits ? OptionalLong.of(value.longValueExact()) : OptionalLong.empty();
    }

    private static OptionalLong spelled(String text) {
        if (DECIMAL.matcher(text).matches()) {
            return OptionalLong.of(Long.parseLong(text));
        }
        return HEXADECIMAL.matcher(text).matches()
                ? OptionalLong.of(Long.parseLong(text.substring(2), 16))
                : OptionalLong.empty();
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
