package porthole.protocol.gateway;

import java.util.Optional;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * HTTP_TUNNEL_AUTH_RESPONSE with its optional part (MS-TSGU 2.2.10.16, 2.2.10.17).
 *
 * @param errorCode see {@link GatewayCode}
 * @param redirFlags bits of {@link GatewayFlags}: which devices may be redirected
 * @param idleTimeout minutes without data after which the gateway ends the connection
 */
public record TunnelAuthResponse(
        long errorCode,
        Optional<Integer> redirFlags,
        Optional<Long> idleTimeout,
        Optional<Bytes> sohResponse,
        Bytes otherForm)
        implements HttpPacket {
    private static final int REDIR_FLAGS = 0x1;
    private static final int IDLE_TIMEOUT = 0x2;
    private static final int SOH_RESPONSE = 0x4;

    public TunnelAuthResponse {
        sohResponse.ifPresent(soh -> PacketReader.fits(soh, "sohResponse"));
    }

    public static TunnelAuthResponse of(long errorCode, int redirFlags, long idleTimeout) {
        return new TunnelAuthResponse(
                errorCode, Optional.of(redirFlags), Optional.of(idleTimeout), Optional.empty(), Bytes.EMPTY);
    }

    static TunnelAuthResponse decode(PacketReader packet) {
        WireReader in = packet.in();
        long error = in.u32le("errorCode");
        int present = in.u16le("fieldsPresent");
        in.u16le("reserved");
        TunnelAuthResponse plain = new TunnelAuthResponse(
                error,
                PacketReader.when(present, REDIR_FLAGS, () -> in.s32le("redirFlags")),
                PacketReader.when(present, IDLE_TIMEOUT, () -> in.u32le("idleTimeout")),
                PacketReader.when(present, SOH_RESPONSE, () -> packet.blob("sohResponse")),
                Bytes.EMPTY);
        return new TunnelAuthResponse(
                error, plain.redirFlags, plain.idleTimeout, plain.sohResponse, packet.otherForm(plain));
    }

    @Override
    public int packetType() {
        return TUNNEL_AUTH_RESPONSE;
    }

    @Override
    public void encodeBody(WireWriter out) {
        int present = (redirFlags.isPresent() ? REDIR_FLAGS : 0)
                | (idleTimeout.isPresent() ? IDLE_TIMEOUT : 0)
                | (sohResponse.isPresent() ? SOH_RESPONSE : 0);
        out.u32le(errorCode).u16le(present).u16le(0);
        redirFlags.ifPresent(out::u32le);
        idleTimeout.ifPresent(out::u32le);
        sohResponse.ifPresent(soh -> PacketReader.blob(out, soh));
    }
}
