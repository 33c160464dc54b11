package porthole.protocol.gateway;

import java.util.Optional;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * HTTP_TUNNEL_PACKET with its optional part (MS-TSGU 2.2.10.18, 2.2.10.19).
 *
 * @param capsFlags bits of {@link GatewayFlags}
 * @param reauthTunnelContext the tunnel that signs in again
 * @param paaCookie what pluggable authentication takes; a secret
 */
public record TunnelCreate(
        int capsFlags, Optional<Long> reauthTunnelContext, Optional<Bytes> paaCookie, Bytes otherForm)
        implements HttpPacket {
    private static final int PAA_COOKIE = 0x1;
    private static final int REAUTH = 0x2;

    public TunnelCreate {
        paaCookie.ifPresent(cookie -> PacketReader.fits(cookie, "paaCookie"));
    }

    public static TunnelCreate of(int capsFlags, Optional<Bytes> paaCookie) {
        return new TunnelCreate(capsFlags, Optional.empty(), paaCookie, Bytes.EMPTY);
    }

    static TunnelCreate decode(PacketReader packet) {
        WireReader in = packet.in();
        int caps = in.s32le("capsFlags");
        int present = in.u16le("fieldsPresent");
        in.u16le("reserved");
        TunnelCreate plain = new TunnelCreate(
                caps,
                PacketReader.when(present, REAUTH, () -> in.s64le("reauthTunnelContext")),
                PacketReader.when(present, PAA_COOKIE, () -> packet.blob("paaCookie")),
                Bytes.EMPTY);
        return new TunnelCreate(caps, plain.reauthTunnelContext, plain.paaCookie, packet.otherForm(plain));
    }

    @Override
    public int packetType() {
        return TUNNEL_CREATE;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u32le(capsFlags)
                .u16le((paaCookie.isPresent() ? PAA_COOKIE : 0) | (reauthTunnelContext.isPresent() ? REAUTH : 0))
                .u16le(0);
        reauthTunnelContext.ifPresent(out::s64le);
        paaCookie.ifPresent(cookie -> PacketReader.blob(out, cookie));
    }

    @Override
    public String toString() {
        return "TunnelCreate[capsFlags=" + capsFlags + ", paaCookie="
                + paaCookie.map(cookie -> cookie.size() + " octets (redacted)").orElse("none") + "]";
    }
}
