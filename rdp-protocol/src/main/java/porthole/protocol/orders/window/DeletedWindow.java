package porthole.protocol.orders.window;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** A window is gone. MS-RDPERP 2.2.1.3.1.2.4. */
public record DeletedWindow(long fieldsPresentFlags, long windowId, Bytes trailing) implements WindowOrder {
    static DeletedWindow decode(WireReader in, long flags) {
        return new DeletedWindow(flags, in.u32le("WindowId"), in.rest("trailing"));
    }

    @Override
    public void encode(WireWriter out) {
        out.u32le(fieldsPresentFlags).u32le(windowId).bytes(trailing);
    }
}
