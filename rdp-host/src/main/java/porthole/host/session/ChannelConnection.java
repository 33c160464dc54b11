package porthole.host.session;

import io.netty.buffer.ByteBuf;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import porthole.host.fault.ServerMessage;
import porthole.protocol.failure.SequenceException;
import porthole.protocol.failure.Stage;
import porthole.protocol.mcs.AttachUserConfirm;
import porthole.protocol.mcs.AttachUserRequest;
import porthole.protocol.mcs.ChannelJoinConfirm;
import porthole.protocol.mcs.ChannelJoinRequest;
import porthole.protocol.mcs.DisconnectProviderUltimatum;
import porthole.protocol.mcs.DomainPdu;
import porthole.protocol.mcs.ErectDomainRequest;
import porthole.protocol.mcs.McsResult;
import porthole.protocol.mcs.SendData;
import porthole.protocol.wire.Framing;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.x224.X224Data;

/** Erect domain, attach user and the joins; the first data on the I/O channel ends it (MS-RDPBCGR 3.3.5.3.5 to 8). */
final class ChannelConnection extends ServerPhase {
    private final Set<Integer> joined = new HashSet<>();
    private boolean attached;

    ChannelConnection(HostConnection connection) {
        super(connection, Stage.CHANNEL_CONNECTION);
    }

    @Override
    Framing framing() {
        return Framing::tpkt;
    }

    @Override
    void onMessage(ByteBuf frame) {
        WireReader in = X224Data.unwrap(frame, null);
        HostFacts facts = connection().facts();
        if (SendData.follows(in)) {
            boolean ready = attached && (facts.channelJoinSkipped || joined.contains(HostFacts.IO_CHANNEL));
            if (!ready) {
                throw unexpected("Send Data Request");
            }
            connection().advance(this);
            connection().phase().deliver(frame);
            return;
        }
        DomainPdu pdu = DomainPdu.decode(in);
        if (pdu instanceof AttachUserRequest && !attached) {
            attached = true;
            send(ServerMessage.ATTACH_USER_CONFIRM, new AttachUserConfirm(facts.userChannel));
        } else if (pdu instanceof ChannelJoinRequest join && attached) {
            boolean known = facts.isChannel(join.channelId());
            if (known) {
                joined.add(join.channelId());
            }
            send(
                    ServerMessage.CHANNEL_JOIN_CONFIRM,
                    known
                            ? new ChannelJoinConfirm(facts.userChannel, join.channelId())
                            : new ChannelJoinConfirm(
                                    McsResult.UNSPECIFIED_FAILURE.code(),
                                    facts.userChannel,
                                    join.channelId(),
                                    OptionalInt.empty()));
        } else if (pdu instanceof DisconnectProviderUltimatum) {
            connection().end("disconnected by the client");
        } else if (!(pdu instanceof ErectDomainRequest)) {
            throw unexpected(pdu.getClass().getSimpleName());
        }
    }

    private void send(ServerMessage message, Pdu pdu) {
        connection().send(message, X224Data.wrap(connection().channel().alloc(), pdu));
    }

    private static SequenceException unexpected(String seen) {
        return new SequenceException(seen, "attach user, then the channel joins", "MS-RDPBCGR 1.3.1.1");
    }
}
