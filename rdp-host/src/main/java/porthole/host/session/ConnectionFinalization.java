package porthole.host.session;

import java.util.LinkedHashMap;
import java.util.Map;
import porthole.host.fault.ServerMessage;
import porthole.protocol.failure.Stage;
import porthole.protocol.share.ControlPdu;
import porthole.protocol.share.DataPdu;
import porthole.protocol.share.FontListPdu;
import porthole.protocol.share.FontMapPdu;
import porthole.protocol.share.PersistentKeyListPdu;
import porthole.protocol.share.ShareControlPdu;
import porthole.protocol.share.ShareDataBody;
import porthole.protocol.share.SynchronizePdu;
import porthole.protocol.wire.Bytes;

/** Synchronize, control and font PDUs: each is answered as it comes (MS-RDPBCGR 3.3.5.3.14 to 22). */
final class ConnectionFinalization extends SharePhase {
    ConnectionFinalization(HostConnection connection) {
        super(connection, Stage.CONNECTION_FINALIZATION);
    }

    @Override
    void onShare(ShareControlPdu pdu) {
        if (!(pdu instanceof DataPdu data)) {
            return;
        }
        ShareDataBody body = data.body();
        int user = connection().facts().userChannel;
        if (body instanceof SynchronizePdu) {
            connection().sendShare(ServerMessage.SYNCHRONIZE, SynchronizePdu.of(user));
        } else if (body instanceof ControlPdu control) {
            if (control.action() == ControlPdu.CTRLACTION_COOPERATE) {
                connection().sendShare(ServerMessage.CONTROL_COOPERATE, ControlPdu.of(ControlPdu.CTRLACTION_COOPERATE));
            } else if (control.action() == ControlPdu.CTRLACTION_REQUEST_CONTROL) {
                connection()
                        .sendShare(
                                ServerMessage.CONTROL_GRANTED,
                                new ControlPdu(
                                        ControlPdu.CTRLACTION_GRANTED_CONTROL,
                                        user,
                                        HostFacts.SERVER_USER,
                                        Bytes.EMPTY));
            }
        } else if (body instanceof PersistentKeyListPdu keys) {
            listed(keys);
        } else if (body instanceof FontListPdu) {
            connection().sendShare(ServerMessage.FONT_MAP, FontMapPdu.of());
            connection().advance(this);
        }
    }

    private void listed(PersistentKeyListPdu keys) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("keys", keys.entries().size());
        facts.put("numEntries", keys.numEntries());
        facts.put("totalEntries", keys.totalEntries());
        facts.put("first", (keys.bBitMask() & PersistentKeyListPdu.PERSIST_FIRST_PDU) != 0);
        facts.put("last", (keys.bBitMask() & PersistentKeyListPdu.PERSIST_LAST_PDU) != 0);
        connection().event("persistent-keys", facts);
    }
}
