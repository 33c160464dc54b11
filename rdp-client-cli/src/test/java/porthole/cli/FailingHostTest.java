package porthole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import porthole.host.RdpHost;
import porthole.host.fault.Effect;
import porthole.host.fault.Fault;
import porthole.host.fault.Faults;
import porthole.host.fault.Rule;
import porthole.host.fault.ServerMessage;
import porthole.host.session.HostIdentity;
import porthole.protocol.failure.Stage;

/** The exit status of the command, for a host that fails in each stage. */
class FailingHostTest {
    private static HostIdentity identity;

    private final Shell shell = new Shell();

    @BeforeAll
    static void prepare() {
        identity = HostIdentity.selfSigned("card.test", new SecureRandom());
    }

    private int connect(Fault fault, String... more) {
        try (RdpHost host = RdpHost.builder()
                .certificate(identity.key(), identity.certificate())
                .faults(fault)
                .start()) {
            List<String> command = new ArrayList<>(List.of(
                    "connect",
                    "127.0.0.1:" + host.port(),
                    "--json",
                    "--certificate",
                    "pin:" + host.certificateSha256()));
            command.addAll(List.of(more));
            return shell.run(command.toArray(String[]::new));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "negotiation-failure-hybrid-required-by-server, 56",
        "tls-alert, 15",
        "connect-response-result-15, 17",
        "channel-join-confirm-result-14, 18",
        "license-err-no-license, 59",
        "demand-active-set-length-zero, 23",
        "synchronize-behind-demand-active, 24",
    })
    void isThatOfTheStage(String fault, int status) {
        assertThat(connect(Faults.named(fault).orElseThrow()))
                .as(shell.out() + shell.err())
                .isEqualTo(status);
        assertThat(shell.objects())
                .filteredOn(event -> event.get("event").equals("failure"))
                .singleElement()
                .satisfies(event -> assertThat(event).containsKeys("kind", "stage", "cause", "summary", "remedy"));
        assertThat(shell.err().lines().filter(line -> line.startsWith("porthole: ")))
                .hasSize(1);
    }

    @Test
    void aSessionThatFailsLaterIsNotASuccess() {
        Fault fault = Faults.named("active-error-info-0003").orElseThrow();
        assertThat(connect(fault, "--duration", "30s")).isEqualTo(ExitCode.ACTIVE.number());
        assertThat(shell.out()).contains("ERRINFO_IDLE_TIMEOUT");
    }

    @Test
    void aSessionWithoutAPictureIsNotASuccess() {
        Fault fault = new Fault(
                "no-picture",
                Stage.ACTIVE,
                "paints nothing",
                Optional.of(Stage.FIRST_FRAME),
                "deadline",
                Fault.ANY,
                List.of(Rule.on(ServerMessage.BITMAP, new Effect.Silence())),
                Set.of());
        assertThat(connect(fault, "--timeout", "4s")).isEqualTo(ExitCode.FIRST_FRAME.number());
        assertThat(shell.err()).contains("no picture came");
    }
}
