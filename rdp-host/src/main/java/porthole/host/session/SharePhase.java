package porthole.host.session;

import io.netty.buffer.ByteBuf;
import porthole.protocol.failure.SequenceException;
import porthole.protocol.failure.Stage;
import porthole.protocol.mcs.DisconnectProviderUltimatum;
import porthole.protocol.mcs.DomainPdu;
import porthole.protocol.mcs.SendData;
import porthole.protocol.share.ShareControlPdu;
import porthole.protocol.wire.Framing;
import porthole.protocol.wire.WireReader;
import porthole.protocol.x224.Tpkt;
import porthole.protocol.x224.X224Data;

/** A phase after the channels are joined: takes the MCS layer off, and tolerates what a client may send at any time. */
abstract class SharePhase extends ServerPhase {
    SharePhase(HostConnection connection, Stage stage) {
        super(connection, stage);
    }

    @Override
    final Framing framing() {
        return Framing::tpktOrFastPath;
    }

    @Override
    final void onMessage(ByteBuf frame) {
        if (frame.getByte(frame.readerIndex()) != Tpkt.VERSION) {
            onFastPath(frame);
            return;
        }
        WireReader in = X224Data.unwrap(frame, null);
        if (!SendData.follows(in)) {
            DomainPdu pdu = DomainPdu.decode(in);
            if (!(pdu instanceof DisconnectProviderUltimatum)) {
                throw new SequenceException(
                        pdu.getClass().getSimpleName(), "data, or a disconnect ultimatum", "MS-RDPBCGR 1.3.1.1");
            }
            connection().end("disconnected by the client");
            return;
        }
        SendData data = SendData.read(in);
        if (data.channelId() != HostFacts.IO_CHANNEL) {
            onChannel(data.channelId(), data.userData());
            return;
        }
        onIoChannel(data.userData());
    }

    /** Data on the I/O channel: share PDUs, unless the phase has it otherwise. */
    void onIoChannel(WireReader data) {
        for (ShareControlPdu pdu : ShareControlPdu.decodeAll(data.renamed("ShareControlPdu", "MS-RDPBCGR 2.2.8.1.1"))) {
            if (!connection().isOver()) {
                onShare(pdu);
            }
        }
    }

    /** One share PDU; a phase that has no use for it lets it pass. */
    void onShare(ShareControlPdu pdu) {}

    /** A fast-path input frame; only the active session looks at it. */
    void onFastPath(ByteBuf frame) {}

    /** Data on another channel: a static virtual channel or the message channel. */
    void onChannel(int channelId, WireReader data) {}
}
