package porthole.protocol.x224;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import porthole.protocol.failure.WireException;
import porthole.protocol.wire.FieldListener;
import porthole.protocol.wire.LooksLike;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** The X.224 data TPDU in a TPKT frame, around everything that comes after the connection confirm (X.224 13.7). */
public final class X224Data {
    /** Octets of TPKT and X.224 in front of the body. */
    public static final int HEADER_SIZE = Tpkt.HEADER_SIZE + 1 /* length indicator */ + 1 /* code */ + 1 /* EOT */;

    private static final String SECTION = "MS-RDPBCGR 2.2.1.3";
    private static final int LENGTH_INDICATOR = 2;
    private static final int CODE = 0xF0;
    private static final int END_OF_TSDU = 0x80;

    private X224Data() {}

    /**
     * A reader over the body of one whole frame.
     *
     * @param frame borrowed; its indices stay
     * @param listener is told the fields, may be null
     */
    public static WireReader unwrap(ByteBuf frame, FieldListener listener) {
        WireReader in = WireReader.of(frame, "X224Data", SECTION, listener);
        if (in.hasRemaining() && in.peekU8("tpktHeader.version") != Tpkt.VERSION) {
            throw notTpkt("X224Data", frame, SECTION);
        }
        Tpkt.read(in);
        int lengthIndicator = in.u8("lengthIndicator");
        int code = in.peekU8("code");
        if (code != CODE) {
            in.check(false, "code", TpduCode.describe(code), "a data TPDU (DT)");
        }
        in.expect(lengthIndicator, LENGTH_INDICATOR, 1, "lengthIndicator");
        in.u8("code");
        in.expect(in.u8("eot"), END_OF_TSDU, 1, "eot");
        return in;
    }

    /** A frame of its own around {@code body}; the caller owns the buffer. */
    public static ByteBuf wrap(ByteBufAllocator allocator, Pdu body) {
        ByteBuf frame = allocator.buffer();
        try {
            encode(new WireWriter(frame), body);
            return frame;
        } catch (RuntimeException e) {
            frame.release();
            throw e;
        }
    }

    /** Appends a frame around {@code body}. */
    public static void encode(WireWriter out, Pdu body) {
        int start = Tpkt.begin(out);
        out.u8(LENGTH_INDICATOR).u8(CODE).u8(END_OF_TSDU).pdu(body);
        Tpkt.finish(out, start);
    }

    /** The error for a frame that is not TPKT at all, which says what it looks like. */
    static WireException notTpkt(String pdu, ByteBuf frame, String section) {
        return new WireException(
                pdu, "tpktHeader.version", 0, LooksLike.of(frame), "a TPKT header of version 3", section);
    }
}
