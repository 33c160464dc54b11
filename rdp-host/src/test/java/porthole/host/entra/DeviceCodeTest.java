package porthole.host.entra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import porthole.aad.entra.EntraEndpoints;
import porthole.aad.entra.EntraHttp;
import porthole.aad.grant.ClientIdentity;
import porthole.aad.grant.TokenAnswer;
import porthole.aad.grant.TokenClient;
import porthole.aad.grant.Wanted;
import porthole.aad.signin.DeviceCode;
import porthole.protocol.failure.Stage;

class DeviceCodeTest {
    private final List<Duration> waits = new ArrayList<>();

    private TokenAnswer.Granted signIn(EntraFault... faults) {
        try (MockAuthority authority = MockAuthority.start(MockAuthoritySettings.defaults());
                EntraHttp http = EntraHttp.trusting(authority.clientTls(), Duration.ofSeconds(30))) {
            Wanted wanted = Wanted.bearer("https://www.wvd.microsoft.com/.default openid offline_access");
            EntraEndpoints endpoints =
                    authority.authority().discover(http, Stage.TOKEN).join();
            DeviceCode code = DeviceCode.ask(
                            http, endpoints.deviceAuthorizationEndpoint().orElseThrow(), "client", wanted)
                    .join();
            assertThat(code.toString()).doesNotContain(code.deviceCode());
            authority.setFaults(Set.of(faults));
            TokenClient client = new TokenClient(
                    http, endpoints.tokenEndpoint(), new ClientIdentity.Public("client"), Clock.systemUTC());
            return code.await(client, wanted, wait -> {
                        waits.add(wait);
                        return Runnable::run;
                    })
                    .join();
        }
    }

    @Test
    void isAskedForUntilItIsApproved() {
        assertThat(signIn().response().refreshToken()).isPresent();
        assertThat(waits).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(1));
    }

    @Test
    void isAskedForLessOftenWhenTheAuthoritySaysSo() {
        signIn(EntraFault.SLOW_DOWN);
        assertThat(waits).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(6), Duration.ofSeconds(6));
    }

    @Test
    void endsWithTheAuthoritysNo() {
        assertThatThrownBy(() -> signIn(EntraFault.TOKEN_REFUSED)).hasMessageContaining("AADSTS50079");
    }
}
