package porthole.protocol.gateway;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * HTTP_HANDSHAKE_RESPONSE_PACKET (MS-TSGU 2.2.10.11).
 *
 * @param errorCode see {@link GatewayCode}
 * @param extendedAuth bits of {@link GatewayFlags} that the gateway takes
 */
public record HandshakeResponse(
        long errorCode, int verMajor, int verMinor, int serverVersion, int extendedAuth, Bytes otherForm)
        implements HttpPacket {
    public static HandshakeResponse of(long errorCode, int extendedAuth) {
        return new HandshakeResponse(errorCode, 1, 0, 0, extendedAuth, Bytes.EMPTY);
    }

    static HandshakeResponse decode(PacketReader packet) {
        WireReader in = packet.in();
        HandshakeResponse plain = new HandshakeResponse(
                in.u32le("errorCode"),
                in.u8("verMajor"),
                in.u8("verMinor"),
                in.u16le("serverVersion"),
                in.u16le("extendedAuth"),
                Bytes.EMPTY);
        return new HandshakeResponse(
                plain.errorCode,
                plain.verMajor,
                plain.verMinor,
                plain.serverVersion,
                plain.extendedAuth,
                packet.otherForm(plain));
    }

    @Override
    public int packetType() {
        return HANDSHAKE_RESPONSE;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u32le(errorCode).u8(verMajor).u8(verMinor).u16le(serverVersion).u16le(extendedAuth);
    }
}
