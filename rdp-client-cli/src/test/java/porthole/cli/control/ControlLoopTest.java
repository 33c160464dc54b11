package porthole.cli.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.Stage;

class ControlLoopTest {
    private final List<Map<String, Object>> events = new ArrayList<>();
    private final Notes desktop = new Notes();

    private void run(String... lines) throws Exception {
        String text = String.join("\n", lines);
        new ControlLoop(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), events::add, desktop, false)
                .run();
    }

    @Test
    void everyCommandHasOneAnswerWithItsId() throws Exception {
        run(
                "{\"command\":\"type\",\"text\":\"hi\",\"id\":1}",
                "",
                "{\"command\":\"pointer\",\"x\":1,\"y\":2,\"button\":\"left\",\"id\":\"b\"}",
                "{\"command\":\"key\",\"name\":\"a\"}",
                "{\"command\":\"screenshot\",\"file\":\"a.png\",\"id\":null}");
        assertThat(events)
                .containsExactly(
                        Map.of("event", "done", "command", "type", "id", 1L),
                        Map.of("event", "done", "command", "pointer", "id", "b"),
                        Map.of("event", "done", "command", "key"),
                        events.get(3));
        assertThat(events.get(3)).containsEntry("file", "a.png").containsEntry("id", null);
        assertThat(desktop.done)
                .containsExactly(
                        "type hi",
                        "button 1 true 1,2",
                        "button 1 false 1,2",
                        "key 30 false true",
                        "key 30 false false",
                        "screenshot a.png false",
                        "disconnect");
    }

    @Test
    void badLinesAreAnsweredAndTheSessionGoesOn() throws Exception {
        run(
                "not json",
                "[1]",
                "{\"id\":3}",
                "{\"command\":\"dance\",\"id\":4}",
                "{\"command\":\"resize\",\"width\":800,\"height\":600}",
                "{\"command\":\"wait\",\"for\":\"change\",\"timeout\":\"1ms\"}",
                "{\"command\":\"screenshot\",\"file\":\"forbidden\"}",
                "{\"command\":\"type\",\"text\":\"still here\"}");
        assertThat(events)
                .extracting(event -> event.get("cause"))
                .containsExactly(
                        "bad-json", "bad-json", "bad-command", "bad-command", "not-possible", "timeout", "file", null);
        assertThat(events.get(3)).containsEntry("id", 4L).containsEntry("command", "dance");
        assertThat(desktop.done).containsExactly("type still here", "disconnect");
    }

    @Test
    void disconnectEndsTheLoopAndLaterLinesAreNotRead() throws Exception {
        run("{\"command\":\"disconnect\",\"id\":9}", "{\"command\":\"type\",\"text\":\"late\"}");
        assertThat(events).containsExactly(Map.of("event", "done", "command", "disconnect", "id", 9L));
        assertThat(desktop.done).containsExactly("disconnect");
    }

    @Test
    void afterTheSessionEndedOnlyReconnectHelps() throws Exception {
        desktop.connected = false;
        run(
                "{\"command\":\"type\",\"text\":\"a\"}",
                "{\"command\":\"reconnect\",\"id\":1}",
                "{\"command\":\"type\",\"text\":\"b\"}");
        assertThat(events.get(0)).containsEntry("cause", "not-connected");
        assertThat(events.get(1)).containsEntry("event", "done").containsEntry("id", 1L);
        assertThat(desktop.done).containsExactly("reconnect", "type b", "disconnect");
    }

    @Test
    void aReconnectThatFailsCarriesTheFailure() throws Exception {
        desktop.failure = new LocalFailure("refused", "nobody listens", "", "", "start it");
        run("{\"command\":\"reconnect\"}");
        assertThat(events.get(0)).containsEntry("event", "error").containsEntry("cause", "not-connected");
        assertThat(events.get(0).get("failure"))
                .isInstanceOfSatisfying(
                        Map.class, failure -> assertThat(failure.get("stage")).isEqualTo("connect"));
    }

    /** Writes down what it was told. */
    private static final class Notes implements Desktop {
        private final List<String> done = new ArrayList<>();
        private boolean connected = true;
        private LocalFailure failure;

        @Override
        public boolean isConnected() {
            return connected;
        }

        @Override
        public Map<String, Object> screenshot(Path file, boolean pointer) throws IOException {
            if (file.toString().equals("forbidden")) {
                throw new IOException("no");
            }
            done.add("screenshot " + file + " " + pointer);
            return Map.of("file", file.toString());
        }

        @Override
        public void type(String text) {
            done.add("type " + text);
        }

        @Override
        public void key(int scancode, boolean extended, boolean down) {
            done.add("key " + scancode + " " + extended + " " + down);
        }

        @Override
        public void movePointer(int x, int y) {
            done.add("move " + x + "," + y);
        }

        @Override
        public void button(int button, boolean down, int x, int y) {
            done.add("button " + button + " " + down + " " + x + "," + y);
        }

        @Override
        public void wheel(int delta, boolean horizontal, int x, int y) {
            done.add("wheel " + delta);
        }

        @Override
        public void sync(boolean scroll, boolean num, boolean caps, boolean kana) {
            done.add("sync");
        }

        @Override
        public void suppressOutput(boolean suppress) {
            done.add("suppress " + suppress);
        }

        @Override
        public void refresh(int x, int y, int width, int height) {
            done.add("refresh");
        }

        @Override
        public boolean resize(int width, int height) {
            return false;
        }

        @Override
        public boolean awaitFrame(Duration timeout) {
            return true;
        }

        @Override
        public boolean awaitQuiet(Duration quiet, Duration timeout) {
            return true;
        }

        @Override
        public boolean awaitChange(Duration timeout) {
            return false;
        }

        @Override
        public void reconnect() {
            if (failure != null) {
                connected = false;
                throw failure.in(Stage.CONNECT);
            }
            done.add("reconnect");
            connected = true;
        }

        @Override
        public void disconnect() {
            done.add("disconnect");
        }

        @Override
        public boolean logoff() {
            done.add("logoff");
            return true;
        }
    }
}
