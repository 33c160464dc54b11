package porthole.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import porthole.protocol.failure.WireException;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

class EmptyClipboardTest {
    /** Each message of a host, and all that is answered to it. */
    @ParameterizedTest
    @CsvSource({
        "0100000000000000, 070000001000000001000000010" + "00c000200000000000000 0200000000000000",
        "07000000100000000100000001000c000200000010000000, ''",
        "020000000600000001000000" + "0000, 0300010000000000",
        "0400000004000000" + "0D000000, 0500020000000000",
        "080000001800000007000000" + "0000000001000000000000000000000008000000, 090002000400000007000000",
        "0A00000004000000" + "01000000, ''",
        "6300000000000000, ''"
    })
    void answersWithNothing(String message, String answers) {
        List<String> expected =
                answers.isEmpty() ? List.of() : List.of(answers.toLowerCase().split(" "));
        assertThat(said(message)).isEqualTo(expected);
    }

    @Test
    void messagesThatAreTooShortAreRefused() {
        assertThatThrownBy(() -> said("01000000FF000000"))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("dataLen");
    }

    private static List<String> said(String message) {
        List<String> said = new ArrayList<>();
        new EmptyClipboard().received(WireReader.of(Bytes.hex(message), "message", "MS-RDPBCGR 2.2.6"), octets -> {
            said.add(octets.toHex().replace(" ", ""));
            return true;
        });
        return said;
    }
}
