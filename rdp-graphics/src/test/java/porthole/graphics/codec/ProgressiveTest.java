package porthole.graphics.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.fixtures.RlgrEncoder;
import porthole.protocol.failure.WireException;

/** Tiles that come bit by bit end where the same tile ends that came whole. */
class ProgressiveTest {
    /** How many low bits the first pass leaves out, and the second. */
    private static final int[] WITHHELD = {3, 1};

    private final int[][] coefficients = new int[3][Tile.PIXELS];

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void upgradesLeadToTheTileThatCameWhole(boolean extrapolate) {
        randomCoefficients(extrapolate);
        int[] whole = new int[Tile.PIXELS];
        new Progressive()
                .decode(
                        stream(extrapolate, simple(extrapolate)),
                        0,
                        length,
                        new ProgressiveSurface(64, 64),
                        into(whole));

        int[] steps = new int[Tile.PIXELS];
        Progressive progressive = new Progressive();
        ProgressiveSurface surface = new ProgressiveSurface(64, 64);
        progressive.decode(stream(extrapolate, first(extrapolate)), 0, length, surface, into(steps));
        int[] coarse = steps.clone();
        assertThat(coarse).isNotEqualTo(whole);
        progressive.decode(
                stream(extrapolate, upgrade(extrapolate, WITHHELD[0], WITHHELD[1], 1)),
                0,
                length,
                surface,
                into(steps));
        assertThat(steps).isNotEqualTo(whole).isNotEqualTo(coarse);
        progressive.decode(
                stream(extrapolate, upgrade(extrapolate, WITHHELD[1], 0, 0xFF)), 0, length, surface, into(steps));
        assertThat(steps).isEqualTo(whole);
    }

    @Test
    void anUpgradeNeedsAFirstPass() {
        randomCoefficients(true);
        byte[] octets = stream(true, upgrade(true, 1, 0, 0xFF));
        assertThatThrownBy(() -> new Progressive()
                        .decode(octets, 0, length, new ProgressiveSurface(64, 64), into(new int[Tile.PIXELS])))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("first pass");
    }

    @Test
    void aTileOutsideTheSurfaceIsRefused() {
        randomCoefficients(true);
        byte[] tile = simple(true);
        tile[3] = 1; // xIdx
        byte[] octets = stream(true, tile(0xCCC5, Arrays.copyOfRange(tile, 6, tile.length), 3, 1));
        assertThatThrownBy(() -> new Progressive()
                        .decode(octets, 0, length, new ProgressiveSurface(64, 64), into(new int[Tile.PIXELS])))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("tile.xIdx");
    }

    @Test
    void changedOctetsAreDecodedOrRefused() {
        randomCoefficients(true);
        byte[] octets = stream(true, simple(true));
        SplittableRandom random = new SplittableRandom(9);
        int refused = 0;
        for (int i = 0; i < 2_000; i++) {
            byte[] changed = Arrays.copyOf(octets, random.nextInt(3) == 0 ? random.nextInt(length) : length);
            for (int n = random.nextInt(4); n > 0 && changed.length > 0; n--) {
                changed[random.nextInt(Math.min(changed.length, 90))] = (byte) random.nextInt(256);
            }
            try {
                new Progressive()
                        .decode(changed, 0, changed.length, new ProgressiveSurface(64, 64), into(new int[Tile.PIXELS]));
            } catch (WireException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(100, 1_999);
    }

    private void randomCoefficients(boolean extrapolate) {
        SplittableRandom random = new SplittableRandom(17);
        int ll3 = extrapolate ? 4015 : 4032;
        for (int[] component : coefficients) {
            for (int i = 0; i < Tile.PIXELS; i++) {
                component[i] = i >= ll3 ? random.nextInt(0, 200) : random.nextInt(4) == 0 ? random.nextInt(-60, 60) : 0;
            }
        }
    }

    private int length;

    private byte[] stream(boolean extrapolate, byte[] tile) {
        ByteArrayOutputStream region = new ByteArrayOutputStream();
        region.write(64);
        u16(region, 1); // numRects
        region.write(1); // numQuant
        region.write(2); // numProgQuant
        region.write(extrapolate ? 1 : 0);
        u16(region, 1); // numTiles
        u32(region, tile.length);
        u16(region, 0);
        u16(region, 0);
        u16(region, 64);
        u16(region, 64);
        region.writeBytes(new byte[] {0x66, 0x66, 0x66, 0x66, 0x66});
        for (int withheld : WITHHELD) {
            region.write(50);
            for (int i = 0; i < 15; i++) {
                region.write(withheld << 4 | withheld);
            }
        }
        region.writeBytes(tile);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.writeBytes(block(0xCCC1, new byte[] {0, 0, 0, 0, 1, 0}));
        frame.writeBytes(block(0xCCC4, region.toByteArray()));
        frame.writeBytes(block(0xCCC2, new byte[0]));
        length = frame.size();
        return frame.toByteArray();
    }

    /** Whole coefficients in one pass; LL3 as differences. */
    private byte[] simple(boolean extrapolate) {
        return passTile(extrapolate, 0, new byte[] {0}, 0xCCC5);
    }

    private byte[] first(boolean extrapolate) {
        return passTile(extrapolate, WITHHELD[0], new byte[] {0, 0}, 0xCCC6);
    }

    private byte[] passTile(boolean extrapolate, int withheld, byte[] flagsAndQuality, int type) {
        ByteArrayOutputStream tile = new ByteArrayOutputStream();
        tile.writeBytes(new byte[] {0, 0, 0, 0, 0, 0, 0});
        tile.writeBytes(flagsAndQuality);
        byte[][] data = new byte[3][];
        for (int c = 0; c < 3; c++) {
            data[c] = RlgrEncoder.encode(differences(extrapolate, coefficients[c], withheld));
            u16(tile, data[c].length);
        }
        u16(tile, 0);
        for (byte[] octets : data) {
            tile.writeBytes(octets);
        }
        return block(type, tile.toByteArray());
    }

    private static int[] differences(boolean extrapolate, int[] values, int withheld) {
        int ll3 = extrapolate ? 4015 : 4032;
        int[] coded = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            coded[i] = known(values[i], withheld);
        }
        for (int i = values.length - 1; i > ll3; i--) {
            coded[i] -= coded[i - 1];
        }
        return coded;
    }

    /** What a pass knows of a value when {@code withheld} low bits are missing; magnitudes are cut. */
    private static int known(int value, int withheld) {
        return value >= 0 ? value >> withheld : -(-value >> withheld);
    }

    private byte[] upgrade(boolean extrapolate, int before, int after, int quality) {
        int bits = before - after;
        int ll3 = extrapolate ? 4015 : 4032;
        ByteArrayOutputStream tile = new ByteArrayOutputStream();
        tile.writeBytes(new byte[] {0, 0, 0, 0, 0, 0, 0, (byte) quality});
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (int[] component : coefficients) {
            RlgrEncoder raw = new RlgrEncoder();
            SrlEncoder srl = new SrlEncoder(bits);
            for (int i = 0; i < Tile.PIXELS; i++) {
                int magnitude = Math.abs(component[i]) >> after & (1 << bits) - 1;
                if (i >= ll3 || known(component[i], before) != 0) {
                    raw.bits(magnitude, bits);
                } else {
                    srl.value(known(component[i], after));
                }
            }
            byte[] srlOctets = srl.finish();
            byte[] rawOctets = raw.finish();
            u16(tile, srlOctets.length);
            u16(tile, rawOctets.length);
            data.writeBytes(srlOctets);
            data.writeBytes(rawOctets);
        }
        tile.writeBytes(data.toByteArray());
        return block(0xCCC7, tile.toByteArray());
    }

    private static byte[] tile(int type, byte[] body, int at, int value) {
        body[at] = (byte) value;
        return block(type, body);
    }

    private static byte[] block(int type, byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        u16(out, type);
        u32(out, 6 + body.length);
        out.writeBytes(body);
        return out.toByteArray();
    }

    private static void u16(ByteArrayOutputStream out, int value) {
        out.write(value);
        out.write(value >> 8);
    }

    private static void u32(ByteArrayOutputStream out, int value) {
        u16(out, value);
        u16(out, value >> 16);
    }

    private static PixelSink into(int[] picture) {
        return (x, y, width, height, argb, offset, stride) -> {
            for (int row = 0; row < height; row++) {
                System.arraycopy(argb, offset + row * stride, picture, (y + row) * 64 + x, width);
            }
        };
    }

    /** The simplified run-length stream of MS-RDPEGFX 3.2.8.1.5.1, from the encoder's side. */
    private static final class SrlEncoder {
        private final RlgrEncoder out = new RlgrEncoder();
        private final int bits;
        private int zeros;
        private int kp = 8;

        SrlEncoder(int bits) {
            this.bits = bits;
        }

        void value(int value) {
            if (value == 0) {
                zeros++;
                return;
            }
            flush();
            out.bit(1);
            out.bits(zeros, kp / 8);
            zeros = 0;
            out.bit(value < 0 ? 1 : 0);
            kp = Math.max(0, kp - 6);
            int most = (1 << bits) - 1;
            int magnitude = Math.abs(value);
            for (int i = 1; i < magnitude; i++) {
                out.bit(0);
            }
            if (magnitude < most) {
                out.bit(1);
            }
        }

        private void flush() {
            while (zeros >= 1 << kp / 8) {
                out.bit(0);
                zeros -= 1 << kp / 8;
                kp = Math.min(80, kp + 4);
            }
        }

        byte[] finish() {
            flush();
            if (zeros > 0) {
                out.bit(0);
            }
            return out.finish();
        }
    }
}
