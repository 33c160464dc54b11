package porthole.protocol.orders.window;

import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** UNICODE_STRING: text behind its number of octets. MS-RDPERP 2.2.1.2.1. */
final class WindowText {
    private WindowText() {}

    static String decode(WireReader in, String field) {
        return in.utf16le(in.u16le(field + ".CbString"), field);
    }

    static void encode(WireWriter out, String text) {
        out.u16le(2 * text.length()).utf16le(text);
    }
}
