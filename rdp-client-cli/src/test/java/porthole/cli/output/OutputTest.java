package porthole.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.Stage;

class OutputTest {
    @Test
    void jsonOfEveryKindOfValueReadsBack() throws Exception {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("text", "a\"b\u0000\u001B");
        object.put("number", 5);
        object.put("time", Duration.ofNanos(1_234_567));
        object.put("none", Optional.empty());
        object.put("some", Optional.of("x"));
        object.put("list", List.of(1L, "two"));
        object.put("inner", Map.of("a", true));
        String line = JsonText.line(object);
        assertThat(line).doesNotContain("\n").doesNotContain("\u001B");
        Map<String, Object> back = JsonText.readObject(line);
        assertThat(back.get("text")).isEqualTo("a\"b\u0000\u001B");
        assertThat(back.get("number")).isEqualTo(5L);
        assertThat(back.get("time")).isEqualTo(1.235);
        assertThat(back.get("none")).isNull();
        assertThat(back.get("list")).isEqualTo(List.of(1L, "two"));
        assertThat(back.get("inner")).isEqualTo(Map.of("a", true));
    }

    @Test
    void refusesWhatIsNotExactlyOneObject() {
        for (String text : List.of("", "[]", "5", "{", "{} {}", "{\"a\":1,\"a\":2}", "nul", "[".repeat(5000))) {
            assertThatThrownBy(() -> JsonText.readObject(text)).as(text).isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> JsonText.readObject("{\"a\":".repeat(500))).isInstanceOf(IOException.class);
    }

    @Test
    void controlCharactersOfAHostAreShownAndNotSent() {
        assertThat(Output.harmless("a\u001B[2Jb\rc\u202Ed")).isEqualTo("a\\x1B[2Jb\\x0Dc\\x202Ed");
        assertThat(Output.harmless("plain\ttext\n")).isEqualTo("plain\ttext\n");
    }

    @Test
    void aFailureIsAnObjectWithoutEmptyParts() {
        Map<String, Object> event =
                Output.event(new LocalFailure("deadline", "too slow", "", "an answer", "wait longer").in(Stage.TLS));
        assertThat(event)
                .containsEntry("event", "failure")
                .containsEntry("kind", "local")
                .containsEntry("stage", "tls")
                .containsEntry("cause", "deadline")
                .doesNotContainKeys("seen", "section", "details");
    }

    @Test
    void aFileIsWrittenAsAWholeOrNotAtAll(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("a.png");
        WholeFile.write(file, out -> out.write(1));
        assertThatThrownBy(() -> WholeFile.write(file, out -> {
                    out.write(new byte[10]);
                    throw new IOException("disk full");
                }))
                .hasMessage("disk full");
        assertThat(Files.readAllBytes(file)).containsExactly(1);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
    }
}
