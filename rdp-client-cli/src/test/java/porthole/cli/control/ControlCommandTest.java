package porthole.cli.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.cli.output.JsonText;

class ControlCommandTest {
    private static ControlCommand read(String json) throws Exception {
        Map<String, Object> object = JsonText.readObject(json);
        return ControlCommand.read((String) object.get("command"), object);
    }

    @Test
    void readsEveryCommand() throws Exception {
        assertThat(read("{\"command\":\"screenshot\",\"file\":\"a.png\",\"id\":7}"))
                .isEqualTo(new ControlCommand.Screenshot(Path.of("a.png"), Optional.empty()));
        assertThat(read("{\"command\":\"type\",\"text\":\"h\u00E9\"}")).isEqualTo(new ControlCommand.Type("h\u00E9"));
        assertThat(read("{\"command\":\"key\",\"name\":\"Enter\"}"))
                .isEqualTo(new ControlCommand.Key(new Scancode(0x1C, false), ControlCommand.Action.TAP));
        assertThat(read("{\"command\":\"key\",\"scancode\":57421,\"action\":\"down\"}"))
                .isEqualTo(new ControlCommand.Key(new Scancode(0x4D, true), ControlCommand.Action.DOWN));
        assertThat(read("{\"command\":\"key\",\"scancode\":77,\"extended\":true,\"action\":\"up\"}"))
                .isEqualTo(new ControlCommand.Key(new Scancode(0x4D, true), ControlCommand.Action.UP));
        assertThat(read("{\"command\":\"pointer\",\"x\":3,\"y\":4}"))
                .isEqualTo(new ControlCommand.Pointer(3, 4, 0, ControlCommand.Action.MOVE));
        assertThat(read("{\"command\":\"pointer\",\"x\":3,\"y\":4,\"button\":\"right\"}"))
                .isEqualTo(new ControlCommand.Pointer(3, 4, 2, ControlCommand.Action.TAP));
        assertThat(read("{\"command\":\"wheel\",\"delta\":-120,\"horizontal\":true}"))
                .isEqualTo(new ControlCommand.Wheel(-120, true, -1, -1));
        assertThat(read("{\"command\":\"sync\",\"locks\":[\"caps\",\"num\"]}"))
                .isEqualTo(new ControlCommand.Sync(false, true, true, false));
        assertThat(read("{\"command\":\"suppress-output\"}")).isEqualTo(new ControlCommand.SuppressOutput(true));
        assertThat(read("{\"command\":\"refresh\"}")).isEqualTo(new ControlCommand.Refresh(Optional.empty()));
        assertThat(read("{\"command\":\"refresh\",\"x\":1,\"y\":2,\"width\":3,\"height\":4}"))
                .isEqualTo(new ControlCommand.Refresh(Optional.of(new ControlCommand.Rectangle(1, 2, 3, 4))));
        assertThat(read("{\"command\":\"resize\",\"width\":1280,\"height\":800}"))
                .isEqualTo(new ControlCommand.Resize(1280, 800));
        assertThat(read("{\"command\":\"wait\",\"for\":\"quiet\",\"timeout\":\"2s\",\"quiet\":\"100ms\"}"))
                .isEqualTo(new ControlCommand.Wait(
                        ControlCommand.Condition.QUIET, Duration.ofSeconds(2), Duration.ofMillis(100)));
        assertThat(read("{\"command\":\"wait\",\"for\":\"frame\",\"timeout\":1.5}"))
                .isEqualTo(new ControlCommand.Wait(
                        ControlCommand.Condition.FRAME, Duration.ofMillis(1500), Duration.ofMillis(500)));
        assertThat(read("{\"command\":\"reconnect\"}")).isEqualTo(new ControlCommand.Reconnect());
        assertThat(read("{\"command\":\"disconnect\"}")).isEqualTo(new ControlCommand.Disconnect());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"command\":\"dance\"}",
                "{\"command\":\"type\"}",
                "{\"command\":\"type\",\"text\":5}",
                "{\"command\":\"type\",\"text\":\"a\",\"txet\":\"b\"}",
                "{\"command\":\"key\"}",
                "{\"command\":\"key\",\"name\":\"enter\",\"scancode\":28}",
                "{\"command\":\"key\",\"name\":\"nosuch\"}",
                "{\"command\":\"key\",\"scancode\":256}",
                "{\"command\":\"key\",\"scancode\":0}",
                "{\"command\":\"key\",\"scancode\":28,\"action\":\"hold\"}",
                "{\"command\":\"pointer\",\"x\":-1,\"y\":0}",
                "{\"command\":\"pointer\",\"x\":1.5,\"y\":0}",
                "{\"command\":\"pointer\",\"x\":1,\"y\":0,\"action\":\"click\"}",
                "{\"command\":\"pointer\",\"x\":1,\"y\":0,\"button\":\"left\",\"action\":\"move\"}",
                "{\"command\":\"wheel\",\"delta\":400}",
                "{\"command\":\"sync\",\"locks\":\"caps\"}",
                "{\"command\":\"sync\",\"locks\":[1]}",
                "{\"command\":\"refresh\",\"x\":1}",
                "{\"command\":\"resize\",\"width\":1,\"height\":1}",
                "{\"command\":\"wait\"}",
                "{\"command\":\"wait\",\"for\":\"godot\"}",
                "{\"command\":\"wait\",\"for\":\"frame\",\"timeout\":\"soon\"}",
                "{\"command\":\"screenshot\",\"file\":\"\"}",
                "{\"command\":\"screenshot\",\"file\":\"a\\u0000b\"}"
            })
    void refusesWhatIsNoCommand(String json) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOfSatisfying(
                        ControlException.class, e -> assertThat(e.causeName()).isEqualTo("bad-command"));
    }

    @Test
    void aLineThatIsTooLongIsSkippedAndTheNextOneIsRead() throws Exception {
        String text = "x".repeat(LineReader.LONGEST + 10) + "\nnext\nlast";
        LineReader lines = new LineReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        assertThatThrownBy(lines::next).isInstanceOf(ControlException.class);
        assertThat(lines.next()).contains("next");
        assertThat(lines.next()).contains("last");
        assertThat(lines.next()).isEmpty();
    }
}
