package porthole.protocol.x224;

import io.netty.buffer.ByteBuf;
import porthole.protocol.wire.FieldListener;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * What X.224 connection request, connection confirm and disconnect request begin with, TPKT included (X.224 13.3 to
 * 13.5).
 *
 * @param last class and options, or the reason of a disconnect request
 */
record TpduHeader(int dstRef, int srcRef, int last) {
    private static final int MAX_LENGTH_INDICATOR = 254;

    /** A reader over a whole frame; one that is not TPKT is refused with a guess at what it is. */
    static WireReader open(String pdu, ByteBuf frame, String section, FieldListener listener) {
        if (frame.isReadable() && frame.getByte(frame.readerIndex()) != Tpkt.VERSION) {
            throw X224Data.notTpkt(pdu, frame, section);
        }
        return WireReader.of(frame, pdu, section, listener);
    }

    static TpduHeader read(WireReader in, int code, String last, String rule) {
        Tpkt.read(in);
        int lengthIndicator = in.u8("x224.lengthIndicator");
        int seen = in.peekU8("x224.code");
        in.check(seen == code, "x224.code", TpduCode.describe(seen), rule);
        in.check(
                lengthIndicator == in.remaining(),
                1,
                "x224.lengthIndicator",
                lengthIndicator,
                "the " + in.remaining() + " octets that follow it");
        in.u8("x224.code");
        return new TpduHeader(in.u16be("x224.dstRef"), in.u16be("x224.srcRef"), in.u8("x224." + last));
    }

    void encode(WireWriter out, int code, Pdu variablePart) {
        int start = Tpkt.begin(out);
        int lengthIndicator = out.position();
        out.u8(0).u8(code).u16be(dstRef).u16be(srcRef).u8(last).pdu(variablePart);
        int length = out.position() - lengthIndicator - 1;
        if (length > MAX_LENGTH_INDICATOR) {
            throw new IllegalArgumentException(
                    "cookie or routing token too long: the TPDU has " + length + " octets, at most 254 fit");
        }
        out.patchU8(lengthIndicator, length);
        Tpkt.finish(out, start);
    }
}
