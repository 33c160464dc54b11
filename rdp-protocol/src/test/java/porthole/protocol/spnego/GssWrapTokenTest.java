package porthole.protocol.spnego;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import porthole.protocol.wire.Bytes;

/** Wrap tokens of Kerberos, told apart by their octets: header, confounder, message, copy of the header, checksum. */
class GssWrapTokenTest {
    private static final String HEADER = "050402ff0000000000000000000000a1";
    private static final String CONFOUNDER = "c0".repeat(16);
    private static final String MESSAGE = "11223344";
    private static final String COPY = "dd".repeat(16);
    private static final String CHECKSUM = "ee".repeat(12);

    @Test
    void bringsCopyAndChecksumToTheFront() {
        Bytes token = Bytes.hex(HEADER + CONFOUNDER + MESSAGE + COPY + CHECKSUM);
        assertThat(GssWrapToken.rotated(token, 4).toHex())
                .isEqualTo("050402ff0000001c00000000000000a1" + COPY + CHECKSUM + CONFOUNDER + MESSAGE);
    }

    @Test
    void leavesOthersAlone() {
        Bytes rotated = Bytes.hex("050402ff0000001c00000000000000a1" + COPY + CHECKSUM + CONFOUNDER + MESSAGE);
        assertThat(GssWrapToken.rotated(rotated, 4)).isEqualTo(rotated);
        Bytes old = Bytes.hex("60" + "00".repeat(80));
        assertThat(GssWrapToken.rotated(old, 4)).isEqualTo(old);
        for (int length = 0; length <= 36; length++) {
            Bytes cut = Bytes.hex(HEADER + CONFOUNDER + MESSAGE).slice(0, length);
            assertThat(GssWrapToken.rotated(cut, 4)).isEqualTo(cut);
        }
    }
}
