package porthole.protocol.failure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailureReportTest {
    @Test
    void theLineSaysStageSeenExpectedRemedyAndSection() {
        RdpFailure failure = new WireException("ConnectionConfirm", "length", 2, "0x9", "0x8", "MS-RDPBCGR 2.2.1.2")
                .in(Stage.CONNECTION_INITIATION);
        assertThat(failure.getMessage())
                .startsWith(
                        "connection-initiation: ConnectionConfirm.length at offset 2 is malformed; seen 0x9, expected 0x8")
                .contains("remedy: ")
                .endsWith("(MS-RDPBCGR 2.2.1.2)");
    }

    @Test
    void theFirstStageIsTheOneThatCounts() {
        RdpFailure failure = new SequenceException("a", "b", "c").in(Stage.TLS).in(Stage.ACTIVE);
        assertThat(failure.stage()).contains(Stage.TLS);
    }

    @Test
    void aPeersControlCharactersCannotLeaveTheLine() {
        LocalFailure failure = new LocalFailure("tls", "x", "CN=\u001b[2Jevil\nname\u202e", "", "");
        assertThat(failure.getMessage()).contains("CN=\\u001b[2Jevil\\u000aname\\u202e");
    }
}
