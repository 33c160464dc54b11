package porthole.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsKeyboardTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '\0',
            value = {
                "a 30 false", "Z 44 true", "1 2 false", "! 2 true", "0 11 false", "+ 13 true", "[ 26 false",
                "; 39 false", "\" 40 true", "~ 41 true", "\\ 43 false", "? 53 true", "m 50 false", "/ 53 false"
            })
    void findsTheKeyAndWhetherShiftIsHeld(char character, int scancode, boolean shift) {
        assertThat(UsKeyboard.of(character)).contains(new UsKeyboard.Key(scancode, shift));
    }

    @Test
    void knowsEveryPrintableAsciiCharacterAndNoOther() {
        for (char c = ' '; c < 0x7F; c++) {
            assertThat(UsKeyboard.of(c)).as("%s", c).isPresent();
        }
        assertThat(UsKeyboard.of('\u00E9')).isEmpty();
        assertThat(UsKeyboard.control('\n')).contains(new UsKeyboard.Key(0x1C, false));
    }
}
