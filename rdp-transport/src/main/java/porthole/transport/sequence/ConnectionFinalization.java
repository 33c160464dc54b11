package porthole.transport.sequence;

import java.util.EnumSet;
import java.util.Set;
import porthole.protocol.failure.Stage;
import porthole.protocol.share.ControlPdu;
import porthole.protocol.share.DeactivateAllPdu;
import porthole.protocol.share.FontListPdu;
import porthole.protocol.share.FontMapPdu;
import porthole.protocol.share.ShareControlPdu;
import porthole.protocol.share.ShareDataBody;
import porthole.protocol.share.SynchronizePdu;
import porthole.transport.Connection;

/** Synchronize, control and font PDUs of both sides (MS-RDPBCGR 2.2.1.14 to 2.2.1.22); ours go out in one batch. */
final class ConnectionFinalization extends SharePhase {
    private enum Step {
        SYNCHRONIZE,
        COOPERATE,
        GRANTED_CONTROL,
        FONT_MAP
    }

    private final Set<Step> missing = EnumSet.allOf(Step.class);

    ConnectionFinalization(Connection connection, ShareMessages messages) {
        super(connection, Stage.CONNECTION_FINALIZATION, messages);
    }

    @Override
    protected String awaiting() {
        return "the host's " + missing;
    }

    @Override
    protected void enter() {
        sendShare("SynchronizePdu", SynchronizePdu.of(connection().facts().serverChannelId()));
        sendShare("ControlPdu (cooperate)", ControlPdu.of(ControlPdu.CTRLACTION_COOPERATE));
        sendShare("ControlPdu (request control)", ControlPdu.of(ControlPdu.CTRLACTION_REQUEST_CONTROL));
        connection().sink().persistentKeys().forEach(keys -> sendShare("PersistentKeyListPdu", keys));
        sendShare("FontListPdu", FontListPdu.of());
    }

    @Override
    public void control(ShareControlPdu pdu) {
        if (pdu instanceof DeactivateAllPdu) {
            reactivate();
        } else {
            super.control(pdu);
        }
    }

    @Override
    public boolean data(ShareDataBody body) {
        if (body instanceof SynchronizePdu) {
            missing.remove(Step.SYNCHRONIZE);
        } else if (body instanceof ControlPdu control) {
            onControl(control);
        } else if (body instanceof FontMapPdu) {
            missing.remove(Step.FONT_MAP);
            done(); // the font map is the last: a host that left another out means to go on all the same
        } else {
            return false;
        }
        return true;
    }

    private void onControl(ControlPdu control) {
        if (control.action() == ControlPdu.CTRLACTION_COOPERATE) {
            missing.remove(Step.COOPERATE);
        } else if (control.action() == ControlPdu.CTRLACTION_GRANTED_CONTROL) {
            missing.remove(Step.GRANTED_CONTROL);
        }
    }
}
