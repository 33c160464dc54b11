package porthole.host.fault;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import porthole.protocol.mcs.DisconnectProviderUltimatum;
import porthole.protocol.mcs.SendData;
import porthole.protocol.security.BasicSecurityHeader;
import porthole.protocol.share.DataPdu;
import porthole.protocol.share.DeactivateAllPdu;
import porthole.protocol.share.SetErrorInfoPdu;
import porthole.protocol.share.ShareDataBody;
import porthole.protocol.wire.Ber;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireWriter;
import porthole.protocol.x224.X224Data;

/** Whole frames as a host sends them, and what can be done to their octets. */
public final class Frames {
    /** The MCS channel of share PDUs, as every host numbers it. */
    public static final int IO_CHANNEL = 1003;

    /** The host's own MCS user, which is the source of its PDUs. */
    public static final int SERVER_USER = 1002;

    /** The share of the first activation; further ones count up in the upper half. */
    public static final long FIRST_SHARE = 0x0001_0000L | SERVER_USER;

    private static final int TPKT_LENGTH_AT = 2;

    private Frames() {}

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] hex(String octets) {
        return Bytes.hex(octets).toArray();
    }

    static byte[] join(byte[]... parts) {
        byte[] whole = new byte[Arrays.stream(parts).mapToInt(p -> p.length).sum()];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, whole, at, part.length);
            at += part.length;
        }
        return whole;
    }

    /** An MCS PDU in its frame. */
    static byte[] mcs(Pdu pdu) {
        return array(X224Data.wrap(UnpooledByteBufAllocator.DEFAULT, pdu));
    }

    /** A message on any channel. */
    static byte[] onChannel(int channelId, Pdu body) {
        return array(SendData.indication(UnpooledByteBufAllocator.DEFAULT, SERVER_USER, channelId, body));
    }

    /** A message on the I/O channel. */
    static byte[] onIo(Pdu body) {
        return onChannel(IO_CHANNEL, body);
    }

    /** A share data PDU of the first activation. */
    static byte[] share(ShareDataBody body) {
        return onIo(DataPdu.of(SERVER_USER, FIRST_SHARE, body));
    }

    static byte[] deactivate() {
        return onIo(DeactivateAllPdu.of(SERVER_USER, FIRST_SHARE));
    }

    static byte[] disconnect(int reason) {
        return mcs(new DisconnectProviderUltimatum(reason));
    }

    static byte[] errorInfo(long code) {
        return share(SetErrorInfoPdu.of(code));
    }

    /** A licensing message behind its security header. */
    static byte[] license(Pdu message) {
        return onIo(BasicSecurityHeader.of(BasicSecurityHeader.SEC_LICENSE_PKT).before(message));
    }

    private static byte[] array(ByteBuf frame) {
        try {
            return ByteBufUtil.getBytes(frame);
        } finally {
            frame.release();
        }
    }

    /** The same with another TPKT length. */
    static byte[] tpktLength(byte[] frame, int length) {
        frame[TPKT_LENGTH_AT] = (byte) (length >> 8);
        frame[TPKT_LENGTH_AT + 1] = (byte) length;
        return frame;
    }

    /** A DER sequence with other contents. */
    static byte[] der(byte[] contents) {
        return join(derHeader(contents.length), contents);
    }

    /** The header of a DER sequence that says this length. */
    static byte[] derHeader(int length) {
        return WireWriter.toByteArray(out -> Ber.header(out, Ber.SEQUENCE, length));
    }

    /** What is inside of a DER element. */
    static byte[] derContents(byte[] element) {
        int length = element[1] & 0xFF;
        return Arrays.copyOfRange(element, length < 0x80 ? 2 : 2 + (length & 0x7F), element.length);
    }

    /** The same with one octet changed; a negative index counts from the end. */
    static byte[] octet(byte[] frame, int index, int value) {
        frame[index < 0 ? frame.length + index : index] = (byte) value;
        return frame;
    }

    /** Where {@code pattern} begins in {@code frame}; it has to be there. */
    static int find(byte[] frame, byte[] pattern) {
        for (int at = 0; at + pattern.length <= frame.length; at++) {
            if (Arrays.equals(frame, at, at + pattern.length, pattern, 0, pattern.length)) {
                return at;
            }
        }
        throw new IllegalStateException("the message that a fault changes does not look as it was meant to");
    }
}
