package porthole.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.cli.base.UsageException;
import porthole.transport.Target;
import porthole.transport.tls.TlsEngines;

class ValuesTest {
    @Test
    void readsTimes() {
        assertThat(Values.duration("500ms")).isEqualTo(Duration.ofMillis(500));
        assertThat(Values.duration("1.5")).isEqualTo(Duration.ofMillis(1500));
        assertThat(Values.duration("10s")).isEqualTo(Duration.ofSeconds(10));
        assertThat(Values.duration("2m")).isEqualTo(Duration.ofMinutes(2));
        assertThat(Values.duration("1h")).isEqualTo(Duration.ofHours(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "-5s", "5 s", "1e9", "9999999999s", "5d"})
    void refusesOtherTimes(String text) {
        assertThatThrownBy(() -> Values.duration(text)).isInstanceOf(UsageException.class);
    }

    @Test
    void readsSizes() {
        assertThat(Values.size("1280x800")).isEqualTo(new Values.Size(1280, 800));
        assertThatThrownBy(() -> Values.size("1280")).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> Values.size("99999x1")).isInstanceOf(UsageException.class);
    }

    @Test
    void readsTargets() {
        assertThat(Values.target("host.example")).isEqualTo(Target.of("host.example", 3389));
        assertThat(Values.target("10.0.0.1:3390")).isEqualTo(Target.of("10.0.0.1", 3390));
        assertThat(Values.target("[::1]:3390")).isEqualTo(Target.of("::1", 3390));
        assertThat(Values.target("fe80::1%eth0")).isEqualTo(Target.of("fe80::1%eth0", 3389));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":3389", "host:port", "host:0", "host:70000", "-oProxyCommand=x", "a b", "a/b", "[::1"})
    void refusesWhatIsNoTarget(String text) {
        assertThatThrownBy(() -> Values.target(text)).isInstanceOf(UsageException.class);
    }

    @Test
    void readsWordsInAnyCase() {
        assertThat(Values.word(TlsEngines.class, "--tls-provider", "Bc")).isEqualTo(TlsEngines.BC);
        assertThatThrownBy(() -> Values.word(TlsEngines.class, "--tls-provider", "openssl"))
                .isInstanceOf(UsageException.class)
                .hasMessage("--tls-provider: 'openssl' is none of jdk, bc");
    }
}
