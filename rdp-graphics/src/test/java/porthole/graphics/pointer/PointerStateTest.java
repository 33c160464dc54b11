package porthole.graphics.pointer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import porthole.graphics.picture.Picture;
import porthole.protocol.failure.WireException;
import porthole.protocol.graphics.PointerUpdate;
import porthole.protocol.wire.Bytes;

class PointerStateTest {
    private static final int[] PALETTE = new int[256];

    static {
        Arrays.fill(PALETTE, 0xFF000000);
        PALETTE[1] = 0xFF112233;
        PALETTE[2] = 0xFFFFFFFF;
    }

    private final PointerState state = new PointerState(4);

    private static PointerUpdate.New shape(int xorBpp, int width, int height, String xor, String and) {
        return new PointerUpdate.New(
                xorBpp, new PointerUpdate.Color(0, 0, 0, width, height, Bytes.hex(xor), Bytes.hex(and)));
    }

    private PointerImage applied(PointerUpdate update) {
        state.apply(update, PALETTE);
        return state.image().orElseThrow();
    }

    /** Four pixels: black, white, transparent, inverting; the AND mask is 0011. */
    private void assertFourKinds(PointerImage image) {
        assertThat(image.argb(0, 0)).isEqualTo(0xFF000000);
        assertThat(image.argb(1, 0)).isEqualTo(0xFFFFFFFF);
        assertThat(image.argb(2, 0)).isZero();
        assertThat(image.inverts(2, 0)).isFalse();
        assertThat(image.argb(3, 0)).isZero();
        assertThat(image.inverts(3, 0)).isTrue();
    }

    @Test
    void everyDepth() {
        assertFourKinds(applied(shape(1, 4, 1, "50 00", "30 00")));
        assertFourKinds(applied(shape(4, 4, 1, "02 02", "30 00")));
        assertFourKinds(applied(shape(8, 4, 1, "00 02 00 02", "30 00")));
        assertFourKinds(applied(shape(15, 4, 1, "0000 FF7F 0000 FF7F", "30 00")));
        assertFourKinds(applied(shape(16, 4, 1, "0000 FFFF 0000 FFFF", "30 00")));
        assertFourKinds(applied(shape(24, 4, 1, "000000 FFFFFF 000000 FFFFFF", "30 00")));
        assertFourKinds(applied(shape(32, 4, 1, "00000000 FFFFFF00 00000000 FFFFFF00", "30 00")));
        assertFourKinds(applied(
                new PointerUpdate.Color(3, 0, 0, 4, 1, Bytes.hex("000000 FFFFFF 000000 FFFFFF"), Bytes.hex("30 00"))));
        assertFourKinds(applied(new PointerUpdate.Large(
                32, 1, 0, 0, 4, 1, Bytes.hex("000000FF FFFFFFFF 00000000 FFFFFFFF"), Bytes.hex("30 00"))));
    }

    @Test
    void alphaOfThirtyTwoBitsIsKept() {
        PointerImage image = applied(shape(32, 2, 1, "30201080 00000000", "0000"));
        assertThat(image.argb(0, 0)).isEqualTo(0x80102030);
        assertThat(image.argb(1, 0)).isZero();
        Picture drawn = state.drawOnto(Picture.copyOf(1, 1, new int[] {0xFFF0F0F0}));
        assertThat(drawn.argb(0, 0)).isEqualTo(0xFF808890);
    }

    @Test
    void rowsArePaddedAndTheLastComesFirstButNotWithOneBit() {
        PointerImage image = applied(shape(24, 1, 2, "010000 00 020000 00", "0000 0000"));
        assertThat(image.argb(0, 0)).isEqualTo(0xFF000002);
        assertThat(image.argb(0, 1)).isEqualTo(0xFF000001);
        PointerImage mono = applied(shape(1, 1, 2, "8000 0000", "0000 0000"));
        assertThat(mono.argb(0, 0)).isEqualTo(0xFFFFFFFF);
        assertThat(mono.argb(0, 1)).isEqualTo(0xFF000000);
    }

    @Test
    void shapesAreRememberedAndCalledUpAgain() {
        PointerImage first = applied(shape(24, 1, 1, "010000 00", "0000"));
        state.apply(new PointerUpdate.SystemNull(), PALETTE);
        assertThat(state.image()).isEmpty();
        Picture picture = Picture.copyOf(1, 1, new int[] {0xFF999999});
        assertThat(state.drawOnto(picture)).isSameAs(picture);
        assertThat(applied(new PointerUpdate.Cached(0))).isSameAs(first);
        assertThat(applied(new PointerUpdate.SystemDefault())).isSameAs(SystemPointer.ARROW);
        assertThatThrownBy(() -> state.apply(new PointerUpdate.Cached(1), PALETTE))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("sent before");
        assertThatThrownBy(() -> state.apply(new PointerUpdate.Cached(4), PALETTE))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("0 to 3");
        PointerUpdate.Color outside =
                new PointerUpdate.Color(65535, 0, 0, 1, 1, Bytes.hex("01000000"), Bytes.hex("0000"));
        assertThatThrownBy(() -> state.apply(outside, PALETTE)).isInstanceOf(WireException.class);
    }

    @Test
    void theHotSpotLiesWhereThePointerIs() {
        state.apply(
                new PointerUpdate.New(
                        24, new PointerUpdate.Color(0, 1, 0, 2, 1, Bytes.hex("010000 FFFFFF 0000"), Bytes.hex("4000"))),
                PALETTE);
        state.apply(new PointerUpdate.Position(2, 1), PALETTE);
        assertThat(state.x()).isEqualTo(2);
        assertThat(state.y()).isEqualTo(1);
        int[] grey = new int[12];
        Arrays.fill(grey, 0xFF404040);
        Picture drawn = state.drawOnto(Picture.copyOf(4, 3, grey));
        assertThat(drawn.argb(1, 1)).isEqualTo(0xFF000001);
        assertThat(drawn.argb(2, 1)).isEqualTo(0xFFBFBFBF); // inverted
        assertThat(drawn.differingPixels(Picture.copyOf(4, 3, grey))).isEqualTo(2);
    }

    @Test
    void aPointerAtAnyPlaceStaysInsideThePicture() {
        Picture black = Picture.copyOf(6, 6, new int[36]);
        for (int y = -20; y < 20; y++) {
            for (int x = -20; x < 20; x++) {
                state.moveTo(x, y);
                boolean touches = x < 6 && y < 6 && x > -12 && y > -17;
                long changed = state.drawOnto(black).differingPixels(black);
                assertThat(changed).isLessThanOrEqualTo(touches ? 36 : 0);
            }
        }
        state.moveTo(0, 0);
        assertThat(state.drawOnto(black).argb(1, 3)).isEqualTo(0xFFFFFFFF);
    }

    @Test
    void masksAndSizesThatCannotBeAreRefused() {
        refused("width", shape(24, 0, 1, "", ""));
        refused("width", shape(24, 97, 1, "", ""));
        refused("height", shape(24, 1, 65535, "", ""));
        refused("xorBpp", shape(7, 1, 1, "00000000", "0000"));
        refused("lengthXorMask", shape(24, 2, 1, "00000000", "0000"));
        refused("lengthAndMask", shape(24, 1, 2, "00000000 00000000", "0000"));
        refused("width", new PointerUpdate.Large(32, 0, 0, 0, 385, 1, Bytes.EMPTY, Bytes.EMPTY));
        assertThat(applied(shape(24, 1, 1, "010203 00", "")).argb(0, 0)).isEqualTo(0xFF030201);
    }

    private void refused(String field, PointerUpdate update) {
        assertThatThrownBy(() -> state.apply(update, PALETTE)).isInstanceOfSatisfying(WireException.class, e -> {
            assertThat(e.field()).isEqualTo(field);
        });
    }
}
