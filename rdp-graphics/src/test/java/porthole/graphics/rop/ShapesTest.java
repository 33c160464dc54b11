package porthole.graphics.rop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShapesTest {
    private static final int INK = 0xFFFFFFFF;

    private final Raster raster = Raster.black(40, 30);
    private final Blitter blitter = new Blitter();
    private final Brush ink = new Brush().solid(INK);

    ShapesTest() {
        blitter.target(raster, Damage.NONE);
    }

    private boolean inked(int x, int y) {
        return raster.pixels()[y * raster.width() + x] == INK;
    }

    private long inkedPixels() {
        return Arrays.stream(raster.pixels()).filter(pixel -> pixel == INK).count();
    }

    @Test
    void aLineLeavesItsLastPixelOut() {
        Lines.line(blitter, Rop3.PATCOPY, 2, 3, 6, 3, INK);
        assertThat(inked(2, 3)).isTrue();
        assertThat(inked(5, 3)).isTrue();
        assertThat(inked(6, 3)).isFalse();
        assertThat(inkedPixels()).isEqualTo(4);
    }

    @Test
    void aLineWithoutLengthDrawsNothing() {
        Lines.line(blitter, Rop3.PATCOPY, 5, 5, 5, 5, INK);
        assertThat(inkedPixels()).isZero();
    }

    @Test
    void aSteepLineHasOnePixelInEachRow() {
        Lines.line(blitter, Rop3.PATCOPY, 10, 25, 14, 5, INK);
        for (int y = 6; y <= 25; y++) {
            int row = y;
            assertThat(IntStream.range(0, 40).filter(x -> inked(x, row)).count())
                    .isEqualTo(1);
        }
        assertThat(inkedPixels()).isEqualTo(20);
    }

    @Test
    void drawingTwiceWithXorGivesBackWhatWasThere() {
        SplittableRandom random = new SplittableRandom(1);
        Arrays.setAll(raster.pixels(), i -> random.nextInt() | Raster.OPAQUE);
        int[] before = raster.pixels().clone();
        for (int i = 0; i < 2; i++) {
            Lines.line(blitter, Rop3.PATINVERT, -30, -7, 70, 50, 0xFF5A5A5A);
            Ellipses.draw(blitter, Rop3.PATINVERT, 3, 4, 30, 25, true, ink);
            Ellipses.draw(blitter, Rop3.PATINVERT, 1, 2, 35, 28, false, ink);
            new Polygons().fill(blitter, Rop3.PATINVERT, 1, new int[] {1, 39, 5}, new int[] {2, 10, 29}, 3, ink);
        }
        assertThat(raster.pixels()).isEqualTo(before);
    }

    @Test
    void polygonsFillWhatARayCountsAsInside() {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 300; round++) {
            int count = random.nextInt(3, 9);
            int[] xs = new int[count];
            int[] ys = new int[count];
            Arrays.setAll(xs, i -> random.nextInt(-10, 50));
            Arrays.setAll(ys, i -> random.nextInt(-10, 40));
            int mode = random.nextInt(1, 3);
            Arrays.fill(raster.pixels(), Raster.OPAQUE);
            new Polygons().fill(blitter, Rop3.PATCOPY, mode, xs, ys, count, ink);
            for (int y = 0; y < raster.height(); y++) {
                for (int x = 0; x < raster.width(); x++) {
                    assertThat(inked(x, y)).isEqualTo(inside(x, y, xs, ys, count, mode));
                }
            }
        }
    }

    /** Counts the edges at or left of a point that lies a hair below the row. */
    private static boolean inside(int x, int y, int[] xs, int[] ys, int count, int mode) {
        int winding = 0;
        int crossings = 0;
        for (int i = 0; i < count; i++) {
            int j = (i + 1) % count;
            if (ys[i] <= y == ys[j] <= y) {
                continue;
            }
            double edge = xs[i] + (y - ys[i]) * (double) (xs[j] - xs[i]) / (ys[j] - ys[i]);
            if (edge <= x + 1e-9) {
                crossings++;
                winding += ys[i] < ys[j] ? 1 : -1;
            }
        }
        return mode == Polygons.WINDING ? winding != 0 : (crossings & 1) != 0;
    }

    @Test
    void aStarHasAHoleWhereItAlternatesAndNoneWhereItWinds() {
        int[] xs = {20, 32, 3, 37, 8};
        int[] ys = {1, 28, 10, 10, 28};
        new Polygons().fill(blitter, Rop3.PATCOPY, 1, xs, ys, 5, ink);
        assertThat(inked(20, 16)).isFalse();
        assertThat(inked(20, 5)).isTrue();
        new Polygons().fill(blitter, Rop3.PATCOPY, Polygons.WINDING, xs, ys, 5, ink);
        assertThat(inked(20, 16)).isTrue();
    }

    @Test
    void anEllipseTouchesItsFourEdgesAndIsSymmetric() {
        for (int right = 5; right < 30; right++) {
            for (int bottom = 4; bottom < 24; bottom += 3) {
                Arrays.fill(raster.pixels(), Raster.OPAQUE);
                Ellipses.draw(blitter, Rop3.PATCOPY, 5, 4, right, bottom, true, ink);
                int width = right - 5;
                int height = bottom - 4;
                assertThat(inked(5, 4 + height / 2)).isTrue();
                assertThat(inked(right, 4 + height / 2)).isTrue();
                assertThat(inked(5 + width / 2, 4)).isTrue();
                assertThat(inked(5 + width / 2, bottom)).isTrue();
                for (int y = 0; y <= height; y++) {
                    for (int x = 0; x <= width; x++) {
                        assertThat(inked(5 + x, 4 + y)).isEqualTo(inked(right - x, bottom - y));
                        assertThat(inked(5 + x, 4 + y)).isEqualTo(inked(right - x, 4 + y));
                    }
                }
            }
        }
    }

    @Test
    void anOutlineIsTheEdgeOfTheFilledEllipse() {
        for (int right = 5; right < 36; right += 3) {
            for (int bottom = 4; bottom < 28; bottom += 5) {
                Arrays.fill(raster.pixels(), Raster.OPAQUE);
                Ellipses.draw(blitter, Rop3.PATCOPY, 2, 1, right, bottom, true, ink);
                boolean[] edge = new boolean[raster.pixels().length];
                for (int i = 0; i < edge.length; i++) {
                    int x = i % 40;
                    int y = i / 40;
                    edge[i] =
                            inked(x, y) && !(inked(x - 1, y) && inked(x + 1, y) && inked(x, y - 1) && inked(x, y + 1));
                }
                Arrays.fill(raster.pixels(), Raster.OPAQUE);
                Ellipses.draw(blitter, Rop3.PATCOPY, 2, 1, right, bottom, false, ink);
                for (int i = 0; i < edge.length; i++) {
                    assertThat(inked(i % 40, i / 40)).isEqualTo(edge[i]);
                }
            }
        }
    }
}
