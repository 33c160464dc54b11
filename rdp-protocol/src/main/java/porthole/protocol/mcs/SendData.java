package porthole.protocol.mcs;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.Per;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;
import porthole.protocol.x224.X224Data;

/**
 * A send data request or indication, read and written without a copy of its user data (T.125 7).
 *
 * @param isIndication whether the host sent it
 * @param initiator 1001 to 65535
 * @param channelId 0 to 65535
 * @param flags the octet of dataPriority and segmentation
 * @param longLength whether the length has two octets although one would do
 * @param userData borrowed, like the reader that it came from
 */
public record SendData(
        boolean isIndication, int initiator, int channelId, int flags, boolean longLength, WireReader userData) {
    /** High data priority, and both the first and the last segment; all that RDP ever sends. */
    public static final int FLAGS = 0x70;

    /** The most octets of user data in one PDU. */
    public static final int MAX_USER_DATA = Per.MAX_LENGTH;

    static final int REQUEST = 25 << 2;
    static final int INDICATION = 26 << 2;

    /** Whether a send data PDU follows; anything else is for {@link DomainPdu#decode}. */
    public static boolean follows(WireReader in) {
        int choice = in.peekU8("choice");
        return choice == REQUEST || choice == INDICATION;
    }

    /** Reads the PDU of either direction that the body of an X.224 data TPDU must consist of. */
    public static SendData read(WireReader in) {
        return read(in, in.peekU8("choice") == INDICATION ? INDICATION : REQUEST);
    }

    static SendData read(WireReader frame, int choice) {
        boolean indication = choice == INDICATION;
        WireReader in = indication
                ? frame.renamed("SendDataIndication", "T.125 7 SendDataIndication")
                : frame.renamed("SendDataRequest", "T.125 7 SendDataRequest");
        in.expect(in.u8("choice"), choice, 1, "choice");
        int initiator = userId(in, "initiator");
        int channelId = in.u16be("channelId");
        int flags = in.u8("dataPriority");
        boolean twoOctets = in.peekU8("userData.length") >= 0x80;
        int length = Per.length(in, "userData.length");
        if (length != in.remaining()) {
            in.check(
                    false,
                    twoOctets ? 2 : 1,
                    "userData.length",
                    length,
                    "the " + in.remaining() + " octets that the frame still holds");
        }
        boolean longLength = twoOctets && length < 0x80;
        return new SendData(indication, initiator, channelId, flags, longLength, in.sub(length, "userData"));
    }

    /** A whole frame from the client to the host; the caller owns the buffer. */
    public static ByteBuf request(ByteBufAllocator allocator, int initiator, int channelId, Pdu body) {
        return frame(allocator, REQUEST, initiator, channelId, body);
    }

    /** A whole frame from the host to the client; the caller owns the buffer. */
    public static ByteBuf indication(ByteBufAllocator allocator, int initiator, int channelId, Pdu body) {
        return frame(allocator, INDICATION, initiator, channelId, body);
    }

    private static ByteBuf frame(ByteBufAllocator allocator, int choice, int initiator, int channelId, Pdu body) {
        return X224Data.wrap(allocator, out -> {
            head(out, choice, initiator, channelId, FLAGS);
            int length = out.position();
            out.u16be(0).pdu(body);
            int octets = out.position() - length - 2;
            check(octets);
            out.patchU16be(length, 0x8000 | octets);
        });
    }

    static void encode(
            WireWriter out, int choice, int initiator, int channelId, int flags, boolean longLength, Bytes userData) {
        check(userData.size());
        head(out, choice, initiator, channelId, flags);
        if (longLength) {
            Per.longLength(out, userData.size());
        } else {
            Per.length(out, userData.size());
        }
        out.bytes(userData);
    }

    private static void head(WireWriter out, int choice, int initiator, int channelId, int flags) {
        out.u8(choice)
                .u16be(initiator - DomainPdu.USER_ID_BASE)
                .u16be(channelId)
                .u8(flags);
    }

    private static void check(int octets) {
        if (octets > MAX_USER_DATA) {
            throw new IllegalArgumentException(octets + " octets of user data, at most " + MAX_USER_DATA + " fit");
        }
    }

    /** A user id, 1001 to 65535, that PER writes as the distance to 1001. */
    static int userId(WireReader in, String field) {
        int id = in.u16be(field) + DomainPdu.USER_ID_BASE;
        in.check(id <= 0xFFFF, 2, field, id, "a user id of 1001 to 65535");
        return id;
    }
}
