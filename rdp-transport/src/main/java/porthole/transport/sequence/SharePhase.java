package porthole.transport.sequence;

import io.netty.buffer.ByteBuf;
import java.util.Map;
import porthole.protocol.failure.Stage;
import porthole.protocol.redirection.ServerRedirectionPacket;
import porthole.protocol.share.DataPdu;
import porthole.protocol.share.ServerRedirectionPdu;
import porthole.protocol.share.ShareControlPdu;
import porthole.protocol.share.ShareDataBody;
import porthole.protocol.wire.Framing;
import porthole.protocol.wire.WireReader;
import porthole.transport.Connection;
import porthole.transport.Facts;

/** A phase whose I/O channel carries share PDUs: from the capabilities exchange on. */
abstract class SharePhase extends McsPhase implements ShareMessages.Receiver {
    private final ShareMessages messages;

    SharePhase(Connection connection, Stage stage, ShareMessages messages) {
        super(connection, stage);
        this.messages = messages;
    }

    @Override
    public Framing framing() {
        return Framing::tpktOrFastPath;
    }

    final ShareMessages messages() {
        return messages;
    }

    @Override
    protected final void onIo(ByteBuf frame, WireReader in) {
        messages.read(in, this);
    }

    @Override
    protected void onFastPath(ByteBuf frame) {
        messages.fastPath(frame);
    }

    @Override
    public void control(ShareControlPdu pdu) {
        if (pdu instanceof ServerRedirectionPdu redirection) {
            redirected(redirection.serverRedirectionPdu());
        } else if (!(pdu instanceof ShareControlPdu.Unknown)) {
            throw misplaced(pdu.getClass().getSimpleName());
        }
    }

    private void redirected(ServerRedirectionPacket packet) {
        connection()
                .clock()
                .note(
                        "redirection",
                        Map.of(
                                "redirFlags",
                                String.format("0x%X", packet.redirFlags()),
                                "sessionId",
                                packet.sessionId()));
        if (!packet.has(ServerRedirectionPacket.LB_NOREDIRECT)) {
            connection().redirected(packet);
        }
    }

    /** The host takes the share down: capabilities and finalization come again. */
    final void reactivate() {
        messages.deactivated();
        connection().clock().note("deactivated", Map.of());
        handOver(new CapabilitiesExchange(connection(), messages));
    }

    final void sendShare(String name, ShareDataBody body) {
        Facts facts = connection().facts();
        connection().sendOn(facts.ioChannelId(), name, DataPdu.of(facts.userChannelId(), facts.shareId(), body));
    }
}
