package porthole.aad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.fixtures.Direction;
import porthole.fixtures.Fixtures;
import porthole.fixtures.Recording;
import porthole.protocol.failure.Refused;
import porthole.protocol.failure.Stage;
import porthole.protocol.failure.WireException;

class AuthenticationResultTest {
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("e-accessdenied", "E_ACCESSDENIED"),
            Map.entry("entra-expired-token", "E_ACCESSDENIED"),
            Map.entry("entra-wrong-cnf", "E_ACCESSDENIED"),
            Map.entry("entra-wrong-signature", "E_ACCESSDENIED"),
            Map.entry("sec-e-invalid-token", "SEC_E_INVALID_TOKEN"),
            Map.entry("sec-e-invalid-token-unsigned", "SEC_E_INVALID_TOKEN"),
            Map.entry("status-account-disabled", "STATUS_ACCOUNT_DISABLED"),
            Map.entry("status-invalid-logon-hours", "STATUS_INVALID_LOGON_HOURS"),
            Map.entry("status-invalid-workstation", "STATUS_INVALID_WORKSTATION"),
            Map.entry("status-logon-failure", "STATUS_LOGON_FAILURE"),
            Map.entry("status-no-logon-servers", "STATUS_NO_LOGON_SERVERS"),
            Map.entry("status-password-expired", "STATUS_PASSWORD_EXPIRED"),
            Map.entry("unknown-positive", "unknown"));

    static List<Recording> rejected() {
        return Fixtures.recordings("freerdp-aad-rejected").stream()
                .filter(r -> !r.rows(Direction.S2C, "aad-authentication-result").isEmpty())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("rejected")
    void namesEveryRecordedRefusal(Recording recording) {
        long number = Recorded.member(
                        recording.firstPdu(Direction.S2C, "aad-authentication-result"), "authentication_result")
                .asLong();
        AuthenticationResult result = AuthenticationResult.of(number);
        String name = recording.folder().getFileName().toString();
        assertThat(result.name()).isEqualTo(NAMES.get(name));
        assertThat(result.code())
                .isEqualTo(Recorded.verdict(recording).path("sent_result").asLong());
        assertThat(result.isSuccess()).isFalse();
        assertThat(result.refused()).isInstanceOfSatisfying(Refused.class, r -> {
            assertThat(r.stage()).contains(Stage.AUTHENTICATION);
            assertThat(r.code()).isEqualTo(result.code());
            assertThat(r.report().remedy()).isNotBlank();
        });
    }

    @Test
    void everyRecordedRefusalWasLookedAt() {
        assertThat(rejected().stream().map(r -> r.folder().getFileName().toString()))
                .containsExactlyInAnyOrderElementsOf(NAMES.keySet());
    }

    /** The columns of the specification's table, computed independently. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, S_OK",
        "-2146893048, 2148074248, SEC_E_INVALID_TOKEN",
        "-2147024891, 2147942405, E_ACCESSDENIED",
        "-805306259, 3489661037, STATUS_LOGON_FAILURE",
        "-805306274, 3489661022, STATUS_NO_LOGON_SERVERS",
        "-805306257, 3489661039, STATUS_INVALID_LOGON_HOURS",
        "-805306256, 3489661040, STATUS_INVALID_WORKSTATION",
        "-805306255, 3489661041, STATUS_PASSWORD_EXPIRED",
        "-805306254, 3489661042, STATUS_ACCOUNT_DISABLED",
    })
    void isTheSameSignedAndUnsigned(long signed, long unsigned, String name) {
        AuthenticationResult result = AuthenticationResult.of(signed);
        assertThat(result).isEqualTo(AuthenticationResult.of(unsigned));
        assertThat(result.name()).isEqualTo(name);
        assertThat(result.signed()).isEqualTo((int) signed);
        assertThat(result.isSuccess()).isEqualTo(signed == 0);
        assertThat(AuthenticationResult.named()).contains(result);
    }

    @Test
    void recognisesTheRangeOfTheCloudPackage() {
        assertThat(AuthenticationResult.of(0xD004844CL).name()).isEqualTo("STATUS_AAD_CLOUDAP_E");
        assertThat(AuthenticationResult.of(0xC004844C).name()).isEqualTo("STATUS_AAD_CLOUDAP_E");
        assertThat(AuthenticationResult.of(0xD0049000L).name()).isEqualTo("unknown");
        assertThat(AuthenticationResult.of(0xD004844CL)).hasToString("STATUS_AAD_CLOUDAP_E (0xD004844C)");
    }

    @ParameterizedTest
    @ValueSource(longs = {0x1_0000_0000L, -0x8000_0001L, Long.MAX_VALUE, Long.MIN_VALUE})
    void refusesANumberThatIsNo32BitNumber(long number) {
        assertThatThrownBy(() -> AuthenticationResult.of(number)).isInstanceOf(WireException.class);
    }
}
