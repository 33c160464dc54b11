package porthole.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificatePinTest {
    private static final String HEX = "ab".repeat(32);
    private static final String BASE64_OF_AB = "q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=";

    @Test
    void everyWayToWriteOne() {
        CertificatePin whole = new CertificatePin(CertificatePin.Kind.CERTIFICATE, HEX);
        assertThat(CertificatePin.parse(HEX)).isEqualTo(whole);
        assertThat(CertificatePin.parse("sha256:" + HEX.toUpperCase(java.util.Locale.ROOT)))
                .isEqualTo(whole);
        assertThat(CertificatePin.parse("sha256:AB" + ":AB".repeat(31))).isEqualTo(whole);
        assertThat(CertificatePin.parse(whole.toString())).isEqualTo(whole);
        CertificatePin key = new CertificatePin(CertificatePin.Kind.PUBLIC_KEY, HEX);
        assertThat(CertificatePin.parse("spki:" + HEX)).isEqualTo(key);
        assertThat(CertificatePin.parse("spki:" + BASE64_OF_AB)).isEqualTo(key);
        assertThat(CertificatePin.parse("sha256//" + BASE64_OF_AB)).isEqualTo(key);
        assertThat(key).hasToString("spki:" + BASE64_OF_AB);
        assertThat(new Trust.Pin(HEX + ", spki:" + HEX).pins()).containsExactly(whole, key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sha256:", "spki:", "sha256//", "sha256:ab", "spki:abcd", "spki:!!", "ab,", "sha1:ab"})
    void whatIsNone(String text) {
        assertThatThrownBy(() -> new Trust.Pin(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("spki:");
    }

    @Test
    void aHashOfAnotherLengthIsNone() {
        assertThatThrownBy(() -> CertificatePin.parse("spki:" + BASE64_OF_AB.repeat(2)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CertificatePin.parse(HEX + "ab")).isInstanceOf(IllegalArgumentException.class);
    }
}
