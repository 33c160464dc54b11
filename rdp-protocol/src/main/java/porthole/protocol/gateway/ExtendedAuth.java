package porthole.protocol.gateway;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireWriter;

/**
 * HTTP_EXTENDED_AUTH_PACKET (MS-TSGU 2.2.10.7): one token of a sign-in inside the tunnel.
 *
 * @param errorCode see {@link GatewayCode}
 * @param authBlob the token; empty when the gateway has seen enough
 */
public record ExtendedAuth(long errorCode, Bytes authBlob, Bytes otherForm) implements HttpPacket {
    public ExtendedAuth {
        PacketReader.fits(authBlob, "authBlob");
    }

    public static ExtendedAuth of(long errorCode, Bytes authBlob) {
        return new ExtendedAuth(errorCode, authBlob, Bytes.EMPTY);
    }

    static ExtendedAuth decode(PacketReader packet) {
        ExtendedAuth plain = of(packet.in().u32le("errorCode"), packet.blob("authBlob"));
        return new ExtendedAuth(plain.errorCode, plain.authBlob, packet.otherForm(plain));
    }

    @Override
    public int packetType() {
        return EXTENDED_AUTH_MSG;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u32le(errorCode);
        PacketReader.blob(out, authBlob);
    }

    @Override
    public String toString() {
        return "ExtendedAuth[errorCode=" + errorCode + ", authBlob=" + authBlob.size() + " octets (redacted)]";
    }
}
