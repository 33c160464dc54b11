package porthole.protocol.gateway;

import java.util.Optional;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * HTTP_TUNNEL_AUTH_PACKET with its optional part (MS-TSGU 2.2.10.14, 2.2.10.15).
 *
 * @param clientName the client machine's name, with whatever terminator it came
 */
public record TunnelAuth(String clientName, Optional<Bytes> statementOfHealth, Bytes otherForm) implements HttpPacket {
    private static final int SOH = 0x1;

    public TunnelAuth {
        PacketReader.fits(clientName, "clientName");
        statementOfHealth.ifPresent(soh -> PacketReader.fits(soh, "statementOfHealth"));
    }

    /** Without a statement of health; a terminator is added to the name. */
    public static TunnelAuth of(String clientName) {
        return new TunnelAuth(clientName + '\0', Optional.empty(), Bytes.EMPTY);
    }

    static TunnelAuth decode(PacketReader packet) {
        WireReader in = packet.in();
        int present = in.u16le("fieldsPresent");
        TunnelAuth plain = new TunnelAuth(
                packet.string("clientName"),
                PacketReader.when(present, SOH, () -> packet.blob("statementOfHealth")),
                Bytes.EMPTY);
        return new TunnelAuth(plain.clientName, plain.statementOfHealth, packet.otherForm(plain));
    }

    @Override
    public int packetType() {
        return TUNNEL_AUTH;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u16le(statementOfHealth.isPresent() ? SOH : 0);
        PacketReader.string(out, clientName);
        statementOfHealth.ifPresent(soh -> PacketReader.blob(out, soh));
    }
}
