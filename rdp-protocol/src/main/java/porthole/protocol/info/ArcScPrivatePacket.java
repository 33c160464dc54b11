package porthole.protocol.info;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * MS-RDPBCGR 2.2.4.2 Server Auto-Reconnect Packet (ARC_SC_PRIVATE_PACKET): lets the client come back without a password.
 *
 * @param arcRandomBits 16 octets, a secret
 */
public record ArcScPrivatePacket(long version, long logonId, Bytes arcRandomBits) implements Pdu {
    public static final int AUTO_RECONNECT_VERSION_1 = 1;
    /** Octets on the wire. */
    public static final int SIZE = 28;

    public ArcScPrivatePacket {
        if (arcRandomBits.size() != 16) {
            throw new IllegalArgumentException("arcRandomBits takes 16 octets, not " + arcRandomBits.size());
        }
    }

    public static ArcScPrivatePacket decode(WireReader in) {
        in.expect(in.u32le("cbLen"), SIZE, 4, "cbLen");
        return new ArcScPrivatePacket(in.u32le("version"), in.u32le("logonId"), in.bytes(16, "arcRandomBits"));
    }

    @Override
    public void encode(WireWriter out) {
        out.u32le(SIZE).u32le(version).u32le(logonId).bytes(arcRandomBits);
    }

    /** Without the random bits. */
    @Override
    public String toString() {
        return "ArcScPrivatePacket[version=" + version + ", logonId=" + logonId + ", arcRandomBits=(redacted)]";
    }
}
