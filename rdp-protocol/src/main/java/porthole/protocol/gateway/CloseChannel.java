package porthole.protocol.gateway;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireWriter;

/**
 * HTTP_CLOSE_PACKET of type PKT_TYPE_CLOSE_CHANNEL (MS-TSGU 2.2.10.23): the channel ends.
 *
 * @param statusCode see {@link GatewayCode}
 */
public record CloseChannel(long statusCode, Bytes otherForm) implements HttpPacket {
    public static CloseChannel of(long statusCode) {
        return new CloseChannel(statusCode, Bytes.EMPTY);
    }

    static CloseChannel decode(PacketReader packet) {
        CloseChannel plain = of(packet.in().u32le("statusCode"));
        return new CloseChannel(plain.statusCode, packet.otherForm(plain));
    }

    @Override
    public int packetType() {
        return CLOSE_CHANNEL;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u32le(statusCode);
    }
}
