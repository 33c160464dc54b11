package porthole.benchmarks;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import porthole.benchmarks.Codecs.Pixels;

/**
 * A picture as RemoteFX Progressive in a first pass and two upgrades, as recorded hosts send whole tiles only.
 * MS-RDPEGFX 2.2.4.2 and 3.2.8.1.
 */
final class ProgressiveEncoder {
    private static final int SIDE = 64;
    private static final int TILE_PIXELS = SIDE * SIDE;
    private static final int LL3 = 4032;
    private static final int TILE_FIRST = 0xCCC6;
    private static final int TILE_UPGRADE = 0xCCC7;
    /** How many low bits the first pass leaves out, and the second. */
    private static final int[] WITHHELD = {4, 2, 0};

    private static final int FULL_QUALITY = 0xFF;

    private final Pixels picture;
    private final int[][] coefficients = new int[3][TILE_PIXELS];

    private ProgressiveEncoder(Pixels picture) {
        this.picture = picture;
    }

    /** One bitmap stream for each pass. */
    static List<Sample> samples(Pixels picture) {
        ProgressiveEncoder encoder = new ProgressiveEncoder(picture);
        List<Sample> passes = new ArrayList<>();
        for (int pass = 0; pass < WITHHELD.length; pass++) {
            passes.add(new Sample(picture.width(), picture.height(), 32, encoder.pass(pass)));
        }
        return passes;
    }

    private byte[] pass(int pass) {
        int columns = (picture.width() + SIDE - 1) / SIDE;
        int rows = (picture.height() + SIDE - 1) / SIDE;
        ByteArrayOutputStream tiles = new ByteArrayOutputStream();
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                transform(column * SIDE, row * SIDE);
                tiles.writeBytes(pass == 0 ? first(column, row) : upgrade(pass, column, row));
            }
        }
        ByteArrayOutputStream region = new ByteArrayOutputStream();
        region.write(SIDE);
        u16(region, 1); // numRects
        region.write(1); // numQuant
        region.write(WITHHELD.length - 1); // numProgQuant
        region.write(0);
        u16(region, columns * rows);
        u32(region, tiles.size());
        u16(region, 0);
        u16(region, 0);
        u16(region, picture.width());
        u16(region, picture.height());
        region.writeBytes(new byte[] {0x66, 0x66, 0x66, 0x66, 0x66});
        for (int i = 0; i < WITHHELD.length - 1; i++) {
            region.write(50);
            for (int octet = 0; octet < 15; octet++) {
                region.write(WITHHELD[i] << 4 | WITHHELD[i]);
            }
        }
        region.writeBytes(tiles.toByteArray());
        ByteArrayOutputStream begin = new ByteArrayOutputStream();
        u32(begin, pass);
        u16(begin, 1); // regionCount
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(block(0xCCC1, begin));
        out.writeBytes(block(0xCCC4, region));
        out.writeBytes(block(0xCCC2, new ByteArrayOutputStream()));
        return out.toByteArray();
    }

    private byte[] first(int column, int row) {
        ByteArrayOutputStream tile = place(column, row);
        tile.write(0); // flags
        tile.write(0); // quality
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (int[] component : coefficients) {
            int[] coded = new int[TILE_PIXELS];
            for (int i = 0; i < TILE_PIXELS; i++) {
                coded[i] = known(component[i], WITHHELD[0]);
            }
            for (int i = TILE_PIXELS - 1; i > LL3; i--) {
                coded[i] -= coded[i - 1];
            }
            byte[] octets = new RunLengthBits().rlgr1(coded);
            u16(tile, octets.length);
            data.writeBytes(octets);
        }
        u16(tile, 0); // tailLen
        tile.writeBytes(data.toByteArray());
        return block(TILE_FIRST, tile);
    }

    private byte[] upgrade(int pass, int column, int row) {
        int before = WITHHELD[pass - 1];
        int after = WITHHELD[pass];
        int bits = before - after;
        ByteArrayOutputStream tile = place(column, row);
        tile.write(after == 0 ? FULL_QUALITY : pass);
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (int[] component : coefficients) {
            RunLengthBits raw = new RunLengthBits();
            RunLengthBits srl = new RunLengthBits();
            for (int i = 0; i < TILE_PIXELS; i++) {
                if (i >= LL3 || known(component[i], before) != 0) {
                    raw.bits(Math.abs(component[i]) >> after & (1 << bits) - 1, bits);
                } else {
                    srl.simplified(known(component[i], after), bits);
                }
            }
            byte[] srlOctets = srl.finishSimplified();
            byte[] rawOctets = raw.finish();
            u16(tile, srlOctets.length);
            u16(tile, rawOctets.length);
            data.writeBytes(srlOctets);
            data.writeBytes(rawOctets);
        }
        tile.writeBytes(data.toByteArray());
        return block(TILE_UPGRADE, tile);
    }

    private static ByteArrayOutputStream place(int column, int row) {
        ByteArrayOutputStream tile = new ByteArrayOutputStream();
        tile.writeBytes(new byte[3]); // quantization tables
        u16(tile, column);
        u16(tile, row);
        return tile;
    }

    /** What a pass knows of a value when {@code withheld} low bits are missing; magnitudes are cut. */
    private static int known(int value, int withheld) {
        return value >= 0 ? value >> withheld : -(-value >> withheld);
    }

    /** The wavelet coefficients of the three components of a tile. */
    private void transform(int left, int top) {
        for (int i = 0; i < TILE_PIXELS; i++) {
            int x = Math.min(picture.width() - 1, left + i % SIDE);
            int y = Math.min(picture.height() - 1, top + i / SIDE);
            int pixel = picture.argb()[y * picture.width() + x];
            int r = pixel >> 16 & 0xFF;
            int g = pixel >> 8 & 0xFF;
            int b = pixel & 0xFF;
            coefficients[0][i] = (77 * r + 150 * g + 29 * b >> 8) - 128;
            coefficients[1][i] = -43 * r - 85 * g + 128 * b >> 8;
            coefficients[2][i] = 128 * r - 107 * g - 21 * b >> 8;
        }
        for (int[] component : coefficients) {
            level(component, 0, 32);
            level(component, 3072, 16);
            level(component, 3840, 8);
            for (int i = LL3; i < TILE_PIXELS; i++) {
                component[i] += 128; // LL3 has no sign in the raw bits of upgrades
            }
        }
    }

    /** {@code 2n x 2n} samples from {@code base} on become the bands HL, LH, HH and LL. */
    private static void level(int[] samples, int base, int n) {
        int width = 2 * n;
        int[] rows = new int[width * width];
        for (int y = 0; y < width; y++) {
            split(samples, base + y * width, 1, rows, y * width, 1, n);
        }
        int[] columns = new int[width * width];
        for (int x = 0; x < width; x++) {
            split(rows, x, width, columns, x, width, n);
        }
        int band = n * n;
        for (int y = 0; y < n; y++) {
            for (int x = 0; x < n; x++) {
                samples[base + y * n + x] = columns[y * width + n + x];
                samples[base + band + y * n + x] = columns[(n + y) * width + x];
                samples[base + 2 * band + y * n + x] = columns[(n + y) * width + n + x];
                samples[base + 3 * band + y * n + x] = columns[y * width + x];
            }
        }
    }

    private static void split(int[] in, int from, int step, int[] out, int to, int stepOut, int n) {
        int before = 0;
        for (int i = 0; i < n; i++) {
            int even = in[from + 2 * i * step];
            int odd = in[from + (2 * i + 1) * step];
            int next = i == n - 1 ? even : in[from + (2 * i + 2) * step];
            int high = odd - (even + next >> 1) >> 1;
            int low = even + ((i == 0 ? high : before) + high + 1 >> 1);
            out[to + i * stepOut] = low;
            out[to + (n + i) * stepOut] = high;
            before = high;
        }
    }

    private static byte[] block(int type, ByteArrayOutputStream body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        u16(out, type);
        u32(out, 6 + body.size());
        out.writeBytes(body.toByteArray());
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
}
