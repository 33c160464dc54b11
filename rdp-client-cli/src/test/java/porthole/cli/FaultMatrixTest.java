package porthole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What all matrices of faults cover together. */
class FaultMatrixTest {
    @Test
    void everyLayerHasSeveralFaults() {
        List<FaultRuns.Row> rows = Stream.of(
                        RouteFaultMatrixTest.ROWS,
                        HostFaultMatrixTest.ROWS,
                        EntraFaultMatrixTest.ROWS,
                        AvdFaultMatrixTest.ROWS,
                        GatewayFaultMatrixTest.ROWS)
                .flatMap(List::stream)
                .toList();
        Map<String, Long> layers =
                rows.stream().collect(Collectors.groupingBy(FaultRuns.Row::layer, Collectors.counting()));
        assertThat(layers.keySet())
                .containsExactlyInAnyOrder(
                        "dns",
                        "tcp",
                        "proxy",
                        "x224",
                        "tls",
                        "authority",
                        "token",
                        "nonce",
                        "assertion",
                        "verdict",
                        "feed",
                        "broker",
                        "gateway");
        assertThat(layers.values()).allMatch(count -> count >= 4);
        assertThat(rows).hasSizeGreaterThan(60);
    }
}
