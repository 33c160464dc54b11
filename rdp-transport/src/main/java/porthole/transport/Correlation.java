package porthole.transport;

import java.util.Optional;
import java.util.UUID;
import porthole.protocol.wire.Bytes;
import porthole.protocol.x224.CorrelationInfo;

/**
 * Whether a connection request carries a correlation id, by which the host's administrators find the connection in their
 * logs (MS-RDPBCGR 2.2.1.1.2).
 *
 * @param kind none, one that is still to be drawn, or {@code id}
 * @param id 16 octets; empty unless given or drawn
 */
public record Correlation(Kind kind, Optional<Bytes> id) {
    /** What is done about it. */
    public enum Kind {
        NONE,
        RANDOM,
        GIVEN
    }

    /** No id is sent, as FreeRDP does. */
    public static final Correlation NONE = new Correlation(Kind.NONE, Optional.empty());

    /** Each session has an id of its own. */
    public static final Correlation RANDOM = new Correlation(Kind.RANDOM, Optional.empty());

    public Correlation {
        if (id.isPresent() != (kind == Kind.GIVEN)) {
            throw new IllegalArgumentException("a given id is there, any other is not");
        }
    }

    /** Exactly this id, 16 octets. */
    public static Correlation of(Bytes id) {
        return new Correlation(Kind.GIVEN, Optional.of(new CorrelationInfo(id).correlationId()));
    }

    /** The id as a GUID, as Windows writes it in its logs: the first three groups have their octets turned round. */
    public static String text(Bytes id) {
        byte[] o = id.toArray();
        long high = (o[3] & 0xFFL) << 56
                | (o[2] & 0xFFL) << 48
                | (o[1] & 0xFFL) << 40
                | (o[0] & 0xFFL) << 32
                | (o[5] & 0xFFL) << 24
                | (o[4] & 0xFFL) << 16
                | (o[7] & 0xFFL) << 8
                | o[6] & 0xFFL;
        long low = 0;
        for (int i = 8; i < o.length; i++) {
            low = low << 8 | o[i] & 0xFFL;
        }
        return new UUID(high, low).toString();
    }

    /** The octets of an id that is written as a GUID. */
    public static Bytes octets(UUID guid) {
        long high = guid.getMostSignificantBits();
        long low = guid.getLeastSignificantBits();
        byte[] o = new byte[16];
        int[] shifts = {32, 40, 48, 56, 16, 24, 0, 8};
        for (int i = 0; i < 8; i++) {
            o[i] = (byte) (high >>> shifts[i]);
            o[8 + i] = (byte) (low >>> 8 * (7 - i));
        }
        return Bytes.of(o);
    }

    /** The same, with an id where one was still to be drawn. */
    public Correlation drawn(RandomSource random) {
        return kind == Kind.RANDOM ? of(CorrelationInfo.wellFormed(Bytes.of(random.octets(16)))) : this;
    }
}
