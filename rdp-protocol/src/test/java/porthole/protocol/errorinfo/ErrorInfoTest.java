package porthole.protocol.errorinfo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorInfoTest {
    @ParameterizedTest
    @CsvSource({
        "1, ERRINFO_RPC_INITIATED_DISCONNECT",
        "5, ERRINFO_DISCONNECTED_BY_OTHERCONNECTION",
        "C, ERRINFO_LOGOFF_BY_USER",
        "1A, ERRINFO_SERVER_REBOOT",
        "104, ERRINFO_LICENSE_HWID_DOESNT_MATCH_LICENSE",
        "412, ERRINFO_CB_SESSION_ONLINE_VM_SESSMON_FAILED",
        "10D5, ERRINFO_CONFIRMACTIVEWRONGORIGINATOR",
        "1111, ERRINFO_SECURITYDATATOOSHORT2",
        "1126, ERRINFO_SECURITYDATATOOSHORT23",
        "1136, ERRINFO_INVALIDMONITORCOUNT",
        "1195, ERRINFO_DECRYPTFAILED2"
    })
    void knownCodes(String code, String name) {
        ErrorInfo info = ErrorInfo.of(Long.parseLong(code, 16));
        assertThat(info.name()).isEqualTo(name);
        assertThat(info.isKnown()).isTrue();
    }

    @Test
    void everyCodeHasTextOfItsOwn() {
        assertThat(ErrorInfo.all().size()).isEqualTo(20 + 11 + 11 + 78); // the four groups of 2.2.5.1.1
        assertThat(ErrorInfo.all()).allSatisfy(info -> {
            assertThat(info.name()).matches("ERRINFO_[A-Z0-9_]+");
            assertThat(info.meaning()).hasSizeGreaterThan(10);
            assertThat(info.remedy()).hasSizeGreaterThan(10);
        });
        assertThat(ErrorInfo.all().stream().map(ErrorInfo::name).collect(Collectors.toSet()))
                .hasSameSizeAs(ErrorInfo.all());
    }

    @Test
    void unknownCodesAreExplainedAsSuch() {
        ErrorInfo info = ErrorInfo.of(0xDEADBEEFL);
        assertThat(info.isKnown()).isFalse();
        assertThat(info.meaning()).contains("0xDEADBEEF");
        assertThat(ErrorInfo.of(-1).code()).isEqualTo(0xFFFFFFFFL);
    }

    @Test
    void logonNotifications() {
        LogonNotification wrong = LogonNotification.of(0xFFFFFFFEL, 0);
        assertThat(wrong.name()).isEqualTo("LOGON_MSG_SESSION_CONTINUE");
        assertThat(wrong.endsLogon()).isFalse();
        assertThat(LogonNotification.of(0xFFFFFFFAL, 2).meaning()).contains("may not log on", "LOGON_FAILED_OTHER");
        assertThat(LogonNotification.of(0xFFFFFFFDL, 17).meaning()).contains("session 17");
        assertThat(LogonNotification.of(5, 1).name()).isEqualTo("unknown");
    }
}
