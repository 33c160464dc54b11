package porthole.aad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.protocol.failure.LocalFailure;

class RdpResourceTest {
    @ParameterizedTest
    @CsvSource({
        "rdphost.lab.test, rdphost",
        "RdpHost, RdpHost",
        "host., host",
        "192.168.0.17, 192.168.0.17",
        "2001:db8::1, 2001:db8::1",
        "[2001:db8::1], 2001:db8::1",
        "1.example, 1",
    })
    void cutsADnsNameToItsFirstLabelAndNeverAnAddress(String host, String name) {
        assertThat(RdpResource.ofHost(host).name()).isEqualTo(name);
    }

    @Test
    void takesAnEntraNameAsItIs() {
        RdpResource resource = RdpResource.named("PC-7.Corp.Example");
        assertThat(resource.scope())
                .isEqualTo("ms-device-service://termsrv.wvd.microsoft.com/name/PC-7.Corp.Example/user_impersonation");
        assertThat(resource.uri()).isEqualTo("ms-device-service://termsrv.wvd.microsoft.com/name/PC-7.Corp.Example");
    }

    @Test
    void namesADeviceByItsId() {
        assertThat(RdpResource.device("11111111-2222-4333-8444-555555555555").scope())
                .isEqualTo("ms-device-service://termsrv.wvd.microsoft.com/id/11111111-2222-4333-8444-555555555555"
                        + "/user_impersonation");
        assertThatThrownBy(() -> RdpResource.device("pc")).isInstanceOf(LocalFailure.class);
    }

    @Test
    void knowsAnAddress() {
        assertThat(RdpResource.ofHost("10.0.0.1").isAddress()).isTrue();
        assertThat(RdpResource.ofHost("pc-10").isAddress()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "a b", "a\n", "a?x", "a#", "a%2f", "a\"b", "a\\b"})
    void refusesWhatCouldChangeTheScope(String name) {
        assertThatThrownBy(() -> RdpResource.named(name)).isInstanceOf(LocalFailure.class);
    }
}
