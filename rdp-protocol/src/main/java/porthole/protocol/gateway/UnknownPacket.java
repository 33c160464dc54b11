package porthole.protocol.gateway;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireWriter;

/** A packet of a type that MS-TSGU does not name; all of it is in {@code otherForm}. */
public record UnknownPacket(int packetType, Bytes otherForm) implements HttpPacket {
    static UnknownPacket decode(PacketReader packet, int type) {
        packet.in().rest("body");
        return new UnknownPacket(type, packet.in().otherForm(packet.begin(), nothing -> {}));
    }

    @Override
    public void encodeBody(WireWriter out) {
        throw new IllegalStateException("an unknown packet has only its octets");
    }
}
