package porthole.protocol.gateway;

import java.util.Optional;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * HTTP_TUNNEL_RESPONSE with its optional part (MS-TSGU 2.2.10.20, 2.2.10.21).
 *
 * @param statusCode see {@link GatewayCode}
 * @param capsFlags bits of {@link GatewayFlags} that both sides have
 * @param sohRequest what a statement of health is encrypted with
 * @param consentMsg what the user has to agree to, with whatever terminator it came
 */
public record TunnelResponse(
        int serverVersion,
        long statusCode,
        Optional<Long> tunnelId,
        Optional<Integer> capsFlags,
        Optional<SohRequest> sohRequest,
        Optional<String> consentMsg,
        Bytes otherForm)
        implements HttpPacket {
    private static final int TUNNEL_ID = 0x1;
    private static final int CAPS = 0x2;
    private static final int SOH_REQ = 0x4;
    private static final int CONSENT_MSG = 0x10;

    /**
     * The gateway's wish for a statement of health.
     *
     * @param nonce 16 octets
     * @param serverCert text
     */
    public record SohRequest(Bytes nonce, String serverCert) {
        public SohRequest {
            PacketReader.fits(serverCert, "serverCert");
        }
    }

    public TunnelResponse {
        consentMsg.ifPresent(text -> PacketReader.fits(text, "consentMsg"));
    }

    /** A gateway's answer without a statement of health. */
    public static TunnelResponse of(long statusCode, long tunnelId, int capsFlags, Optional<String> consentMsg) {
        return new TunnelResponse(
                0,
                statusCode,
                Optional.of(tunnelId),
                Optional.of(capsFlags),
                Optional.empty(),
                consentMsg,
                Bytes.EMPTY);
    }

    static TunnelResponse decode(PacketReader packet) {
        WireReader in = packet.in();
        int version = in.u16le("serverVersion");
        long status = in.u32le("statusCode");
        int present = in.u16le("fieldsPresent");
        in.u16le("reserved");
        TunnelResponse plain = new TunnelResponse(
                version,
                status,
                PacketReader.when(present, TUNNEL_ID, () -> in.u32le("tunnelId")),
                PacketReader.when(present, CAPS, () -> in.s32le("capsFlags")),
                PacketReader.when(
                        present, SOH_REQ, () -> new SohRequest(in.bytes(16, "nonce"), packet.string("serverCert"))),
                PacketReader.when(present, CONSENT_MSG, () -> packet.string("consentMsg")),
                Bytes.EMPTY);
        return new TunnelResponse(
                version,
                status,
                plain.tunnelId,
                plain.capsFlags,
                plain.sohRequest,
                plain.consentMsg,
                packet.otherForm(plain));
    }

    @Override
    public int packetType() {
        return TUNNEL_RESPONSE;
    }

    @Override
    public void encodeBody(WireWriter out) {
        int present = (tunnelId.isPresent() ? TUNNEL_ID : 0)
                | (capsFlags.isPresent() ? CAPS : 0)
                | (sohRequest.isPresent() ? SOH_REQ : 0)
                | (consentMsg.isPresent() ? CONSENT_MSG : 0);
        out.u16le(serverVersion).u32le(statusCode).u16le(present).u16le(0);
        tunnelId.ifPresent(out::u32le);
        capsFlags.ifPresent(out::u32le);
        sohRequest.ifPresent(soh -> {
            out.bytes(soh.nonce);
            PacketReader.string(out, soh.serverCert);
        });
        consentMsg.ifPresent(text -> PacketReader.string(out, text));
    }
}
