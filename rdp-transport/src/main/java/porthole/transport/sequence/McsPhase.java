package porthole.transport.sequence;

import io.netty.buffer.ByteBuf;
import java.util.Map;
import porthole.protocol.channel.ChannelChunk;
import porthole.protocol.failure.Refused;
import porthole.protocol.failure.SequenceException;
import porthole.protocol.failure.Stage;
import porthole.protocol.fastpath.FastPathOutput;
import porthole.protocol.mcs.DisconnectProviderUltimatum;
import porthole.protocol.mcs.DisconnectReason;
import porthole.protocol.mcs.DomainPdu;
import porthole.protocol.mcs.SendData;
import porthole.protocol.wire.Framing;
import porthole.protocol.wire.WireReader;
import porthole.protocol.x224.X224Data;
import porthole.transport.Connection;
import porthole.transport.PhaseHandler;

/** A phase after the MCS connect: takes the MCS layer off and knows which channel a message came on. */
abstract class McsPhase extends PhaseHandler {
    private static final String SECTION = "MS-RDPBCGR 1.3.1.1";
    private static final int ACTION_MASK = 0x03;

    McsPhase(Connection connection, Stage stage) {
        super(connection, stage);
    }

    @Override
    public Framing framing() {
        return Framing::tpkt;
    }

    @Override
    protected final void onMessage(ByteBuf frame) {
        if ((frame.getByte(frame.readerIndex()) & ACTION_MASK) == FastPathOutput.ACTION_FASTPATH) {
            onFastPath(frame);
            return;
        }
        WireReader in = X224Data.unwrap(frame, null);
        if (!SendData.follows(in)) {
            onDomainPdu(frame, DomainPdu.decode(in));
            return;
        }
        SendData data = SendData.read(in);
        if (!data.isIndication()) {
            throw new SequenceException("an MCS Send Data Request", "an MCS Send Data Indication", "T.125 7");
        }
        int channel = data.channelId();
        if (channel == connection().facts().ioChannelId()) {
            onIo(frame, data.userData());
        } else if (connection().facts().messageChannelId().orElse(-1) == channel) {
            onMessageChannel(frame, data.userData());
        } else {
            String name = connection().facts().channels().get(channel);
            if (name == null) {
                connection().clock().note("unknown-channel", Map.of("channelId", channel));
            } else {
                connection()
                        .sink()
                        .channelChunk(
                                channel,
                                name,
                                ChannelChunk.plain(data.userData(), connection().bulk()));
            }
        }
    }

    /** A message on the I/O channel; the reader stands behind the MCS header. */
    protected abstract void onIo(ByteBuf frame, WireReader in);

    /** A message on the message channel: the host may measure at any time (MS-RDPBCGR 1.3.9). */
    protected void onMessageChannel(ByteBuf frame, WireReader in) {
        new MessageChannel(connection()).receive(in);
    }

    /** A fast-path output frame, which only an active session may get. */
    protected void onFastPath(ByteBuf frame) {
        throw new SequenceException("a fast-path PDU", awaiting(), SECTION);
    }

    /** An MCS PDU other than send data. */
    protected void onDomainPdu(ByteBuf frame, DomainPdu pdu) {
        if (pdu instanceof DisconnectProviderUltimatum ultimatum) {
            onDisconnect(new DisconnectReason(ultimatum.reason()));
        } else {
            throw new SequenceException(pdu.getClass().getSimpleName(), awaiting(), SECTION);
        }
    }

    /** The host says goodbye: with the reason of its last error info, or MCS's own. */
    private void onDisconnect(DisconnectReason reason) {
        boolean up = connection().wasActive();
        if (up && connection().facts().isLogoff()) {
            connection().endedByHost("the user logged off");
        } else if (connection().facts().lastWord().isPresent()) {
            connection().fail(connection().facts().lastWord().get());
        } else if (up) {
            connection().endedByHost("the host ended the session: " + reason.meaning());
        } else {
            throw new Refused(
                    "mcs-disconnect",
                    "MCS Disconnect Provider Ultimatum",
                    reason.code(),
                    reason.name(),
                    reason.meaning(),
                    "the host gave no further reason: see its event log",
                    "MS-RDPBCGR 2.2.2.3");
        }
    }

    /** What comes when a message has no place: names it by what it looks like. */
    protected final SequenceException misplaced(String seen) {
        return new SequenceException(seen, awaiting(), SECTION);
    }
}
