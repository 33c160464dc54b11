package porthole.graphics.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.fixtures.RlgrEncoder;

class RlgrTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 10, 50, 90, 100})
    void whatWasEncodedComesBack(int percentOfZeros) {
        SplittableRandom random = new SplittableRandom(percentOfZeros);
        for (int round = 0; round < 20; round++) {
            int[] values = new int[Tile.PIXELS];
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextInt(100) < percentOfZeros ? 0 : random.nextInt(-300, 300);
            }
            boolean pairs = round % 2 != 0;
            byte[] octets = pairs ? RlgrEncoder.encode3(values) : RlgrEncoder.encode(values);
            int[] out = new int[Tile.PIXELS + 2];
            Arrays.fill(out, 77);
            new Rlgr().decode(pairs, octets, 0, octets.length, out, 1, Tile.PIXELS);
            assertThat(Arrays.copyOfRange(out, 1, 1 + Tile.PIXELS)).isEqualTo(values);
            assertThat(out[0]).isEqualTo(77);
            assertThat(out[Tile.PIXELS + 1]).isEqualTo(77);
        }
    }

    @Test
    void anyOctetsGiveExactlyTheWantedCount() {
        SplittableRandom random = new SplittableRandom(4);
        Rlgr rlgr = new Rlgr();
        for (int round = 0; round < 400; round++) {
            byte[] octets = new byte[random.nextInt(600)];
            random.nextBytes(octets);
            if (round % 3 == 0) {
                Arrays.fill(octets, (byte) (round % 2 == 0 ? 0xFF : 0));
            }
            int[] out = new int[Tile.PIXELS + 1];
            Arrays.fill(out, 99);
            rlgr.decode(round % 2 == 0, octets, 0, octets.length, out, 0, Tile.PIXELS);
            assertThat(out[Tile.PIXELS]).isEqualTo(99);
        }
    }

    @Test
    void nothingIsAllZeros() {
        int[] out = new int[Tile.PIXELS];
        Arrays.fill(out, 5);
        new Rlgr().decode(true, new byte[0], 0, 0, out, 0, Tile.PIXELS);
        assertThat(out).containsOnly(0);
    }
}
