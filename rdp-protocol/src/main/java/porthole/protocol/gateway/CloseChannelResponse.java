package porthole.protocol.gateway;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireWriter;

/**
 * HTTP_CLOSE_PACKET of type PKT_TYPE_CLOSE_CHANNEL_RESPONSE (MS-TSGU 2.2.10.23): the other side has ended the channel, too.
 *
 * @param statusCode see {@link GatewayCode}
 */
public record CloseChannelResponse(long statusCode, Bytes otherForm) implements HttpPacket {
    public static CloseChannelResponse of(long statusCode) {
        return new CloseChannelResponse(statusCode, Bytes.EMPTY);
    }

    static CloseChannelResponse decode(PacketReader packet) {
        CloseChannelResponse plain = of(packet.in().u32le("statusCode"));
        return new CloseChannelResponse(plain.statusCode, packet.otherForm(plain));
    }

    @Override
    public int packetType() {
        return CLOSE_CHANNEL_RESPONSE;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u32le(statusCode);
    }
}
