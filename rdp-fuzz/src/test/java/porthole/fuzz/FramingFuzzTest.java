package porthole.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import porthole.protocol.failure.WireException;
import porthole.protocol.wire.Framing;
import porthole.protocol.wire.LooksLike;

/** Framing decides the same however many octets have arrived, and never changes its mind. */
class FramingFuzzTest {
    private static final int LIMIT = 64;
    private static final int REFUSED = -2;

    private static final List<Framing> FRAMINGS = List.of(
            Framing::tpkt,
            Framing::tpktOrFastPath,
            Framing.nulTerminatedJson(LIMIT),
            Framing.der(1 << 16),
            Framing::rdstls,
            Framing.fixed(4));

    /** The first octet chooses the framing. */
    @FuzzTest(maxDuration = "30s")
    void framing(byte[] input) {
        if (input.length == 0) {
            return;
        }
        Framing framing = FRAMINGS.get((input[0] & 0xFF) % FRAMINGS.size());
        int decided = Framing.MORE;
        for (int arrived = 0; arrived < input.length; arrived++) {
            ByteBuf octets = Unpooled.wrappedBuffer(input, 1, arrived);
            int length = length(framing, octets);
            int before = decided;
            int seen = arrived;
            Oracle.require(octets.readableBytes() == arrived, () -> "the framing took octets");
            Oracle.require(length >= REFUSED && length != 0, () -> "a length of " + length);
            Oracle.require(
                    before == Framing.MORE || before == length,
                    () -> "length " + before + ", and " + length + " with " + seen + " octets");
            decided = length;
        }
    }

    private static int length(Framing framing, ByteBuf octets) {
        try {
            return framing.frameLength(octets);
        } catch (WireException refused) {
            Oracle.explains(refused);
            Oracle.require(!LooksLike.of(octets).isEmpty(), () -> "no guess");
            return REFUSED;
        }
    }
}
