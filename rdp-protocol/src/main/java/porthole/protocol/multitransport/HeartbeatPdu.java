package porthole.protocol.multitransport;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * MS-RDPBCGR 2.2.16.1 Server Heartbeat PDU, behind a security header with {@code SEC_HEARTBEAT}.
 *
 * @param period seconds between two heartbeats
 * @param count1 missed heartbeats after which a client should warn
 * @param count2 missed heartbeats after which a client should reconnect
 */
public record HeartbeatPdu(int reserved, int period, int count1, int count2, Bytes trailing) implements Pdu {
    public static HeartbeatPdu of(int period, int count1, int count2) {
        return new HeartbeatPdu(0, period, count1, count2, Bytes.EMPTY);
    }

    /** Reads what follows the security header. */
    public static HeartbeatPdu decode(WireReader in) {
        return new HeartbeatPdu(
                in.u8("reserved"), in.u8("period"), in.u8("count1"), in.u8("count2"), in.rest("trailing"));
    }

    @Override
    public void encode(WireWriter out) {
        out.u8(reserved).u8(period).u8(count1).u8(count2).bytes(trailing);
    }
}
