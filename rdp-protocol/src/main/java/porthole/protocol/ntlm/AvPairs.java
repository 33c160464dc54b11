package porthole.protocol.ntlm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * A list of AV_PAIR structures with its end (MS-NLMP 2.2.2.1).
 *
 * @param pairs without MsvAvEOL
 * @param trailing octets behind MsvAvEOL
 */
public record AvPairs(List<AvPair> pairs, Bytes trailing) implements Pdu {
    public AvPairs {
        pairs = List.copyOf(pairs);
    }

    /** Reads to the end of {@code in}; a list without MsvAvEOL is refused. */
    public static AvPairs decode(WireReader in) {
        List<AvPair> pairs = new ArrayList<>();
        while (in.peekU16le("avId") != AvPair.MSV_AV_EOL) {
            pairs.add(AvPair.decode(in));
        }
        in.u16le("avId");
        in.expect(in.u16le("avLen"), 0, 2, "avLen");
        return new AvPairs(pairs, in.rest("trailing"));
    }

    @Override
    public void encode(WireWriter out) {
        pairs.forEach(out::pdu);
        out.u16le(AvPair.MSV_AV_EOL).u16le(0).bytes(trailing);
    }

    /** The value of the first pair with this id. */
    public Optional<Bytes> value(int avId) {
        return pairs.stream()
                .filter(pair -> pair.avId() == avId)
                .map(AvPair::value)
                .findFirst();
    }

    /** The text of the first pair with this id, or the empty text. */
    public String text(int avId) {
        return value(avId).map(Bytes::toUtf16le).orElse("");
    }
}
