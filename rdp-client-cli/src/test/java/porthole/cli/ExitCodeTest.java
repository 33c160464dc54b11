package porthole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import porthole.protocol.credssp.NtStatus;
import porthole.protocol.errorinfo.ErrorInfo;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Refused;
import porthole.protocol.failure.Stage;

class ExitCodeTest {
    @Test
    void everyStageHasItsOwnNumberInTheOrderOfTheStages() {
        int expected = 10;
        int gateway = 40;
        int desktops = 43;
        for (Stage stage : Stage.values()) {
            if (stage == Stage.FEED || stage == Stage.BROKER) {
                assertThat(ExitCode.of(stage).number()).as(stage.label()).isEqualTo(desktops++);
                continue;
            }
            boolean ofGateway = stage.label().startsWith("gateway-");
            assertThat(ExitCode.of(stage).number()).as(stage.label()).isEqualTo(ofGateway ? gateway++ : expected++);
        }
    }

    @Test
    void noTwoCodesShareANumber() {
        Set<Integer> numbers = new HashSet<>();
        Arrays.stream(ExitCode.values())
                .forEach(code ->
                        assertThat(numbers.add(code.number())).as(code.name()).isTrue());
    }

    @Test
    void aFailureHasTheCodeOfItsStage() {
        LocalFailure failure = new LocalFailure("io", "broke", "", "", "");
        assertThat(ExitCode.of(failure.in(Stage.TLS))).isEqualTo(ExitCode.TLS);
        assertThat(ExitCode.of(failure)).isEqualTo(ExitCode.INTERNAL);
    }

    @ParameterizedTest
    @CsvSource({
        "0xC000006D, WRONG_CREDENTIALS",
        "0xC0000064, WRONG_CREDENTIALS",
        "0xC00700EA, WRONG_CREDENTIALS",
        "0xC0000234, ACCOUNT_LOCKED",
        "0xC0000071, PASSWORD_EXPIRED",
        "0xC0000224, PASSWORD_EXPIRED",
        "0xC0000072, ACCOUNT_RESTRICTED",
        "0xC0000193, ACCOUNT_RESTRICTED",
        "0xC000006F, ACCOUNT_RESTRICTED",
        "0xC0000070, ACCOUNT_RESTRICTED",
        "0xC000015B, NOT_AUTHORIZED",
        "0xC0000022, NOT_AUTHORIZED",
        "0xC000005E, AUTHENTICATION"
    })
    void aRefusedLogonSaysWhy(long status, ExitCode code) {
        NtStatus known = NtStatus.of(status);
        Refused refused = new Refused(known.cause(), "", status, known.name(), "", "", "");
        assertThat(ExitCode.of(refused.in(Stage.AUTHENTICATION))).isEqualTo(code);
        assertThat(code.orWorse(ExitCode.TLS)).isEqualTo(ExitCode.TLS);
        assertThat(code.orWorse(ExitCode.LICENSING)).isEqualTo(code);
    }

    @Test
    void aLicenceRefusedByErrorInfoIsALicenceRefused() {
        assertThat(ExitCode.of(errorInfo(0x102).in(Stage.CAPABILITIES_EXCHANGE)))
                .isEqualTo(ExitCode.LICENCE_REFUSED);
        assertThat(ExitCode.of(errorInfo(0x10A).in(Stage.ACTIVE))).isEqualTo(ExitCode.LICENCE_REFUSED);
        assertThat(ExitCode.of(errorInfo(0x3).in(Stage.ACTIVE))).isEqualTo(ExitCode.ACTIVE);
    }

    private static RdpFailure errorInfo(long code) {
        ErrorInfo info = ErrorInfo.of(code);
        return new Refused("error-info", "", code, info.name(), info.meaning(), info.remedy(), "");
    }

    @Test
    void theEarlierStageIsTheWorseOne() {
        assertThat(ExitCode.OK.orWorse(ExitCode.FIRST_FRAME)).isEqualTo(ExitCode.FIRST_FRAME);
        assertThat(ExitCode.TLS.orWorse(ExitCode.CONNECT)).isEqualTo(ExitCode.CONNECT);
        assertThat(ExitCode.GATEWAY_TUNNEL.orWorse(ExitCode.CONNECT)).isEqualTo(ExitCode.CONNECT);
        assertThat(ExitCode.GATEWAY_TUNNEL.orWorse(ExitCode.CONNECTION_INITIATION))
                .isEqualTo(ExitCode.GATEWAY_TUNNEL);
        assertThat(ExitCode.CONNECT.orWorse(ExitCode.INTERNAL)).isEqualTo(ExitCode.INTERNAL);
    }
}
