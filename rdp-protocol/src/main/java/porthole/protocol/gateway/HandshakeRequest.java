package porthole.protocol.gateway;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * HTTP_HANDSHAKE_REQUEST_PACKET (MS-TSGU 2.2.10.10).
 *
 * @param clientVersion zero
 * @param extendedAuth bits of {@link GatewayFlags}: how the client signs in inside the tunnel
 */
public record HandshakeRequest(int verMajor, int verMinor, int clientVersion, int extendedAuth, Bytes otherForm)
        implements HttpPacket {
    public static HandshakeRequest of(int extendedAuth) {
        return new HandshakeRequest(1, 0, 0, extendedAuth, Bytes.EMPTY);
    }

    static HandshakeRequest decode(PacketReader packet) {
        WireReader in = packet.in();
        HandshakeRequest plain = new HandshakeRequest(
                in.u8("verMajor"), in.u8("verMinor"), in.u16le("clientVersion"), in.u16le("extendedAuth"), Bytes.EMPTY);
        return new HandshakeRequest(
                plain.verMajor, plain.verMinor, plain.clientVersion, plain.extendedAuth, packet.otherForm(plain));
    }

    @Override
    public int packetType() {
        return HANDSHAKE_REQUEST;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u8(verMajor).u8(verMinor).u16le(clientVersion).u16le(extendedAuth);
    }
}
