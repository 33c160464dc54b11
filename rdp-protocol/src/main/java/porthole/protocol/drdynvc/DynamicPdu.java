package porthole.protocol.drdynvc;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * A message of the static channel {@code drdynvc}. MS-RDPEDYC 2.2.
 *
 * <p>Requests and responses of Cmd 1 and 5 look alike, so who sent a message has to be known. Header bits that mean
 * nothing are kept.
 */
public sealed interface DynamicPdu extends Pdu
        permits CapabilitiesRequest,
                CapabilitiesResponse,
                CreateRequest,
                CreateResponse,
                DataFirst,
                Data,
                Close,
                SoftSyncRequest,
                SoftSyncResponse,
                DynamicPdu.Unknown {
    int CREATE = 0x1;
    int DATA_FIRST = 0x2;
    int DATA = 0x3;
    int CLOSE = 0x4;
    int CAPABILITIES = 0x5;
    int DATA_FIRST_COMPRESSED = 0x6;
    int DATA_COMPRESSED = 0x7;
    int SOFT_SYNC_REQUEST = 0x8;
    int SOFT_SYNC_RESPONSE = 0x9;

    /** The name of the static channel. */
    String CHANNEL_NAME = "drdynvc";

    String SECTION = "MS-RDPEDYC 2.2";

    /** Reads a whole message that the server sent. */
    static DynamicPdu decodeFromServer(WireReader in) {
        int header = in.u8("header");
        return switch (header >>> 4) {
            case CREATE -> CreateRequest.decode(header, in);
            case CAPABILITIES -> CapabilitiesRequest.decode(header, in);
            default -> decode(header, in);
        };
    }

    /** Reads a whole message that the client sent. */
    static DynamicPdu decodeFromClient(WireReader in) {
        int header = in.u8("header");
        return switch (header >>> 4) {
            case CREATE -> CreateResponse.decode(header, in);
            case CAPABILITIES -> CapabilitiesResponse.decode(header, in);
            default -> decode(header, in);
        };
    }

    private static DynamicPdu decode(int header, WireReader in) {
        return switch (header >>> 4) {
            case DATA_FIRST, DATA_FIRST_COMPRESSED -> DataFirst.decode(header, in);
            case DATA, DATA_COMPRESSED -> Data.decode(header, in);
            case CLOSE -> Close.decode(header, in);
            case SOFT_SYNC_REQUEST -> SoftSyncRequest.decode(header, in);
            case SOFT_SYNC_RESPONSE -> SoftSyncResponse.decode(header, in);
            default -> new Unknown(header, in.rest("optionalFields"));
        };
    }

    /** The low two bits of a header. */
    static int cbId(int header) {
        return header & 3;
    }

    /** The two bits above them: Sp, Len or Pri. */
    static int sp(int header) {
        return header >>> 2 & 3;
    }

    static int header(int cmd, int sp, int cbId) {
        return cmd << 4 | sp << 2 | cbId;
    }

    /** A message of a Cmd that nobody knows. */
    record Unknown(int header, Bytes optionalFields) implements DynamicPdu {
        @Override
        public void encode(WireWriter out) {
            out.u8(header).bytes(optionalFields);
        }
    }
}
