package porthole.protocol.multitransport;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * MS-RDPBCGR 2.2.15.1 Server Initiate Multitransport Request, behind a security header with {@code SEC_TRANSPORT_REQ}.
 *
 * @param requestId to be sent back, also within the side channel
 * @param requestedProtocol {@link #INITIATE_REQUEST_PROTOCOL_UDPFECR} or {@link #INITIATE_REQUEST_PROTOCOL_UDPFECL}
 * @param securityCookie 16 octets, a secret
 */
public record InitiateMultitransportRequest(
        long requestId, int requestedProtocol, int reserved, Bytes securityCookie, Bytes trailing) implements Pdu {
    /** Reliable UDP. */
    public static final int INITIATE_REQUEST_PROTOCOL_UDPFECR = 1;
    /** Lossy UDP. */
    public static final int INITIATE_REQUEST_PROTOCOL_UDPFECL = 2;

    public InitiateMultitransportRequest {
        if (securityCookie.size() != 16) {
            throw new IllegalArgumentException("securityCookie takes 16 octets, not " + securityCookie.size());
        }
    }

    public static InitiateMultitransportRequest of(long requestId, int requestedProtocol, Bytes securityCookie) {
        return new InitiateMultitransportRequest(requestId, requestedProtocol, 0, securityCookie, Bytes.EMPTY);
    }

    /** Reads what follows the security header. */
    public static InitiateMultitransportRequest decode(WireReader in) {
        return new InitiateMultitransportRequest(
                in.u32le("requestId"),
                in.u16le("requestedProtocol"),
                in.u16le("reserved"),
                in.bytes(16, "securityCookie"),
                in.rest("trailing"));
    }

    @Override
    public void encode(WireWriter out) {
        out.u32le(requestId)
                .u16le(requestedProtocol)
                .u16le(reserved)
                .bytes(securityCookie)
                .bytes(trailing);
    }

    /** Without the cookie. */
    @Override
    public String toString() {
        return "InitiateMultitransportRequest[requestId=" + requestId + ", requestedProtocol=" + requestedProtocol
                + ", reserved=" + reserved + ", securityCookie=(redacted), trailing=" + trailing + "]";
    }
}
