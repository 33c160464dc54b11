package porthole.protocol.licensing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * MS-RDPELE 2.2.2.3.1 Client Hardware Identification (CLIENT_HARDWARE_ID): what a licence is bound to.
 *
 * @param platformId as in the license request
 * @param data the four 32-bit numbers, 16 octets that tell one client from another
 */
public record HardwareId(long platformId, Bytes data) implements Pdu {
    /** Octets on the wire. */
    public static final int SIZE = 20;

    private static final int DATA = 16;

    public HardwareId {
        if (data.size() != DATA) {
            throw new IllegalArgumentException("data takes 16 octets, not " + data.size());
        }
    }

    /** The identification that always comes out for this client name, as a stored licence needs it. */
    public static HardwareId of(long platformId, String clientName) {
        try {
            return new HardwareId(
                    platformId,
                    Bytes.of(MessageDigest.getInstance("MD5").digest(clientName.getBytes(StandardCharsets.UTF_8))));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no MD5", e);
        }
    }

    public static HardwareId decode(WireReader in) {
        HardwareId id = new HardwareId(in.u32le("platformId"), in.bytes(DATA, "data"));
        in.end();
        return id;
    }

    @Override
    public void encode(WireWriter out) {
        out.u32le(platformId).bytes(data);
    }
}
