package porthole.graphics.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The worked examples of MS-RDPRFX, MS-RDPNSC, MS-RDPEGFX and MS-RDPEGDI. */
class SpecificationExamplesTest {
    private static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static ByteBuffer resource(String name) throws IOException {
        try (InputStream in = SpecificationExamplesTest.class.getResourceAsStream(name)) {
            return ByteBuffer.wrap(in.readAllBytes());
        }
    }

    private static int[] shorts(ByteBuffer in, int count) {
        int[] values = new int[count];
        for (int i = 0; i < count; i++) {
            values[i] = in.getShort();
        }
        return values;
    }

    /** MS-RDPRFX 4.2.4.2: each component of the tile after RLGR3. */
    @Test
    void remoteFxEntropyDecoding() throws IOException {
        byte[] tileset = resource("rfx-example-tileset.bin").array();
        ByteBuffer expected = resource("rfx-example-coefficients.bin");
        int from = 0x2E;
        for (int length : new int[] {942, 975, 915}) {
            int[] out = new int[Tile.PIXELS];
            new Rlgr().decode(true, tileset, from, from + length, out, 0, Tile.PIXELS);
            assertThat(out).isEqualTo(shorts(expected, Tile.PIXELS));
            from += length;
        }
        assertThat(from).isEqualTo(tileset.length);
    }

    /** MS-RDPRFX 4.2.4.3: quantization and the wavelet transform undone. Halves are cut another way there: two parts in 32 of a sample. */
    @Test
    void remoteFxTransform() throws IOException {
        byte[] tileset = resource("rfx-example-tileset.bin").array();
        ByteBuffer coefficients = resource("rfx-example-coefficients.bin");
        ByteBuffer expected = resource("rfx-example-samples.bin");
        for (int component = 0; component < 3; component++) {
            int[] tile = shorts(coefficients, Tile.PIXELS);
            SubBands.addUp(tile, SubBands.PLAIN);
            for (int band = 0; band < SubBands.COUNT; band++) {
                int shift = SubBands.quantizer(tileset, 0x16, SubBands.RFX_NIBBLE, band) - 1;
                SubBands.scale(tile, SubBands.PLAIN[band], SubBands.PLAIN[band + 1], shift);
            }
            int[][] samples = Tile.samples();
            new InverseDwt().transform(tile, samples);
            int half = Tile.SIDE / 2;
            Lifting.interleave(samples, half, half, half, Tile.SIDE, tile, 0);
            int[] wanted = shorts(expected, Tile.PIXELS);
            for (int i = 0; i < Tile.PIXELS; i++) {
                assertThat(Math.abs(tile[i] - wanted[i])).isLessThanOrEqualTo(2);
            }
        }
    }

    /** MS-RDPRFX 4.2.4.4: the whole way of the tile; a channel may be off by one, as the factors are rounded in other ways. */
    @Test
    void remoteFxImage() throws IOException {
        byte[] tileset = resource("rfx-example-tileset.bin").array();
        ByteBuffer expected = resource("rfx-example-image.bin");
        byte[] region = octets("c6cc 17000000 01 00 01 0100 0000 0000 4000 4000 c1ca 0100");
        byte[] message = Arrays.copyOf(region, region.length + tileset.length);
        System.arraycopy(tileset, 0, message, region.length, tileset.length);
        int[] seen = new int[Tile.PIXELS];
        new RemoteFx().decode(message, 0, message.length, 64, 64, (x, y, w, h, argb, at, stride) -> {
            assertThat(w * h).isEqualTo(Tile.PIXELS);
            System.arraycopy(argb, at, seen, 0, seen.length);
        });
        int off = 0;
        for (int pixel : seen) {
            int wanted = expected.getInt();
            for (int channel = 0; channel < 24; channel += 8) {
                int difference = Math.abs((pixel >> channel & 0xFF) - (wanted >> channel & 0xFF));
                assertThat(difference).isLessThanOrEqualTo(1);
                off += difference;
            }
        }
        assertThat(off / (3.0 * Tile.PIXELS)).as("mean error").isLessThan(0.6);
    }

    /** MS-RDPNSC 4: 15 x 10 pixels with subsampled chroma, every plane in runs. */
    @Test
    void nsCodec() {
        byte[] stream = octets("71000000 07000000 0b000000 07000000 03 01 0000"
                + "6363016464006363026464006363006464016363016464016363016464006363006464016363006464"
                + "0c63630064640c63630064640c63630064640c636464046364636300646403636464036363006463630064640365"
                + "636464016364640065646406636464006363006464046465656522222222222222373719363737063737373"
                + "7ffff90ffffffff");
        String lines = "3f0f 3f0f 3f0f 4010 4010 3f0f 3f0f 3f0f 3f0f 4010 4010 3f0f 3f0f 4010 4010"
                + " 3f0f 3f0f 3f0f 4010 4010 4010 3f0f 3f0f 3f0f 4010 4010 3f0f 3f0f 4010 4010";
        int[] out = new int[150];
        new NsCodec().decode(stream, 0, stream.length, 15, 10, out);
        String[] wanted = lines.trim().split(" ");
        for (int i = 0; i < wanted.length; i++) {
            int greenRed = Integer.parseInt(wanted[i], 16);
            assertThat(out[i]).as("pixel %d", i).isEqualTo(0xFF0000FF | (greenRed >> 8) << 8 | (greenRed & 0xFF) << 16);
        }
        assertThat(out[0x180 / 4]).as("another green difference").isEqualTo(0xFF143CFF);
        assertThat(out[0x184 / 4]).isEqualTo(0xFF133BFF);
        assertThat(out[0x1E0 / 4]).isEqualTo(0xFF1141FF);
        assertThat(out[0x250 / 4]).isEqualTo(0xFF1141FF);
        assertThat(out[149]).isEqualTo(0xFF1141FF);
    }

    /** MS-RDPEGFX 4.1.2.2: what two frames of one component are at 25, 50 and 100 percent. */
    @Test
    void progressiveUpgrades() {
        Rlgr rlgr = new Rlgr();
        int[] first = new int[14];
        byte[] octets = octets("A8 62 6D FF F7 00");
        rlgr.decode(false, octets, 0, octets.length, first, 0, 14);
        assertThat(first).containsExactly(-2, 0, 0, 0, 0, 0, 0, 0, 0, 1, 3, 1, -7, 6);

        short[] current = {-32, 0, 0, 0, 0, 0, 0, 0, 0, 8, 12, 16, -12, 12};
        byte[] sign = {-1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0};
        upgrade(current, sign, "A0 01 80 00 C9 49 E0", "20", new int[] {4, 2, 0}, new int[] {0, 1, 2});
        assertThat(current).containsExactly(-34, -13, 15, -3, 0, 0, -6, 4, -2, 8, 12, 16, -12, 12);
        assertThat(Arrays.copyOf(sign, 10)).containsExactly(-1, -1, 1, -1, 0, 0, -1, 1, -1, 1);

        int[] second = new int[14];
        octets = octets("88 76 BD FF FE F2");
        rlgr.decode(false, octets, 0, octets.length, second, 0, 14);
        assertThat(second).containsExactly(2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, -4, 8, -9);

        short[] next = {-2, -13, 15, -3, 0, 0, -6, 4, -2, 8, 24, 12, 16, 4};
        byte[] signs = {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        // the specification's octets lack two bits of the fifth value, for which the bits beside them have room
        upgrade(next, signs, "80 07 00 15 A7 00", "00", new int[] {4, 2, 0}, new int[] {0, 1, 2});
        assertThat(next).containsExactly(-2, -2, 3, -3, 1, 2, -6, 4, -2, 2, 24, 12, 16, 4);
        assertThat(Arrays.copyOf(signs, 10)).containsExactly(1, 1, -1, 0, 1, 1, 0, 0, 0, -1);
        upgrade(next, signs, "B0", "C6 40", new int[] {0, 1, 2}, new int[] {0, 0, 0});
        assertThat(next).containsExactly(-2, -2, 3, -3, 1, 3, -7, 5, -2, 1, 24, 13, 18, 5);
    }

    /** The bands of the example have five, five and four coefficients; the last one is LL. */
    private static void upgrade(short[] current, byte[] sign, String srl, String raw, int[] bits, int[] shift) {
        byte[] both = octets(srl + raw);
        int length = octets(srl).length;
        UpgradeReader reader = new UpgradeReader();
        reader.begin(both, 0, length, length, both.length - length);
        for (int band = 0; band < 2; band++) {
            if (bits[band] > 0) {
                reader.refine(current, sign, 5 * band, 5 * band + 5, shift[band], bits[band]);
            }
        }
        if (bits[2] > 0) {
            reader.refineUnsigned(current, 10, 14, shift[2], bits[2]);
        }
    }

    /** MS-RDPEGDI 3.1.9.2.3: three rows of one plane, here of all three. */
    @Test
    void planarRuns() {
        String plane = "13FF 20FEFD 60017DF5C29A38 6001678BA378AF";
        byte[] stream = octets("30" + plane + plane + plane);
        int[] out = new int[18];
        new Planar().decode(stream, 0, stream.length, 6, 3, out);
        int[] wanted = {255, 255, 255, 255, 254, 253, 254, 192, 132, 96, 75, 25, 253, 140, 62, 14, 135, 193};
        for (int i = 0; i < wanted.length; i++) {
            assertThat(out[i]).isEqualTo(0xFF000000 | wanted[i] * 0x010101);
        }
    }

    /** MS-RDPEGDI 3.1.9.2.2: one value a hundred times. */
    @Test
    void planarLongRun() {
        String plane = "1F41 F2 52";
        byte[] stream = octets("30" + plane + plane + plane);
        int[] out = new int[100];
        new Planar().decode(stream, 0, stream.length, 100, 1, out);
        assertThat(out).containsOnly(0xFF414141);
    }
}
