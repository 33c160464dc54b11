package porthole.protocol.x224;

import java.util.ArrayList;
import java.util.List;

/**
 * The flags of requestedProtocols and selectedProtocol: an open set, so bits nobody has named yet survive a round trip
 * (MS-RDPBCGR 2.2.1.1.1).
 */
public record SecurityProtocols(int bits) {
    /** Standard RDP security, which is the empty set. */
    public static final SecurityProtocols RDP = new SecurityProtocols(0);

    public static final SecurityProtocols TLS = new SecurityProtocols(0x01);
    public static final SecurityProtocols HYBRID = new SecurityProtocols(0x02);
    public static final SecurityProtocols RDSTLS = new SecurityProtocols(0x04);
    public static final SecurityProtocols HYBRID_EX = new SecurityProtocols(0x08);
    public static final SecurityProtocols RDSAAD = new SecurityProtocols(0x10);

    private static final List<String> NAMES = List.of("TLS", "HYBRID", "RDSTLS", "HYBRID_EX", "RDSAAD");

    /** Whether all bits of {@code other} are set; always true for {@link #RDP}. */
    public boolean has(SecurityProtocols other) {
        return (bits & other.bits) == other.bits;
    }

    /** Whether this is one protocol and it was offered; {@link #RDP} is none, so a downgrade to it is not accepted. */
    public boolean isOneOf(SecurityProtocols offer) {
        return Integer.bitCount(bits) == 1 && offer.has(this);
    }

    public SecurityProtocols with(SecurityProtocols other) {
        return new SecurityProtocols(bits | other.bits);
    }

    /** The name of each bit, lowest first; a bit without a name as hexadecimal; {@code RDP} for none. */
    public List<String> names() {
        if (bits == 0) {
            return List.of("RDP");
        }
        List<String> names = new ArrayList<>();
        for (int bit = 0; bit < 32; bit++) {
            if ((bits >>> bit & 1) != 0) {
                names.add(bit < NAMES.size() ? NAMES.get(bit) : String.format("0x%X", 1L << bit));
            }
        }
        return List.copyOf(names);
    }

    /** For example {@code TLS|HYBRID}. */
    @Override
    public String toString() {
        return String.join("|", names());
    }
}
