package porthole.protocol.x224;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecurityProtocolsTest {
    @Test
    void standardSecurityIsTheEmptySetAndNeverAnAcceptedAnswer() {
        SecurityProtocols offer = SecurityProtocols.TLS.with(SecurityProtocols.HYBRID);
        assertThat(offer.has(SecurityProtocols.RDP)).isTrue();
        assertThat(SecurityProtocols.RDP.isOneOf(offer)).isFalse();
        assertThat(SecurityProtocols.TLS.isOneOf(offer)).isTrue();
        assertThat(SecurityProtocols.RDSAAD.isOneOf(offer)).isFalse();
        assertThat(offer.isOneOf(offer)).isFalse();
    }

    @Test
    void namesEveryBitAndKeepsTheUnknown() {
        assertThat(SecurityProtocols.RDP).hasToString("RDP");
        assertThat(new SecurityProtocols(0x1F)).hasToString("TLS|HYBRID|RDSTLS|HYBRID_EX|RDSAAD");
        assertThat(new SecurityProtocols(0x80000021).names()).containsExactly("TLS", "0x20", "0x80000000");
    }
}
