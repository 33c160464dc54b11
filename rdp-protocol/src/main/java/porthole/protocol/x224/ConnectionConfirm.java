package porthole.protocol.x224;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.FieldListener;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * Server X.224 Connection Confirm PDU, as a whole frame (MS-RDPBCGR 2.2.1.2).
 *
 * @param dstRef destination reference, 0
 * @param srcRef source reference; Windows and xrdp send 0x1234
 * @param classOption class and options, 0
 * @param negotiation absent where the request had none, or where the host knows only standard RDP security
 * @param trailing octets behind the last known structure
 */
public record ConnectionConfirm(
        int dstRef, int srcRef, int classOption, Optional<Negotiation> negotiation, Bytes trailing) implements Pdu {
    static final String SECTION = "MS-RDPBCGR 2.2.1.2";

    /** An answer of a host. */
    public static ConnectionConfirm of(Negotiation negotiation) {
        return new ConnectionConfirm(0, 0, 0, Optional.of(negotiation), Bytes.EMPTY);
    }

    /** The answer of a host to a request without negotiation. */
    public static ConnectionConfirm withoutNegotiation() {
        return new ConnectionConfirm(0, 0, 0, Optional.empty(), Bytes.EMPTY);
    }

    /** Decodes one whole frame, which is borrowed; the listener may be null. */
    public static ConnectionConfirm decode(ByteBuf frame, FieldListener listener) {
        return decode(TpduHeader.open("ConnectionConfirm", frame, SECTION, listener));
    }

    /** Decodes the frame that {@code in} holds. */
    public static ConnectionConfirm decode(WireReader in) {
        TpduHeader header =
                TpduHeader.read(in, TpduCode.CONNECTION_CONFIRM, "classOption", "a connection confirm TPDU (CC)");
        Optional<Negotiation> negotiation = in.hasRemaining()
                ? Optional.of(in.within("negotiation", SECTION, Negotiation::decode))
                : Optional.empty();
        return new ConnectionConfirm(header.dstRef(), header.srcRef(), header.last(), negotiation, in.rest("trailing"));
    }

    /** Appends the whole frame. */
    @Override
    public void encode(WireWriter out) {
        new TpduHeader(dstRef, srcRef, classOption).encode(out, TpduCode.CONNECTION_CONFIRM, body -> {
            negotiation.ifPresent(body::pdu);
            body.bytes(trailing);
        });
    }
}
