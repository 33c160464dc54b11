package porthole.protocol.gateway;

import java.util.ArrayList;
import java.util.List;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * HTTP_CHANNEL_PACKET with its variable part (MS-TSGU 2.2.10.2, 2.2.10.3): which host the gateway shall connect to.
 *
 * @param resources names or addresses of the host, tried in turn, with whatever terminator they came; at most 50
 * @param altResources further ones, at most 3
 * @param port of the host
 * @param protocol 3
 */
public record ChannelCreate(List<String> resources, List<String> altResources, int port, int protocol, Bytes otherForm)
        implements HttpPacket {
    /** The only protocol there is. */
    public static final int PROTOCOL = 3;

    public ChannelCreate {
        resources = fit(resources);
        altResources = fit(altResources);
    }

    private static List<String> fit(List<String> names) {
        if (names.size() > 0xFF) {
            throw new IllegalArgumentException(names.size() + " names; at most 255");
        }
        names.forEach(name -> PacketReader.fits(name, "resource"));
        return List.copyOf(names);
    }

    /** For one host; a terminator is added to the name. */
    public static ChannelCreate of(String host, int port) {
        return new ChannelCreate(List.of(host + '\0'), List.of(), port, PROTOCOL, Bytes.EMPTY);
    }

    static ChannelCreate decode(PacketReader packet) {
        WireReader in = packet.in();
        int resources = in.u8("numResources");
        int alternatives = in.u8("numAltResources");
        int port = in.u16le("port");
        int protocol = in.u16le("protocol");
        in.count(resources + alternatives, 2, "numResources");
        ChannelCreate plain = new ChannelCreate(
                names(packet, resources, "pResource"),
                names(packet, alternatives, "pAltResource"),
                port,
                protocol,
                Bytes.EMPTY);
        return new ChannelCreate(plain.resources, plain.altResources, port, protocol, packet.otherForm(plain));
    }

    private static List<String> names(PacketReader packet, int count, String field) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(packet.string(field));
        }
        return names;
    }

    @Override
    public int packetType() {
        return CHANNEL_CREATE;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u8(resources.size()).u8(altResources.size()).u16le(port).u16le(protocol);
        resources.forEach(name -> PacketReader.string(out, name));
        altResources.forEach(name -> PacketReader.string(out, name));
    }
}
