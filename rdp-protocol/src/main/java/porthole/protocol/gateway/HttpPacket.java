package porthole.protocol.gateway;

import io.netty.buffer.ByteBuf;
import porthole.protocol.failure.WireException;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Framing;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * One packet between client and RD Gateway, its HTTP_PACKET_HEADER included (MS-TSGU 2.2.10.9).
 *
 * <p>A packet whose reserved or unknown parts are in use keeps itself as a whole in {@code otherForm}.
 */
public sealed interface HttpPacket extends Pdu
        permits HandshakeRequest,
                HandshakeResponse,
                ExtendedAuth,
                TunnelCreate,
                TunnelResponse,
                TunnelAuth,
                TunnelAuthResponse,
                ChannelCreate,
                ChannelResponse,
                GatewayData,
                ServiceMessage,
                ReauthMessage,
                Keepalive,
                CloseChannel,
                CloseChannelResponse,
                UnknownPacket {
    /** packetType values (MS-TSGU 2.2.5.3.3). */
    int HANDSHAKE_REQUEST = 0x1;

    int HANDSHAKE_RESPONSE = 0x2;
    int EXTENDED_AUTH_MSG = 0x3;
    int TUNNEL_CREATE = 0x4;
    int TUNNEL_RESPONSE = 0x5;
    int TUNNEL_AUTH = 0x6;
    int TUNNEL_AUTH_RESPONSE = 0x7;
    int CHANNEL_CREATE = 0x8;
    int CHANNEL_RESPONSE = 0x9;
    int DATA = 0xA;
    int SERVICE_MESSAGE = 0xB;
    int REAUTH_MESSAGE = 0xC;
    int KEEPALIVE = 0xD;
    int CLOSE_CHANNEL = 0x10;
    int CLOSE_CHANNEL_RESPONSE = 0x11;

    /** Octets of the header. */
    int HEADER = 8;

    /** The longest packet that is read: one of two full blobs and a little more. */
    int MAXIMUM = 0x20100;

    String SECTION = "MS-TSGU 2.2.10.9";

    int packetType();

    /** The packet as it came where it has more or another form than its fields write; else empty. */
    Bytes otherForm();

    /** Reads one packet, which is all that {@code in} has. */
    static HttpPacket decode(WireReader in) {
        int begin = in.offset();
        int length = in.remaining();
        int type = in.u16le("packetType");
        in.u16le("reserved");
        long packetLength = in.u32le("packetLength");
        in.check(packetLength == length, 4, "packetLength", packetLength, "the packet's length, " + length);
        PacketReader body = new PacketReader(in, begin);
        return switch (type) {
            case HANDSHAKE_REQUEST -> HandshakeRequest.decode(body);
            case HANDSHAKE_RESPONSE -> HandshakeResponse.decode(body);
            case EXTENDED_AUTH_MSG -> ExtendedAuth.decode(body);
            case TUNNEL_CREATE -> TunnelCreate.decode(body);
            case TUNNEL_RESPONSE -> TunnelResponse.decode(body);
            case TUNNEL_AUTH -> TunnelAuth.decode(body);
            case TUNNEL_AUTH_RESPONSE -> TunnelAuthResponse.decode(body);
            case CHANNEL_CREATE -> ChannelCreate.decode(body);
            case CHANNEL_RESPONSE -> ChannelResponse.decode(body);
            case DATA -> GatewayData.decode(body);
            case SERVICE_MESSAGE -> ServiceMessage.decode(body);
            case REAUTH_MESSAGE -> ReauthMessage.decode(body);
            case KEEPALIVE -> Keepalive.decode(body);
            case CLOSE_CHANNEL -> CloseChannel.decode(body);
            case CLOSE_CHANNEL_RESPONSE -> CloseChannelResponse.decode(body);
            default -> UnknownPacket.decode(body, type);
        };
    }

    /** The length of the packet at the reader index, or {@link Framing#MORE}. */
    static int frameLength(ByteBuf in) {
        if (in.readableBytes() < HEADER) {
            return Framing.MORE;
        }
        long length = in.getUnsignedIntLE(in.readerIndex() + 4);
        if (length < HEADER || length > MAXIMUM) {
            throw new WireException(
                    "HttpPacket",
                    "packetLength",
                    4,
                    length + " octets",
                    HEADER + " to " + MAXIMUM + " octets",
                    SECTION);
        }
        return (int) length;
    }

    /** Writes the fields of this packet's own type, behind the header. */
    void encodeBody(WireWriter out);

    @Override
    default void encode(WireWriter out) {
        if (!otherForm().isEmpty()) {
            out.bytes(otherForm());
            return;
        }
        int begin = out.position();
        out.u16le(packetType()).u16le(0).u32le(0);
        encodeBody(out);
        out.patchU32le(begin + 4, out.position() - begin);
    }

    /** UTF-16 text without the terminator that some senders add. */
    static String text(String onTheWire) {
        int end = onTheWire.indexOf('\0');
        return end < 0 ? onTheWire : onTheWire.substring(0, end);
    }
}
