package porthole.graphics.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import porthole.protocol.failure.WireException;
import porthole.protocol.wire.Bytes;

/** One order of MS-RDPBCGR 2.2.9.1.1.3.1.2.4 at a time; the expected rows were worked out by hand. */
class InterleavedRleTest {
    private static int[] decode(int pixelBytes, int width, int height, String hex) {
        byte[] octets = Bytes.hex(hex).toArray();
        int[] out = new int[width * height];
        new InterleavedRle().decode(octets, octets.length, pixelBytes, width, height, out);
        return out;
    }

    private static void refused(int width, int height, String hex, String field, int offset) {
        assertThatThrownBy(() -> decode(1, width, height, hex)).isInstanceOfSatisfying(WireException.class, e -> {
            assertThat(e.pdu()).isEqualTo("InterleavedRle");
            assertThat(e.field()).isEqualTo(field);
            assertThat(e.offset()).isEqualTo(offset);
            assertThat(e.section()).isEqualTo("MS-RDPBCGR 2.2.9.1.1.3.1.2.4");
        });
    }

    @Test
    void colorImageAndColorRun() {
        assertThat(decode(1, 4, 1, "84 01 02 03 04")).containsExactly(1, 2, 3, 4);
        assertThat(decode(2, 4, 1, "84 0102 0304 0506 0708")).containsExactly(0x201, 0x403, 0x605, 0x807);
        assertThat(decode(3, 2, 1, "82 010203 040506")).containsExactly(0x030201, 0x060504);
        assertThat(decode(1, 4, 1, "64 09")).containsExactly(9, 9, 9, 9);
        assertThat(decode(3, 4, 1, "64 112233")).containsOnly(0x332211);
        assertThat(decode(1, 33, 1, "60 01 07")).hasSize(33).containsOnly(7); // an octet of length, and 32
        assertThat(decode(1, 300, 1, "F3 2C01 07")).hasSize(300).containsOnly(7);
        assertThat(decode(1, 2, 1, "F4 0200 0708")).containsExactly(7, 8);
    }

    @Test
    void backgroundRunsOfTheFirstLineAreBlackAndBelowRepeatTheLineAbove() {
        assertThat(decode(1, 2, 3, "82 05 06 04")).containsExactly(5, 6, 5, 6, 5, 6);
        assertThat(decode(1, 4, 1, "04")).containsOnly(0);
        assertThat(decode(1, 34, 1, "00 02")).hasSize(34).containsOnly(0);
        assertThat(decode(1, 4, 2, "84 01020304 F0 0400")).containsExactly(1, 2, 3, 4, 1, 2, 3, 4);
    }

    @Test
    void aSecondBackgroundRunBeginsWithAForegroundPixel() {
        // on the first line: two black, then one white for the boundary and one black
        assertThat(decode(1, 4, 1, "02 02")).containsExactly(0, 0, 0xFF, 0);
        // below it the boundary pixel is the one above with the foreground over it
        assertThat(decode(1, 4, 2, "84 01020304 02 02")).containsExactly(1, 2, 3, 4, 1, 2, 3 ^ 0xFF, 4);
        // at the change from the first line to the second nothing is inserted
        assertThat(decode(1, 2, 2, "02 02")).containsExactly(0, 0, 0, 0);
        // and after any other order nothing is inserted
        assertThat(decode(1, 5, 1, "02 FD 02")).containsExactly(0, 0, 0xFF, 0, 0);
    }

    @Test
    void foregroundRuns() {
        assertThat(decode(1, 3, 1, "23")).containsOnly(0xFF);
        assertThat(decode(2, 3, 1, "23")).containsOnly(0xFFFF);
        assertThat(decode(3, 3, 1, "23")).containsOnly(0xFFFFFF);
        assertThat(decode(1, 2, 2, "82 05 06 22")).containsExactly(5, 6, 5 ^ 0xFF, 6 ^ 0xFF);
        assertThat(decode(1, 4, 1, "C2 0A 22")).containsOnly(0x0A); // sets the foreground for what follows
        assertThat(decode(1, 17, 1, "C0 01 0A")).hasSize(17).containsOnly(0x0A);
        assertThat(decode(1, 3, 1, "F6 0300 0B")).containsOnly(0x0B);
        assertThat(decode(1, 3, 1, "F1 0300")).containsOnly(0xFF);
    }

    @Test
    void foregroundBackgroundImages() {
        assertThat(decode(1, 8, 1, "41 A5")).containsExactly(0xFF, 0, 0xFF, 0, 0, 0xFF, 0, 0xFF);
        // a length in an octet of its own counts pixels, from one on
        assertThat(decode(1, 10, 1, "40 09 FF 01"))
                .containsExactly(0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0);
        assertThat(decode(1, 8, 2, "88 0102030405060708 D1 F0 03")).endsWith(1 ^ 0xF0, 2 ^ 0xF0, 3, 4, 5, 6, 7, 8);
        assertThat(decode(1, 3, 1, "F2 0300 05")).containsExactly(0xFF, 0, 0xFF);
        assertThat(decode(1, 3, 1, "F7 0300 0C 05")).containsExactly(0x0C, 0, 0x0C);
        assertThat(decode(1, 3, 1, "D0 02 0C 05")).containsExactly(0x0C, 0, 0x0C);
    }

    @Test
    void ditheredRunsAndSpecialOrders() {
        assertThat(decode(1, 6, 1, "E3 01 02")).containsExactly(1, 2, 1, 2, 1, 2);
        assertThat(decode(1, 34, 1, "E0 01 01 02")).hasSize(34).startsWith(1, 2).endsWith(1, 2);
        assertThat(decode(1, 4, 1, "F8 0200 0102")).containsExactly(1, 2, 1, 2);
        assertThat(decode(1, 8, 1, "F9")).containsExactly(0xFF, 0xFF, 0, 0, 0, 0, 0, 0);
        assertThat(decode(1, 8, 1, "FA")).containsExactly(0xFF, 0, 0xFF, 0, 0, 0, 0, 0);
        assertThat(decode(3, 2, 1, "FD FE")).containsExactly(0xFFFFFF, 0);
    }

    @Test
    void whatDoesNotFitIsRefusedWithItsPlace() {
        refused(4, 1, "84 010203", "pixels", 1);
        refused(4, 1, "82 0102", "", 3); // two pixels are missing
        refused(4, 1, "82 0102 83 030405", "runLength", 3);
        refused(4, 1, "E3 01 02", "runLength", 0);
        refused(4, 1, "64", "color", 1);
        refused(4, 1, "F3 01", "runLength", 1);
        refused(4, 1, "60", "runLength", 1);
        refused(8, 1, "41", "bitmask", 1);
        refused(4, 1, "F3 FFFF 01", "runLength", 0);
        for (String header : new String[] {"A0", "BF", "F5", "FB", "FC", "FF"}) {
            refused(4, 1, header + " 0400 01", "codeHeader", 0);
        }
    }
}
