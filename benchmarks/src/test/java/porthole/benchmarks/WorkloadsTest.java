package porthole.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Param;

/** Each benchmark runs once, without a clock. */
class WorkloadsTest {
    static Stream<String> codecs() {
        return Codecs.names().stream();
    }

    static Stream<String> bulk() {
        return Bulk.names().stream();
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void decodesItsBitmapsAgainAndAgain(String name) {
        try (Workload workload = Codecs.of(name)) {
            workload.run();
            workload.run();
            assertThat(workload.frames()).isPositive();
            assertThat(workload.pixels()).isGreaterThan(workload.frames());
            assertThat(workload.octets()).isGreaterThan(1_000);
        }
    }

    @ParameterizedTest
    @MethodSource("bulk")
    void decompressesItsMessagesAgainAndAgain(String name) {
        try (Workload workload = Bulk.of(name)) {
            workload.run();
            workload.run();
            assertThat(workload.frames()).isPositive();
            assertThat(workload.octets()).isGreaterThan(1_000);
        }
    }

    @Test
    void replaysASession() {
        try (Workload workload = Sessions.of("freerdp-gfx-shadow/bitmap-16")) {
            workload.run();
            assertThat(workload.frames()).isPositive();
        }
    }

    @Test
    void theBenchmarkHasThemAll() throws ReflectiveOperationException {
        assertThat(params(DecodeBenchmark.Codec.class.getField("codec"))).containsExactlyElementsOf(Codecs.names());
        assertThat(params(DecodeBenchmark.Compression.class.getField("type"))).containsExactlyElementsOf(Bulk.names());
        assertThat(params(DecodeBenchmark.Session.class.getField("recording")))
                .containsExactlyElementsOf(Sessions.names());
    }

    private static String[] params(Field field) {
        return field.getAnnotation(Param.class).value();
    }
}
