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
 * GCC Conference Create Request, the user data of the MCS connect initial (T.124 8.7, MS-RDPBCGR 2.2.1.3).
 *
 * @param blocks in the order of the wire
 * @param otherHeader the octets in front of the blocks as received, where the peer wrote them otherwise; else empty
 */
public record ConferenceCreateRequest(List<ClientDataBlock> blocks, Bytes otherHeader) implements Pdu {
    private static final String SECTION = "MS-RDPBCGR 2.2.1.3";
    private static final String H221_KEY = "Duca";
    private static final int CHOICE = 0x00;
    private static final int USER_DATA_PRESENT = 0x08;
    private static final int CONFERENCE_NAME = 0x10; // the digit 1, in the first four bits
    private static final int FIXED = 8 /* from choice to the length of the key */ + 4 /* key */;

    public ConferenceCreateRequest {
        blocks = List.copyOf(blocks);
    }

    public ConferenceCreateRequest(List<ClientDataBlock> blocks) {
        this(blocks, Bytes.EMPTY);
    }

    /** The first block of a type. */
    public <T extends ClientDataBlock> Optional<T> find(Class<T> type) {
        return blocks.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    /** Decodes the user data of an MCS connect initial; offsets in errors count from its first octet. */
    public static ConferenceCreateRequest decode(Bytes userData) {
        return decode(WireReader.of(userData, "ConferenceCreateRequest", SECTION));
    }

    /**
     * The same, with errors that say where in the frame they are.
     *
     * @param offset octets of the frame in front of the user data, which is the last field of the MCS connect PDU
     */
    public static ConferenceCreateRequest decode(Bytes userData, int offset) {
        return decode(WireReader.of(userData, offset, "ConferenceCreateRequest", SECTION));
    }

    /** Decodes all that {@code in} holds. */
    public static ConferenceCreateRequest decode(WireReader in) {
        int start = in.offset();
        GccHeader.readT124Key(in);
        int length = Per.length(in, "connectPDU.length");
        in.check(length == in.remaining(), "connectPDU.length", length, in.remaining() + ", what follows");
        in.expect(in.u8("connectGCCPDU"), CHOICE, 1, "connectGCCPDU");
        in.expect(in.u8("options"), USER_DATA_PRESENT, 1, "options");
        int digits = in.u8("conferenceName.length") + 1; // 1 to 255, four bits each
        in.bytes((digits + 1) / 2, "conferenceName");
        in.u8("conferenceFlags");
        GccHeader.readUserData(in, H221_KEY);
        int size = in.remaining();
        Bytes otherHeader = in.otherForm(start, out -> encodeHeader(out, size));
        List<ClientDataBlock> blocks = new ArrayList<>();
        while (in.hasRemaining()) {
            blocks.add(ClientDataBlock.decode(in));
        }
        return new ConferenceCreateRequest(blocks, otherHeader);
    }

    /** The octets for {@code ConnectInitial.userData}. */
    public Bytes toUserData() {
        return Bytes.of(toByteArray());
    }

    @Override
    public void encode(WireWriter out) {
        byte[] body = WireWriter.toByteArray(data -> blocks.forEach(data::pdu));
        if (otherHeader.isEmpty()) {
            encodeHeader(out, body.length);
        } else {
            out.bytes(otherHeader);
        }
        out.bytes(body);
    }

    private static void encodeHeader(WireWriter out, int size) {
        out.bytes(GccHeader.T124_KEY);
        Per.longLength(out, FIXED + 2 + size);
        out.u8(CHOICE).u8(USER_DATA_PRESENT).u8(0).u8(CONFERENCE_NAME).u8(0);
        out.u8(1).u8(0xC0).u8(0).bytes(Bytes.ascii(H221_KEY));
        Per.longLength(out, size);
    }
}
