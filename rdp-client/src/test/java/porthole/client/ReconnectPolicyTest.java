package porthole.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReconnectPolicyTest {
    private static final ReconnectPolicy POLICY = ReconnectPolicy.of(10, Duration.ofMinutes(2));

    @Test
    void waitsDoubleUpToALimit() {
        assertThat(POLICY.before(1, 0.5)).isEqualTo(Duration.ofMillis(500));
        assertThat(POLICY.before(2, 0.5)).isEqualTo(Duration.ofMillis(1000));
        assertThat(POLICY.before(6, 0.5)).isEqualTo(Duration.ofSeconds(16));
        assertThat(POLICY.before(7, 0.5)).isEqualTo(Duration.ofSeconds(30));
        assertThat(POLICY.before(1_000_000, 0.5)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void chanceSpreadsThem() {
        assertThat(POLICY.before(1, 0)).isEqualTo(Duration.ofMillis(250));
        assertThat(POLICY.before(1, 1)).isEqualTo(Duration.ofMillis(750));
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatThrownBy(() -> ReconnectPolicy.of(-1, Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ReconnectPolicy.of(1, Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(ReconnectPolicy.NONE.attempts()).isZero();
    }

    @Test
    void recordingsAreNumberedBeforeTheirEnding() {
        Path file = Path.of("a", "b.c.porthole");
        assertThat(SessionOptions.RecordingOptions.numbered(file, 1)).isEqualTo(file);
        assertThat(SessionOptions.RecordingOptions.numbered(file, 12)).isEqualTo(Path.of("a", "b.c-12.porthole"));
        assertThat(SessionOptions.RecordingOptions.numbered(Path.of("plain"), 2))
                .isEqualTo(Path.of("plain-2"));
        assertThat(SessionOptions.RecordingOptions.numbered(Path.of(".hidden"), 2))
                .isEqualTo(Path.of(".hidden-2"));
    }
}
