package porthole.cli.conformance;

import static porthole.cli.conformance.Gfx.GREEN;
import static porthole.cli.conformance.Gfx.rect;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import porthole.client.GraphicsOffer;
import porthole.client.RdpClient;

/** RDPEGFX_* of the suite: all positive cases on one session, each on a new graphics channel; each negative one ends its session. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class GraphicsConformanceTest {
    private static RdpClient client;
    private static GraphicsHost host;

    @BeforeAll
    static void open() {
        client = new RdpClient();
        host = new GraphicsHost(client, GraphicsOffer.AUTO);
    }

    @AfterAll
    static void close() {
        host.close();
        client.close();
    }

    static List<Case<GraphicsHost>> positive() {
        return Stream.of(PipelineCases.all(), ClearCases.positive(), ProgressiveCases.positive())
                .flatMap(List::stream)
                .toList();
    }

    @ParameterizedTest(name = "RDPEGFX_{0}")
    @MethodSource("positive")
    void positive(Case<GraphicsHost> positive) {
        host.confirmed();
        host.frame(Gfx.reset(256, 192), Gfx.create(0x7000, 256, 192), Gfx.map(0x7000, 0, 0));
        host.frame(Gfx.delete(0x7000));
        positive.steps().accept(host);
    }

    static List<Case<GraphicsHost>> negative() {
        return Stream.of(RefusedCases.all(), ClearCases.negative(), ProgressiveCases.negative())
                .flatMap(List::stream)
                .toList();
    }

    @ParameterizedTest(name = "RDPEGFX_{0}")
    @MethodSource("negative")
    void negative(Case<GraphicsHost> negative) {
        GraphicsHost bad = new GraphicsHost(client, GraphicsOffer.AUTO);
        if (RefusedCases.INSTEAD_OF_CONFIRM.stream().anyMatch(negative.name()::startsWith)) {
            bad.open();
        } else {
            bad.confirmed();
            bad.frame(Gfx.surface(1, 256, 192), Gfx.fill(1, GREEN, rect(0, 0, 256, 192)));
        }
        negative.steps().accept(bad);
        bad.live.failure();
    }
}
