package porthole.protocol.x224;

import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** The TPKT header in front of every slow-path message (T.123 section 8). */
public final class Tpkt {
    public static final int VERSION = 3;
    public static final int HEADER_SIZE = 1 /* version */ + 1 /* reserved */ + 2 /* length */;
    public static final int MAX_LENGTH = 0xFFFF;

    private Tpkt() {}

    /** Reads the header, whose length must be that of all that {@code in} holds. */
    static void read(WireReader in) {
        int start = in.offset();
        in.expect(in.u8("tpktHeader.version"), VERSION, 1, "tpktHeader.version");
        in.expect(in.u8("tpktHeader.reserved"), 0, 1, "tpktHeader.reserved");
        int length = in.u16be("tpktHeader.length");
        int present = in.offset() - start + in.remaining();
        if (length != present) {
            in.check(false, 2, "tpktHeader.length", length, "the " + present + " octets of the frame");
        }
    }

    /** Appends a header whose length {@link #finish} fills in; returns the position of the header. */
    static int begin(WireWriter out) {
        int start = out.position();
        out.u8(VERSION).u8(0).u16be(0);
        return start;
    }

    /** Fills in the length of the header at {@code start}; all that was written since belongs to the frame. */
    static void finish(WireWriter out, int start) {
        int length = out.position() - start;
        if (length > MAX_LENGTH) {
            throw new IllegalArgumentException(length + " octets do not fit a TPKT frame");
        }
        out.patchU16be(start + 2, length);
    }
}
