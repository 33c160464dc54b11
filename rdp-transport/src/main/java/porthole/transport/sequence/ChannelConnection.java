package porthole.transport.sequence;

import io.netty.buffer.ByteBuf;
import java.util.LinkedHashSet;
import java.util.Set;
import porthole.protocol.failure.Refused;
import porthole.protocol.failure.SequenceException;
import porthole.protocol.failure.Stage;
import porthole.protocol.mcs.AttachUserConfirm;
import porthole.protocol.mcs.AttachUserRequest;
import porthole.protocol.mcs.ChannelJoinConfirm;
import porthole.protocol.mcs.ChannelJoinRequest;
import porthole.protocol.mcs.DomainPdu;
import porthole.protocol.mcs.ErectDomainRequest;
import porthole.protocol.mcs.McsResult;
import porthole.protocol.wire.WireReader;
import porthole.protocol.x224.X224Data;
import porthole.transport.Connection;
import porthole.transport.Facts;

/**
 * MCS erect domain, attach user and channel joins (MS-RDPBCGR 2.2.1.5 to 2.2.1.9).
 *
 * <p>All joins go out in one batch, as RDP 8.1 and later clients send them; with a host that can do without them there
 * are none.
 */
final class ChannelConnection extends McsPhase {
    private Set<Integer> awaited = Set.of();
    private boolean attached;

    ChannelConnection(Connection connection) {
        super(connection, Stage.CHANNEL_CONNECTION);
    }

    @Override
    protected String awaiting() {
        return attached ? "MCS Channel Join Confirms for " + awaited : "an MCS Attach User Confirm";
    }

    @Override
    protected void enter() {
        send("ErectDomainRequest", new ErectDomainRequest());
        send("AttachUserRequest", new AttachUserRequest());
    }

    private void send(String name, DomainPdu pdu) {
        connection().send(name, X224Data.wrap(context().alloc(), pdu));
    }

    @Override
    protected void onDomainPdu(ByteBuf frame, DomainPdu pdu) {
        if (pdu instanceof AttachUserConfirm confirm && !attached) {
            onAttached(confirm);
        } else if (pdu instanceof ChannelJoinConfirm confirm && attached) {
            onJoined(confirm);
        } else {
            super.onDomainPdu(frame, pdu);
        }
    }

    private void onAttached(AttachUserConfirm confirm) {
        check("Attach User Confirm", confirm.result(), "MS-RDPBCGR 2.2.1.7");
        int user = confirm.initiator()
                .orElseThrow(() -> new SequenceException(
                        "an Attach User Confirm without initiator", "the user id", "MS-RDPBCGR 2.2.1.7"));
        Facts facts = connection().facts();
        facts.userChannelId(user);
        attached = true;
        evidence("userChannel", user);
        evidence("joinsSkipped", facts.skipChannelJoin());
        if (facts.skipChannelJoin()) {
            done();
            return;
        }
        awaited = new LinkedHashSet<>();
        awaited.add(user);
        awaited.add(facts.ioChannelId());
        facts.messageChannelId().ifPresent(awaited::add);
        awaited.addAll(facts.channels().keySet());
        for (int channel : awaited) {
            send("ChannelJoinRequest", new ChannelJoinRequest(user, channel));
        }
    }

    private void onJoined(ChannelJoinConfirm confirm) {
        check("Channel Join Confirm", confirm.result(), "MS-RDPBCGR 2.2.1.9");
        int channel = confirm.channelId()
                .orElseThrow(() -> new SequenceException(
                        "a Channel Join Confirm without channelId", "one of " + awaited, "MS-RDPBCGR 2.2.1.9"));
        if (channel != confirm.requested() || !awaited.remove(channel)) {
            throw new SequenceException(
                    "a Channel Join Confirm for channel " + channel + ", requested " + confirm.requested(),
                    "one of " + awaited,
                    "MS-RDPBCGR 2.2.1.9");
        }
        if (awaited.isEmpty()) {
            done();
        }
    }

    private static void check(String pdu, int code, String section) {
        McsResult result = new McsResult(code);
        if (!result.isSuccessful()) {
            throw new Refused(
                    "mcs-result",
                    "MCS " + pdu,
                    result.code(),
                    result.name(),
                    result.meaning(),
                    "the host could not give this session its channels: see its event log",
                    section);
        }
    }

    @Override
    protected void onIo(ByteBuf frame, WireReader in) {
        throw misplaced("a message on the I/O channel");
    }
}
