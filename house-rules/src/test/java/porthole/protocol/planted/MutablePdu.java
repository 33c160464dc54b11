package porthole.protocol.planted;

import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireWriter;

/** A structure that can change. */
final class MutablePdu implements Pdu {
    int flags;

    @Override
    public void encode(WireWriter out) {
        out.u8(flags);
    }
}
