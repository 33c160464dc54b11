package porthole.graphics.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import porthole.protocol.failure.WireException;
import porthole.protocol.wire.Bytes;

class PlanarTest {
    private static int[] decode(int width, int height, String hex) {
        byte[] octets = Bytes.hex(hex).toArray();
        int[] out = new int[width * height];
        new Planar().decode(octets, 0, octets.length, width, height, out);
        return out;
    }

    private static void refused(int width, int height, String hex, String field, int offset) {
        assertThatThrownBy(() -> decode(width, height, hex)).isInstanceOfSatisfying(WireException.class, e -> {
            assertThat(e.pdu()).isEqualTo("RDP6_BITMAP_STREAM");
            assertThat(e.field()).isEqualTo(field);
            assertThat(e.offset()).isEqualTo(offset);
        });
    }

    @Test
    void rawPlanesWithAndWithoutAlpha() {
        assertThat(decode(2, 1, "20 1112 2122 3132 00")).containsExactly(0xFF112131, 0xFF122232);
        assertThat(decode(2, 1, "00 8090 1112 2122 3132 00")).containsExactly(0x80112131, 0x90122232);
    }

    @Test
    void runsRepeatValuesInTheFirstRowAndDifferencesBelow() {
        String zeros = "04 04"; // two rows of four zeros
        // row 0: one raw value and a run of three; row 1: four raw differences +1, -1, +1, 0
        String plane = "1310" + "40" + "02010200";
        assertThat(decode(4, 2, "30 " + plane + zeros + zeros))
                .containsExactly(
                        0xFF100000, 0xFF100000, 0xFF100000, 0xFF100000, 0xFF110000, 0xFF0F0000, 0xFF110000, 0xFF100000);
        // a run after a raw difference repeats it; the row begins with difference zero again
        assertThat(decode(4, 3, "30 1310" + "1306" + "04" + "04 04 04" + "04 04 04"))
                .containsExactly(
                        0xFF100000,
                        0xFF100000,
                        0xFF100000,
                        0xFF100000,
                        0xFF130000,
                        0xFF130000,
                        0xFF130000,
                        0xFF130000,
                        0xFF130000,
                        0xFF130000,
                        0xFF130000,
                        0xFF130000);
    }

    @Test
    void differencesWrapAround() {
        assertThat(decode(1, 2, "30 10FF 1004" + "1000 1001" + "1001 10FF")).containsExactly(0xFFFF0001, 0xFF01FF81);
    }

    @Test
    void longRuns() {
        // 1 in the low half means 16 more, 2 means 32 more, and then there are no raw values
        for (int[] run : new int[][] {{0x01, 16}, {0xF1, 31}, {0x02, 32}, {0xF2, 47}}) {
            String control = String.format("10 05 %02X", run[0]);
            int[] out = decode(run[1] + 1, 1, "30" + (control + control + control));
            assertThat(out[0]).isEqualTo(0xFF050505);
            // a control octet begins from the value that the one before it left
            assertThat(out).hasSize(run[1] + 1).containsOnly(0xFF050505);
        }
    }

    @Test
    void colorLossAndChroma() {
        // Y 100, Co 10 and Cg -20 with one bit lost each: t = 120
        assertThat(decode(1, 1, "21 64 0A EC 00")).containsExactly(0xFF000000 | 130 << 16 | 80 << 8 | 110);
        // two bits lost: Co 20, Cg -40
        assertThat(decode(1, 1, "22 64 0A EC 00")).containsExactly(0xFF000000 | 160 << 16 | 60 << 8 | 120);
        // clamped at both ends
        assertThat(decode(1, 1, "21 FF 7F 7F 00")).containsExactly(0xFF000000 | 255 << 16 | 255 << 8 | 1);
    }

    @Test
    void subsampledChromaIsSharedByFourPixels() {
        // 3 x 3 pixels of luma, 2 x 2 of chroma
        int[] out = decode(3, 3, "29 646464646464646464 0A00000A 00000000 00");
        int orange = 0xFF000000 | 110 << 16 | 100 << 8 | 90;
        int grey = 0xFF646464;
        assertThat(out).containsExactly(orange, orange, grey, orange, orange, grey, grey, grey, orange);
    }

    @Test
    void whatDoesNotFitIsRefusedWithItsPlace() {
        refused(1, 1, "", "formatHeader", 0);
        refused(1, 1, "28 00 00 00 00", "formatHeader", 0);
        refused(2, 1, "20 11 22 33", "orangeChromaOrGreenPlane", 3);
        refused(2, 1, "30 03", "lumaOrRedPlane.controlByte", 1);
        refused(4, 1, "30 05", "lumaOrRedPlane.controlByte", 1);
        refused(4, 1, "30 00", "lumaOrRedPlane.controlByte", 1);
        refused(4, 1, "30 4011", "lumaOrRedPlane.rawValues", 2);
        refused(4, 1, "30 04 04", "greenChromaOrBluePlane.controlByte", 3);
        refused(20, 1, "30 F1", "lumaOrRedPlane.controlByte", 1);
    }
}
