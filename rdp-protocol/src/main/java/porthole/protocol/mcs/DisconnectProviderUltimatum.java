package porthole.protocol.mcs;

import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * MCS Disconnect Provider Ultimatum, of either side (MS-RDPBCGR 2.2.2.3).
 *
 * @param reason 0 to 7, see {@link DisconnectReason}
 */
public record DisconnectProviderUltimatum(int reason) implements DomainPdu {
    static final int CHOICE = 8 << 2;

    public static DisconnectProviderUltimatum decode(WireReader frame) {
        WireReader in = frame.renamed("DisconnectProviderUltimatum", "MS-RDPBCGR 2.2.2.3");
        int first = in.u8("choice");
        in.expect(first & 0xFC, CHOICE, 1, "choice");
        int second = in.u8("reason"); // three bits of reason: two end the first octet, one begins the second
        in.check(
                (second & 0x7F) == 0, 1, "reason", String.format("0x%02X", second), "seven padding bits that are zero");
        in.end();
        return new DisconnectProviderUltimatum((first & 3) << 1 | second >> 7);
    }

    @Override
    public void encode(WireWriter out) {
        if (reason < 0 || reason > 7) {
            throw new IllegalArgumentException("reason " + reason + " is not 0 to 7");
        }
        out.u8(CHOICE | reason >> 1).u8((reason & 1) << 7);
    }
}
