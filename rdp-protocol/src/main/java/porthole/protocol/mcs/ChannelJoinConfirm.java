package porthole.protocol.mcs;

import java.util.OptionalInt;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * Server MCS Channel Join Confirm (MS-RDPBCGR 2.2.1.9).
 *
 * @param result 0 to 15, see {@link McsResult}
 * @param initiator the client's user id, 1001 to 65535
 * @param requested the channel id of the request
 * @param channelId the channel id that was joined; T.125 leaves it out where the result is no success
 */
public record ChannelJoinConfirm(int result, int initiator, int requested, OptionalInt channelId) implements DomainPdu {
    static final int CHOICE = 15 << 2;

    /** A success. */
    public ChannelJoinConfirm(int initiator, int channelId) {
        this(0, initiator, channelId, OptionalInt.of(channelId));
    }

    public static ChannelJoinConfirm decode(WireReader frame) {
        WireReader in = frame.renamed("ChannelJoinConfirm", "MS-RDPBCGR 2.2.1.9");
        int head = ConfirmHead.read(in, CHOICE);
        int initiator = SendData.userId(in, "initiator");
        int requested = in.u16be("requested");
        OptionalInt channelId =
                ConfirmHead.isPresent(head) ? OptionalInt.of(in.u16be("channelId")) : OptionalInt.empty();
        in.end();
        return new ChannelJoinConfirm(ConfirmHead.result(head), initiator, requested, channelId);
    }

    @Override
    public void encode(WireWriter out) {
        ConfirmHead.write(out, CHOICE, channelId.isPresent(), result);
        out.u16be(initiator - USER_ID_BASE).u16be(requested);
        channelId.ifPresent(out::u16be);
    }
}
