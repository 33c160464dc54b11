package porthole.protocol.gateway;

import io.netty.buffer.ByteBuf;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** HTTP_DATA_PACKET (MS-TSGU 2.2.10.6): octets to or from the host. */
public record GatewayData(Bytes data, Bytes otherForm) implements HttpPacket {
    /** Octets before the data. */
    public static final int PREFIX = HEADER + 2;

    /** The most octets that one packet carries. */
    public static final int MOST = 0xFFFF;

    public GatewayData {
        PacketReader.fits(data, "data");
    }

    public static GatewayData of(Bytes data) {
        return new GatewayData(data, Bytes.EMPTY);
    }

    static GatewayData decode(PacketReader packet) {
        GatewayData plain = of(packet.blob("data"));
        return new GatewayData(plain.data, packet.otherForm(plain));
    }

    /** Writes what goes before {@code length} octets of data that the caller appends: 0 to {@link #MOST}. */
    public static void prefix(ByteBuf out, int length) {
        out.writeShortLE(DATA).writeShortLE(0).writeIntLE(PREFIX + length).writeShortLE(length);
    }

    /** The data of a data packet as a view of {@code packet}, borrowed like it: nothing is copied. */
    public static ByteBuf view(ByteBuf packet) {
        WireReader in = WireReader.of(packet, "GatewayData", "MS-TSGU 2.2.10.6");
        in.skip(HEADER, "hdr");
        return in.slice(in.u16le("cbDataLen"), "data");
    }

    @Override
    public int packetType() {
        return DATA;
    }

    @Override
    public void encodeBody(WireWriter out) {
        PacketReader.blob(out, data);
    }
}
