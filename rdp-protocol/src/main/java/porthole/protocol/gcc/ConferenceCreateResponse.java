package porthole.protocol.gcc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.Per;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * GCC Conference Create Response, the user data of the MCS connect response (T.124 8.7, MS-RDPBCGR 2.2.1.4).
 *
 * @param nodeId 1001 to 65535; nobody uses it
 * @param tag nobody uses it either
 * @param result 0 for success, to 7; see {@link #resultName}
 * @param blocks in the order of the wire
 * @param otherHeader the octets in front of the blocks as received, where the peer wrote them otherwise; else empty
 */
public record ConferenceCreateResponse(int nodeId, int tag, int result, List<ServerDataBlock> blocks, Bytes otherHeader)
        implements Pdu {
    private static final String SECTION = "MS-RDPBCGR 2.2.1.4";
    private static final String H221_KEY = "McDn";
    private static final List<String> RESULTS = List.of(
            "success",
            "userRejected",
            "resourcesNotAvailable",
            "rejectedForSymmetryBreaking",
            "lockedConferenceNotSupported");
    private static final int CHOICE = 0x14;
    private static final int NODE_ID_BASE = 1001;
    private static final int CONNECT_PDU_LENGTH = 0x2A; // what every host says, whatever follows; clients ignore it

    public ConferenceCreateResponse {
        blocks = List.copyOf(blocks);
    }

    /** A success with the numbers of every known host. */
    public ConferenceCreateResponse(List<ServerDataBlock> blocks) {
        this(0x760A + NODE_ID_BASE, 1, 0, blocks, Bytes.EMPTY);
    }

    /** The result in T.124 8.7, or {@code unknown}. */
    public String resultName() {
        return result >= 0 && result < RESULTS.size() ? RESULTS.get(result) : "unknown";
    }

    /** The first block of a type. */
    public <T extends ServerDataBlock> Optional<T> find(Class<T> type) {
        return blocks.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    /** Decodes the user data of an MCS connect response; offsets in errors count from its first octet. */
    public static ConferenceCreateResponse decode(Bytes userData) {
        return decode(WireReader.of(userData, "ConferenceCreateResponse", SECTION));
    }

    /**
     * The same, with errors that say where in the frame they are.
     *
     * @param offset octets of the frame in front of the user data, which is the last field of the MCS connect PDU
     */
    public static ConferenceCreateResponse decode(Bytes userData, int offset) {
        return decode(WireReader.of(userData, offset, "ConferenceCreateResponse", SECTION));
    }

    /** Decodes all that {@code in} holds. */
    public static ConferenceCreateResponse decode(WireReader in) {
        int start = in.offset();
        GccHeader.readT124Key(in);
        Per.length(in, "connectPDU.length");
        in.expect(in.u8("connectGCCPDU"), CHOICE, 1, "connectGCCPDU");
        int nodeId = in.u16be("nodeID") + NODE_ID_BASE;
        int tag = Per.unsigned(in, "tag");
        int result = in.u8("result") >> 4 & 7; // behind the extension bit
        GccHeader.readUserData(in, H221_KEY);
        int size = in.remaining();
        Bytes otherHeader = in.otherForm(start, out -> encodeHeader(out, nodeId, tag, result, size));
        List<ServerDataBlock> blocks = new ArrayList<>();
        while (in.hasRemaining()) {
            blocks.add(ServerDataBlock.decode(in));
        }
        return new ConferenceCreateResponse(nodeId, tag, result, blocks, otherHeader);
    }

    /** The octets for {@code ConnectResponse.userData}. */
    public Bytes toUserData() {
        return Bytes.of(toByteArray());
    }

    @Override
    public void encode(WireWriter out) {
        byte[] body = WireWriter.toByteArray(data -> blocks.forEach(data::pdu));
        if (otherHeader.isEmpty()) {
            encodeHeader(out, nodeId, tag, result, body.length);
        } else {
            out.bytes(otherHeader);
        }
        out.bytes(body);
    }

    private static void encodeHeader(WireWriter out, int nodeId, int tag, int result, int size) {
        out.bytes(GccHeader.T124_KEY).u8(CONNECT_PDU_LENGTH).u8(CHOICE).u16be(nodeId - NODE_ID_BASE);
        Per.unsigned(out, tag);
        out.u8(result << 4).u8(1).u8(0xC0).u8(0).bytes(Bytes.ascii(H221_KEY));
        Per.length(out, size);
    }
}
