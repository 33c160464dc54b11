package porthole.protocol.x224;

import io.netty.buffer.ByteBuf;
import java.util.Map;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.FieldListener;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * X.224 Disconnect Request TPDU, as a whole frame (X.224 13.5): RDP has no use for it, but hosts and load balancers refuse
 * connections with it.
 *
 * @param reason 0 to 255
 * @param variablePart additional information, which may be empty
 */
public record DisconnectRequest(int dstRef, int srcRef, int reason, Bytes variablePart) implements Pdu {
    static final String SECTION = "X.224 13.5";

    private static final Map<Integer, String> MEANINGS = Map.ofEntries(
            Map.entry(0, "no reason is given"),
            Map.entry(1, "there is congestion at the access point"),
            Map.entry(2, "nothing is attached to the access point"),
            Map.entry(3, "the address is unknown"),
            Map.entry(128, "the other side ended the connection in the normal way"),
            Map.entry(129, "there was congestion when the connection was requested"),
            Map.entry(130, "the negotiation failed"),
            Map.entry(131, "the source reference is in use already"),
            Map.entry(132, "the references do not match"),
            Map.entry(133, "the other side found a protocol error"),
            Map.entry(135, "there are no references left"),
            Map.entry(136, "connections are refused on this network connection"),
            Map.entry(138, "a header or parameter has an invalid length"));

    public DisconnectRequest(int reason) {
        this(0, 0, reason, Bytes.EMPTY);
    }

    /** Whether a whole frame holds this TPDU; the frame is borrowed. */
    public static boolean isIn(ByteBuf frame) {
        int code = frame.readerIndex() + Tpkt.HEADER_SIZE + 1;
        return frame.writerIndex() > code && frame.getUnsignedByte(code) == TpduCode.DISCONNECT_REQUEST;
    }

    /** Decodes one whole frame, which is borrowed; the listener may be null. */
    public static DisconnectRequest decode(ByteBuf frame, FieldListener listener) {
        return decode(TpduHeader.open("DisconnectRequest", frame, SECTION, listener));
    }

    /** Decodes the frame that {@code in} holds. */
    public static DisconnectRequest decode(WireReader in) {
        TpduHeader header =
                TpduHeader.read(in, TpduCode.DISCONNECT_REQUEST, "reason", "a disconnect request TPDU (DR)");
        return new DisconnectRequest(header.dstRef(), header.srcRef(), header.last(), in.rest("variablePart"));
    }

    /** One clause. */
    public String meaning() {
        return MEANINGS.getOrDefault(reason, "the reason is not one of X.224");
    }

    /** Appends the whole frame. */
    @Override
    public void encode(WireWriter out) {
        new TpduHeader(dstRef, srcRef, reason)
                .encode(out, TpduCode.DISCONNECT_REQUEST, body -> body.bytes(variablePart));
    }
}
