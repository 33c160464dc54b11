package porthole.protocol.multitransport;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * MS-RDPBCGR 2.2.15.2 Client Initiate Multitransport Response, behind a security header with {@code SEC_TRANSPORT_RSP}.
 *
 * @param hrResponse an HRESULT, unsigned
 */
public record InitiateMultitransportResponse(long requestId, long hrResponse, Bytes trailing) implements Pdu {
    public static final long S_OK = 0;
    /** The client does not want the side channel, or could not set it up. */
    public static final long E_ABORT = 0x80004004L;

    public static InitiateMultitransportResponse of(long requestId, long hrResponse) {
        return new InitiateMultitransportResponse(requestId, hrResponse, Bytes.EMPTY);
    }

    /** Reads what follows the security header. */
    public static InitiateMultitransportResponse decode(WireReader in) {
        return new InitiateMultitransportResponse(in.u32le("requestId"), in.u32le("hrResponse"), in.rest("trailing"));
    }

    @Override
    public void encode(WireWriter out) {
        out.u32le(requestId).u32le(hrResponse).bytes(trailing);
    }
}
