package porthole.fuzz;

import java.util.Arrays;
import java.util.List;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;

/**
 * Decoders that are fuzzed together: the first octet of an input chooses one, the rest is what it reads.
 *
 * <p>Saved inputs hold these numbers, so new decoders go to the end.
 */
final class Family {
    /** A record's own {@code decode}. */
    @FunctionalInterface
    interface Decoder {
        Pdu decode(WireReader in);
    }

    private final List<Decoder> decoders;

    Family(Decoder... decoders) {
        this.decoders = List.of(decoders);
    }

    void test(byte[] input) {
        if (input.length > 0) {
            int choice = (input[0] & 0xFF) % decoders.size();
            Oracle.keeps(Arrays.copyOfRange(input, 1, input.length), decoders.get(choice));
        }
    }
}
