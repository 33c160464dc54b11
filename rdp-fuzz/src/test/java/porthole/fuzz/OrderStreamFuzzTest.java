package porthole.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import porthole.protocol.orders.DrawingOrder;
import porthole.protocol.orders.PrimaryOrderHistory;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** A stream of drawing orders, which refer to one another, is refused or written again as it was. */
class OrderStreamFuzzTest {
    static Stream<byte[]> seeds() {
        return Stream.of(
                        "090f7f12012d01a0000c0055020d00048112812d80580c806080400c 2180 01",
                        "0d1473ae00b2005c360d 2d1673f801b80200c00002 0800 0102 77 09",
                        "1d091e02a53d031a4a031b03b10ea65bef00 11 02 01",
                        "030400370103340049030 3a0a0a0002200 0307000000070001080881 08aa55aa55aa55aa55",
                        "060080600110000100 0200 02ffff 1220410008000 8000500000001000100010001000000000",
                        "2e0b0000000021240003000000 36 01000000 32010200aabb",
                        "0ff8 1b0000 19e80000")
                .map(hex -> hex.replace(" ", ""))
                .map(hex -> Bytes.hex(hex.length() % 2 == 0 ? hex : hex + "0").toArray());
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "30s")
    void orders(byte[] input) {
        Oracle.refusesOrEnds(input.length, () -> {
            WireReader in = WireReader.of(input, "Fuzzed", "any");
            PrimaryOrderHistory reading = new PrimaryOrderHistory();
            PrimaryOrderHistory writing = new PrimaryOrderHistory();
            while (in.hasRemaining()) {
                int before = in.offset();
                DrawingOrder order = DrawingOrder.decode(in, reading);
                byte[] again = WireWriter.toByteArray(out -> order.encode(out, writing));
                if (!Arrays.equals(again, 0, again.length, input, before, in.offset())) {
                    throw new AssertionError(order + " is written otherwise");
                }
            }
        });
    }
}
