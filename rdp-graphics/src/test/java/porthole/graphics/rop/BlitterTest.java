package porthole.graphics.rop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BlitterTest {
    private static final int WHITE = 0xFFFFFF;
    private static final int OPAQUE = 0xFF000000;
    private static final int SIDE = 23;

    private final SplittableRandom random = new SplittableRandom(42);

    /** The operations in reverse Polish notation, as the table of MS-RDPEGDI 2.2.2.2.1.1.1.7 names them. */
    private static List<String> names() throws IOException {
        try (var in = new BufferedReader(
                new InputStreamReader(BlitterTest.class.getResourceAsStream("rop3.txt"), StandardCharsets.US_ASCII))) {
            List<String> names = new ArrayList<>();
            in.lines().forEach(line -> {
                assertThat(Integer.parseInt(line.substring(0, 2), 16)).isEqualTo(names.size());
                names.add(line.substring(3));
            });
            return names;
        }
    }

    private static int evaluate(String name, int d, int s, int p) {
        Deque<Integer> stack = new ArrayDeque<>();
        for (char step : name.toCharArray()) {
            switch (step) {
                case '0' -> stack.push(0);
                case '1' -> stack.push(WHITE);
                case 'D' -> stack.push(d);
                case 'S' -> stack.push(s);
                case 'P' -> stack.push(p);
                case 'n' -> stack.push(~stack.pop());
                case 'a' -> stack.push(stack.pop() & stack.pop());
                case 'o' -> stack.push(stack.pop() | stack.pop());
                default -> stack.push(stack.pop() ^ stack.pop());
            }
        }
        return stack.pop() | OPAQUE;
    }

    private Raster noise(int width, int height) {
        int[] pixels = new int[width * height];
        Arrays.setAll(pixels, i -> random.nextInt() | OPAQUE);
        return new Raster(width, height, pixels);
    }

    private static Blitter onto(Raster raster) {
        Blitter blitter = new Blitter();
        blitter.target(raster, Damage.NONE);
        return blitter;
    }

    @Test
    void allTernaryOperationsAreThoseOfTheSpecification() throws IOException {
        List<String> names = names();
        assertThat(names).hasSize(256);
        int[] pattern = noise(8, 8).pixels();
        Brush[] brushes = {new Brush().solid(0xFF12ABCD), new Brush().colors(pattern, -3, 5)};
        for (int rop = 0; rop < 256; rop++) {
            for (Brush brush : brushes) {
                Raster before = noise(SIDE, 3);
                Raster source = noise(SIDE, 3);
                Raster after = new Raster(SIDE, 3, before.pixels().clone());
                onto(after).copy(rop, 0, 0, SIDE, 3, source, 0, 0, brush, null);
                for (int i = 0; i < after.pixels().length; i++) {
                    int p = brush.isSolid() ? brush.color() : pattern[(i / SIDE - 5 & 7) * 8 + (i % SIDE + 3 & 7)];
                    assertThat(after.pixels()[i])
                            .as("%02X %s at %d", rop, names.get(rop), i)
                            .isEqualTo(evaluate(names.get(rop), before.pixels()[i], source.pixels()[i], p));
                }
            }
        }
    }

    @Test
    void operationsWithoutASourceGiveTheSameWithoutOne() throws IOException {
        List<String> names = names();
        Brush[] brushes = {
            new Brush().solid(0xFF80F00F), new Brush().colors(noise(8, 8).pixels(), 2, 1)
        };
        for (int rop = 0; rop < 256; rop++) {
            assertThat(Rop3.usesSource(rop))
                    .as(names.get(rop))
                    .isEqualTo(names.get(rop).contains("S") && !vain(names.get(rop), 'S'));
            if (Rop3.usesSource(rop)) {
                continue;
            }
            for (Brush brush : brushes) {
                Raster one = noise(SIDE, 5);
                Raster other = new Raster(SIDE, 5, one.pixels().clone());
                onto(one).paint(rop, 2, 1, 17, 3, brush);
                onto(other).copy(rop, 2, 1, 17, 3, noise(SIDE, 5), 0, 0, brush, null);
                assertThat(one.pixels()).as(names.get(rop)).isEqualTo(other.pixels());
            }
        }
    }

    /** Whether the operand makes no difference although it is named. */
    private static boolean vain(String name, char operand) {
        for (int bits = 0; bits < 8; bits++) {
            int d = (bits & 1) * WHITE;
            int s = (bits >> 1 & 1) * WHITE;
            int p = (bits >> 2) * WHITE;
            if (evaluate(name, d, s, p) != evaluate(name, d, operand == 'S' ? ~s : s, operand == 'P' ? ~p : p)) {
                return false;
            }
        }
        return true;
    }

    @Test
    void binaryOperationsAreTernaryOnesOfThePen() {
        // MS-RDPEGDI 2.2.2.2.1.1.1.6, with the pen as P.
        String[] names = {
            "0", "DPon", "DPna", "Pn", "PDna", "Dn", "DPx", "DPan", "DPa", "DPxn", "D", "DPno", "P", "PDno", "DPo", "1"
        };
        for (int rop2 = 1; rop2 <= 16; rop2++) {
            int rop = Rop3.ofRop2(rop2);
            for (int i = 0; i < 20; i++) {
                int d = random.nextInt() | OPAQUE;
                int p = random.nextInt() | OPAQUE;
                int made = d & Rop3.and(rop, p) ^ Rop3.xor(rop, p) | OPAQUE;
                assertThat(made).as(names[rop2 - 1]).isEqualTo(evaluate(names[rop2 - 1], d, 0, p));
            }
        }
    }

    @Test
    void aRasterIsCopiedOntoItselfAsIfItWereTwo() {
        int[] rops = {Rop3.SRCCOPY, Rop3.SRCINVERT, Rop3.SRCAND, Rop3.SRCPAINT, 0x33, 0x44, 0xBB};
        for (int i = 0; i < 500; i++) {
            Raster one = noise(SIDE, SIDE);
            Raster other = new Raster(SIDE, SIDE, one.pixels().clone());
            Raster copy = new Raster(SIDE, SIDE, one.pixels().clone());
            int rop = rops[random.nextInt(rops.length)];
            int x = random.nextInt(-5, SIDE);
            int y = random.nextInt(-5, SIDE);
            int width = random.nextInt(0, SIDE + 9);
            int height = random.nextInt(0, SIDE + 9);
            int sourceX = random.nextInt(-5, SIDE);
            int sourceY = random.nextInt(-5, SIDE);
            onto(one).copy(rop, x, y, width, height, one, sourceX, sourceY, null, null);
            onto(other).copy(rop, x, y, width, height, copy, sourceX, sourceY, null, null);
            assertThat(one.pixels()).isEqualTo(other.pixels());
        }
    }

    @Test
    void nothingIsDrawnOutsideOfTheClippingRectangleWhateverTheNumbers() {
        int[] numbers = {Integer.MIN_VALUE, -40000, -1, 0, 1, 7, SIDE, 40000, Integer.MAX_VALUE};
        Brush brush = new Brush().mono(Brush.hatch(4), 0xFF112233, 0xFF445566, false, 3, 3);
        for (int i = 0; i < 3_000; i++) {
            Raster raster = noise(SIDE, SIDE);
            int[] before = raster.pixels().clone();
            Blitter blitter = onto(raster);
            int[] n = new int[4];
            Arrays.setAll(n, j -> numbers[random.nextInt(numbers.length)]);
            List<int[]> damage = new ArrayList<>();
            blitter.target(raster, (x, y, w, h) -> damage.add(new int[] {x, y, x + w, y + h}));
            blitter.clip(3, 4, 15, 16);
            switch (random.nextInt(5)) {
                case 0 -> blitter.fill(n[0], n[1], n[2], n[3], 0xFF123456);
                case 1 -> blitter.paint(0x5A, n[0], n[1], n[2], n[3], brush);
                case 2 -> blitter.copy(0xB8, n[0], n[1], n[2], n[3], noise(9, 9), n[3], n[2], brush, null);
                case 3 -> Lines.line(blitter, 0x0F, n[0] >> 16, n[1] >> 16, n[2] >> 16, n[3] >> 16, 0xFFABCDEF);
                default ->
                    Ellipses.draw(blitter, 0xF0, n[0] >> 16, n[1] >> 16, n[2] >> 16, n[3] >> 16, (i & 1) == 0, brush);
            }
            for (int at = 0; at < before.length; at++) {
                int x = at % SIDE;
                int y = at / SIDE;
                if (raster.pixels()[at] != before[at]) {
                    assertThat(x >= 3 && x < 15 && y >= 4 && y < 16).isTrue();
                    assertThat(damage).anyMatch(d -> x >= d[0] && y >= d[1] && x < d[2] && y < d[3]);
                }
            }
        }
    }

    @Test
    void hatchesHaveTheirLinesInTheForeground() {
        Raster raster = Raster.black(8, 8);
        onto(raster)
                .paint(Rop3.PATCOPY, 0, 0, 8, 8, new Brush().mono(Brush.hatch(2), 0xFF000001, 0xFF000000, false, 0, 0));
        for (int y = 0; y < 8; y++) {
            for (int x = 0; x < 8; x++) {
                // HS_FDIAGONAL goes down from left to right, MS-RDPEGDI figure 4
                assertThat(raster.pixels()[y * 8 + x] & 1).isEqualTo(x == y ? 1 : 0);
            }
        }
    }

    @Test
    void transparentBackgroundsStay() {
        Raster raster = noise(SIDE, SIDE);
        int[] before = raster.pixels().clone();
        Brush brush = new Brush().mono(0xAAAAAAAAAAAAAAAAL, 0xFF010203, 0xFF040506, true, 0, 0);
        new Polygons()
                .fill(onto(raster), Rop3.PATCOPY, 1, new int[] {0, 10, 10, 0}, new int[] {0, 0, 10, 10}, 4, brush);
        for (int y = 0; y < 10; y++) {
            for (int x = 0; x < 10; x++) {
                int at = y * SIDE + x;
                assertThat(raster.pixels()[at]).isEqualTo((x & 1) == 0 ? before[at] : 0xFF010203);
            }
        }
    }
}
