package porthole.protocol.gcc;

import java.util.ArrayList;
import java.util.List;

/** The encryption methods of standard RDP security, as bits (MS-RDPBCGR 2.2.1.3.3 and 2.2.1.4.3). */
public final class EncryptionMethod {
    public static final int NONE = 0x00;
    public static final int BITS_40 = 0x01;
    public static final int BITS_128 = 0x02;
    public static final int BITS_56 = 0x08;
    public static final int FIPS = 0x10;

    private EncryptionMethod() {}

    /** For example {@code 40BIT|128BIT}; bits without a name are shown as hexadecimal. */
    public static String describe(int bits) {
        List<String> names = new ArrayList<>();
        int left = bits;
        for (int bit : new int[] {BITS_40, BITS_128, BITS_56, FIPS}) {
            if ((bits & bit) != 0) {
                names.add(bit == BITS_40 ? "40BIT" : bit == BITS_128 ? "128BIT" : bit == BITS_56 ? "56BIT" : "FIPS");
                left &= ~bit;
            }
        }
        if (left != 0) {
            names.add(String.format("0x%X", left));
        }
        return names.isEmpty() ? "NONE" : String.join("|", names);
    }
}
