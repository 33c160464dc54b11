package porthole.transport.nla;

import io.netty.buffer.ByteBuf;
import porthole.protocol.credssp.NtStatus;
import porthole.protocol.credssp.TsRequest;
import porthole.protocol.failure.Refused;
import porthole.protocol.failure.SequenceException;
import porthole.protocol.failure.Stage;
import porthole.protocol.wire.Framing;
import porthole.protocol.wire.WireReader;
import porthole.protocol.x224.SecurityProtocols;
import porthole.transport.Facts;

/**
 * A host's no after CredSSP: under PROTOCOL_HYBRID the logon with the delegated credentials is tried when the client has
 * gone on already, so that a TSRequest with an error comes where MCS is expected (MS-CSSP 3.1.5).
 */
public final class LateRefusal {
    private static final int TS_REQUEST = 0x30;
    private static final int LARGEST = 1024;
    private static final Framing DER = Framing.der(LARGEST);

    private LateRefusal() {}

    /** TPKT frames, and where CredSSP went before a TSRequest in their place. */
    public static Framing framing(Facts facts) {
        return in -> isHere(facts, in) ? DER.frameLength(in) : Framing.tpkt(in);
    }

    /** Throws what the host says where {@code frame} is no TPKT but a TSRequest. */
    public static void check(Facts facts, ByteBuf frame) {
        if (!isHere(facts, frame)) {
            return;
        }
        TsRequest request = TsRequest.decode(WireReader.of(frame, "TsRequest", "MS-CSSP 2.2.1"));
        if (request.errorCode().orElse(0) == 0) {
            throw new SequenceException("one more TSRequest", "an MCS Connect Response PDU", "MS-CSSP 3.1.5");
        }
        throw of(NtStatus.of(request.errorCode().getAsLong())).in(Stage.AUTHENTICATION);
    }

    private static boolean isHere(Facts facts, ByteBuf in) {
        return facts.selectedProtocol().equals(SecurityProtocols.HYBRID) && startsTsRequest(in);
    }

    static boolean startsTsRequest(ByteBuf in) {
        return in.isReadable() && in.getUnsignedByte(in.readerIndex()) == TS_REQUEST;
    }

    static Refused of(NtStatus status) {
        return new Refused(
                status.cause(),
                "TSRequest.errorCode",
                status.code(),
                status.name(),
                status.meaning(),
                status.remedy(),
                "MS-CSSP 2.2.1");
    }
}
