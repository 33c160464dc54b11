package porthole.host.card;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the card shows, and what input changes of it. */
class TestCardTest {
    private final TestCard card = new TestCard(640, 480, List.of("PORTHOLE TEST CARD"));

    private Set<DirtyTiles.Tile> dirty() {
        Set<DirtyTiles.Tile> tiles = new HashSet<>();
        while (!card.dirty().isClean()) {
            tiles.add(card.dirty().take());
        }
        return tiles;
    }

    @Test
    void cornersAndBarsAreWhereTheyBelong() {
        assertThat(card.argb(0, 0)).isEqualTo(0xFFFF0000);
        assertThat(card.argb(639, 0)).isEqualTo(0xFF00FF00);
        assertThat(card.argb(0, 479)).isEqualTo(0xFF0000FF);
        assertThat(card.argb(639, 479)).isEqualTo(0xFFFFFFFF);
        for (int bar = 0; bar < 8; bar++) {
            assertThat(card.argb(bar * 80 + 40, 60)).isEqualTo(0xFF000000 | TestCard.BARS.get(bar));
        }
        assertThat(card.argb(0, 130)).isEqualTo(0xFF000000);
        assertThat(card.argb(639, 130)).isEqualTo(0xFFFFFFFF);
    }

    @Test
    void everyPixelIsDirtyAtFirstAndThenOnlyWhatChanged() {
        assertThat(dirty()).hasSize(10 * 8);
        card.movePointer(320, 32);
        assertThat(dirty()).allMatch(t -> t.y() == 0 || t.y() == 256).anyMatch(t -> t.y() == 0);
        card.type('a');
        assertThat(dirty()).isNotEmpty().allMatch(t -> t.y() == 256);
    }

    @Test
    void theCrossShowsWhereThePointerIs() {
        int before = card.argb(320, 60);
        card.movePointer(320, 60);
        assertThat(card.argb(320, 60)).isNotEqualTo(before);
        assertThat(card.argb(308, 60)).isNotEqualTo(0xFF000000 | TestCard.BARS.get(3));
        card.movePointer(-5, 10_000);
        assertThat(card.argb(320, 60)).isEqualTo(before);
        assertThat(card.lines().get(2)).startsWith("pointer: 0,479 ");
    }

    @Test
    void keysAppearAsText() {
        Keyboard keyboard = new Keyboard();
        press(keyboard, 0x2A, true); // shift
        tap(keyboard, 0x23); // h
        press(keyboard, 0x2A, false);
        tap(keyboard, 0x17); // i
        tap(keyboard, 0x39); // space
        tap(keyboard, 0x02); // 1
        tap(keyboard, 0x30); // b
        tap(keyboard, 0x0E); // backspace
        tap(keyboard, 0x3A); // caps lock
        tap(keyboard, 0x2D); // x
        assertThat(card.typed()).isEqualTo("Hi 1X");
        assertThat(card.lines().get(1)).isEqualTo("keys: Hi 1X_");
        assertThat(keyboard.press(Keyboard.F9, true, card)).hasValue(Keyboard.F9);
        assertThat(keyboard.press(Keyboard.F9, false, card)).isEmpty();
        for (int code = 0; code < 256; code++) {
            tap(keyboard, code); // no code at all is too much
        }
    }

    private void tap(Keyboard keyboard, int code) {
        press(keyboard, code, true);
        press(keyboard, code, false);
    }

    private void press(Keyboard keyboard, int code, boolean down) {
        keyboard.press(code, down, card);
    }

    @Test
    void aCardOfAnotherSizeKeepsItsState() {
        card.type('q');
        card.movePointer(10, 20);
        card.button(0, true);
        card.turnWheel(-120);
        TestCard other = card.resized(1024, 768, List.of("PORTHOLE TEST CARD"));
        assertThat(other.lines()).isEqualTo(card.lines());
        assertThat(other.lines().get(2)).isEqualTo("pointer: 10,20  buttons: L----  wheel: -120");
        assertThat(other.width()).isEqualTo(1024);
    }

    @Test
    void everyPrintableCharacterHasAGlyphOfItsOwn() {
        Set<String> seen = new HashSet<>();
        for (char c = ' '; c <= '~'; c++) {
            StringBuilder rows = new StringBuilder();
            for (int y = 0; y < TinyFont.LINE_HEIGHT; y++) {
                for (int x = 0; x < TinyFont.ADVANCE; x++) {
                    rows.append(TinyFont.ink(c, x, y) ? '#' : '.');
                }
            }
            assertThat(seen.add(rows.toString())).as("glyph of %s", c).isTrue();
        }
        assertThat(TinyFont.ink('\u20AC', 0, 0)).isTrue();
    }
}
