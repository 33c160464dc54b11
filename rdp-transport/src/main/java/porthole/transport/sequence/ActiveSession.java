package porthole.transport.sequence;

import porthole.protocol.failure.Stage;
import porthole.protocol.share.ControlPdu;
import porthole.protocol.share.DeactivateAllPdu;
import porthole.protocol.share.DemandActivePdu;
import porthole.protocol.share.FontMapPdu;
import porthole.protocol.share.ShareControlPdu;
import porthole.protocol.share.ShareDataBody;
import porthole.protocol.share.SynchronizePdu;
import porthole.transport.Connection;

/** The session is up: updates, pointers and channel data go to the sink until the host deactivates or ends it. */
final class ActiveSession extends SharePhase {
    ActiveSession(Connection connection, ShareMessages messages) {
        super(connection, Stage.ACTIVE, messages);
    }

    @Override
    protected String awaiting() {
        return "an orderly end of the session";
    }

    @Override
    protected boolean hasDeadline() {
        return false;
    }

    @Override
    protected void enter() {
        connection().sink().active();
    }

    @Override
    public void control(ShareControlPdu pdu) {
        if (pdu instanceof DeactivateAllPdu) {
            reactivate();
        } else if (pdu instanceof DemandActivePdu) {
            throw misplaced("a Demand Active PDU without a Deactivate All PDU before it");
        } else {
            super.control(pdu);
        }
    }

    @Override
    public boolean data(ShareDataBody body) {
        return body instanceof SynchronizePdu || body instanceof ControlPdu || body instanceof FontMapPdu;
    }
}
