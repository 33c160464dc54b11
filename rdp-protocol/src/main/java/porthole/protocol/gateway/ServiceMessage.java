package porthole.protocol.gateway;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireWriter;

/**
 * HTTP_SERVICE_MESSAGE (MS-TSGU 2.2.10.13): what the gateway's administrator tells everybody.
 *
 * @param message with whatever terminator it came
 */
public record ServiceMessage(String message, Bytes otherForm) implements HttpPacket {
    public ServiceMessage {
        PacketReader.fits(message, "message");
    }

    public static ServiceMessage of(String message) {
        return new ServiceMessage(message, Bytes.EMPTY);
    }

    static ServiceMessage decode(PacketReader packet) {
        ServiceMessage plain = of(packet.string("message"));
        return new ServiceMessage(plain.message, packet.otherForm(plain));
    }

    @Override
    public int packetType() {
        return SERVICE_MESSAGE;
    }

    @Override
    public void encodeBody(WireWriter out) {
        PacketReader.string(out, message);
    }
}
