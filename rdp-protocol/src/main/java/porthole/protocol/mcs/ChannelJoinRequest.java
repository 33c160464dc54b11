package porthole.protocol.mcs;

import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * Client MCS Channel Join Request (MS-RDPBCGR 2.2.1.8).
 *
 * @param initiator the client's user id, 1001 to 65535
 * @param channelId 0 to 65535
 */
public record ChannelJoinRequest(int initiator, int channelId) implements DomainPdu {
    static final int CHOICE = 14 << 2;

    public static ChannelJoinRequest decode(WireReader frame) {
        WireReader in = frame.renamed("ChannelJoinRequest", "MS-RDPBCGR 2.2.1.8");
        in.expect(in.u8("choice"), CHOICE, 1, "choice");
        ChannelJoinRequest pdu = new ChannelJoinRequest(SendData.userId(in, "initiator"), in.u16be("channelId"));
        in.end();
        return pdu;
    }

    @Override
    public void encode(WireWriter out) {
        out.u8(CHOICE).u16be(initiator - USER_ID_BASE).u16be(channelId);
    }
}
