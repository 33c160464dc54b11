package porthole.protocol.orders;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * A desktop composition order, which no client takes that does not offer it: passed over by its length. MS-RDPEDC 2.2.1.1.
 *
 * @param operation which order it is
 */
public record DesktopComposition(int operation, Bytes data) implements AlternateSecondaryOrder {
    static final String SECTION = "MS-RDPEDC 2.2.1.1";

    static DesktopComposition decode(WireReader in) {
        return new DesktopComposition(in.u8("operation"), in.bytes(in.u16le("size"), "data"));
    }

    @Override
    public int orderType() {
        return TS_ALTSEC_COMPDESK_FIRST;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u8(operation).u16le(data.size()).bytes(data);
    }
}
