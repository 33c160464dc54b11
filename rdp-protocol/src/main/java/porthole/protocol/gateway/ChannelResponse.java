package porthole.protocol.gateway;

import java.util.Optional;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * HTTP_CHANNEL_RESPONSE with its optional part (MS-TSGU 2.2.10.4, 2.2.10.5).
 *
 * @param errorCode see {@link GatewayCode}
 * @param udpPort where the gateway takes UDP
 * @param authnCookie what a UDP side channel signs in with; a secret
 */
public record ChannelResponse(
        long errorCode,
        Optional<Long> channelId,
        Optional<Integer> udpPort,
        Optional<Bytes> authnCookie,
        Bytes otherForm)
        implements HttpPacket {
    private static final int CHANNEL_ID = 0x1;
    private static final int AUTHN_COOKIE = 0x2;
    private static final int UDP_PORT = 0x4;

    public ChannelResponse {
        authnCookie.ifPresent(cookie -> PacketReader.fits(cookie, "authnCookie"));
    }

    public static ChannelResponse of(long errorCode, long channelId) {
        return new ChannelResponse(errorCode, Optional.of(channelId), Optional.empty(), Optional.empty(), Bytes.EMPTY);
    }

    static ChannelResponse decode(PacketReader packet) {
        WireReader in = packet.in();
        long error = in.u32le("errorCode");
        int present = in.u16le("fieldsPresent");
        in.u16le("reserved");
        ChannelResponse plain = new ChannelResponse(
                error,
                PacketReader.when(present, CHANNEL_ID, () -> in.u32le("channelId")),
                PacketReader.when(present, UDP_PORT, () -> in.u16le("udpPort")),
                PacketReader.when(present, AUTHN_COOKIE, () -> packet.blob("authnCookie")),
                Bytes.EMPTY);
        return new ChannelResponse(error, plain.channelId, plain.udpPort, plain.authnCookie, packet.otherForm(plain));
    }

    @Override
    public int packetType() {
        return CHANNEL_RESPONSE;
    }

    @Override
    public void encodeBody(WireWriter out) {
        int present = (channelId.isPresent() ? CHANNEL_ID : 0)
                | (authnCookie.isPresent() ? AUTHN_COOKIE : 0)
                | (udpPort.isPresent() ? UDP_PORT : 0);
        out.u32le(errorCode).u16le(present).u16le(0);
        channelId.ifPresent(out::u32le);
        udpPort.ifPresent(out::u16le);
        authnCookie.ifPresent(cookie -> PacketReader.blob(out, cookie));
    }

    @Override
    public String toString() {
        return "ChannelResponse[errorCode=" + errorCode + ", channelId=" + channelId + ", udpPort=" + udpPort
                + ", authnCookie=" + authnCookie.map(cookie -> "(redacted)").orElse("none") + "]";
    }
}
