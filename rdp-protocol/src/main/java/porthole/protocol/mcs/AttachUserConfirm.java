package porthole.protocol.mcs;

import java.util.OptionalInt;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * Server MCS Attach User Confirm (MS-RDPBCGR 2.2.1.7).
 *
 * @param result 0 to 15, see {@link McsResult}
 * @param initiator the client's user id, 1001 to 65535; T.125 leaves it out where the result is no success
 */
public record AttachUserConfirm(int result, OptionalInt initiator) implements DomainPdu {
    static final int CHOICE = 11 << 2;

    /** A success. */
    public AttachUserConfirm(int initiator) {
        this(0, OptionalInt.of(initiator));
    }

    public static AttachUserConfirm decode(WireReader frame) {
        WireReader in = frame.renamed("AttachUserConfirm", "MS-RDPBCGR 2.2.1.7");
        int head = ConfirmHead.read(in, CHOICE);
        OptionalInt initiator =
                ConfirmHead.isPresent(head) ? OptionalInt.of(SendData.userId(in, "initiator")) : OptionalInt.empty();
        in.end();
        return new AttachUserConfirm(ConfirmHead.result(head), initiator);
    }

    @Override
    public void encode(WireWriter out) {
        ConfirmHead.write(out, CHOICE, initiator.isPresent(), result);
        initiator.ifPresent(id -> out.u16be(id - USER_ID_BASE));
    }
}
