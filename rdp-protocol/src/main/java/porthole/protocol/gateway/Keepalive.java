package porthole.protocol.gateway;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireWriter;

/** HTTP_KEEPALIVE_PACKET (MS-TSGU 2.2.10.8). */
public record Keepalive(Bytes otherForm) implements HttpPacket {
    public static final Keepalive PLAIN = new Keepalive(Bytes.EMPTY);

    static Keepalive decode(PacketReader packet) {
        return new Keepalive(packet.otherForm(PLAIN));
    }

    @Override
    public int packetType() {
        return KEEPALIVE;
    }

    @Override
    public void encodeBody(WireWriter out) {
        // the header is all
    }
}
