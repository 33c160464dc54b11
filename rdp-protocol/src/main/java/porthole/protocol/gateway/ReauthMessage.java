package porthole.protocol.gateway;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireWriter;

/** HTTP_REAUTH_MESSAGE (MS-TSGU 2.2.10.12): the client shall sign in again, for this tunnel. */
public record ReauthMessage(long reauthTunnelContext, Bytes otherForm) implements HttpPacket {
    public static ReauthMessage of(long reauthTunnelContext) {
        return new ReauthMessage(reauthTunnelContext, Bytes.EMPTY);
    }

    static ReauthMessage decode(PacketReader packet) {
        ReauthMessage plain = of(packet.in().s64le("reauthTunnelContext"));
        return new ReauthMessage(plain.reauthTunnelContext, packet.otherForm(plain));
    }

    @Override
    public int packetType() {
        return REAUTH_MESSAGE;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.s64le(reauthTunnelContext);
    }
}
