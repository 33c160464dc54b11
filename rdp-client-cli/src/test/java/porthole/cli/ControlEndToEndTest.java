package porthole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import porthole.host.RdpHost;

class ControlEndToEndTest {
    private final Shell shell = new Shell();

    @Test
    void aProgramDrivesASession(@TempDir Path folder) {
        Path one = folder.resolve("1.png");
        Path two = folder.resolve("2.png");
        try (RdpHost host = RdpHost.builder().start()) {
            String script = String.join(
                    "\n",
                    "{\"command\":\"wait\",\"for\":\"frame\",\"id\":1}",
                    "{\"command\":\"wait\",\"for\":\"quiet\",\"quiet\":\"100ms\",\"id\":2}",
                    "{\"command\":\"screenshot\",\"file\":\"" + one + "\",\"id\":3}",
                    "{\"command\":\"type\",\"text\":\"abc\",\"id\":4}",
                    "{\"command\":\"wait\",\"for\":\"change\",\"id\":5}",
                    "{\"command\":\"key\",\"name\":\"enter\",\"id\":6}",
                    "{\"command\":\"pointer\",\"x\":100,\"y\":120,\"button\":\"left\",\"id\":7}",
                    "{\"command\":\"wait\",\"for\":\"change\",\"id\":8}",
                    "{\"command\":\"wheel\",\"delta\":120,\"id\":9}",
                    "{\"command\":\"sync\",\"locks\":[\"num\"],\"id\":10}",
                    "{\"command\":\"suppress-output\",\"suppress\":true,\"id\":11}",
                    "{\"command\":\"suppress-output\",\"suppress\":false,\"id\":12}",
                    "{\"command\":\"refresh\",\"id\":13}",
                    "{\"command\":\"resize\",\"width\":800,\"height\":600,\"id\":14}",
                    "{oops",
                    "{\"command\":\"screenshot\",\"file\":\"" + two + "\",\"pointer\":true,\"id\":15}",
                    "{\"command\":\"reconnect\",\"id\":16}",
                    "{\"command\":\"wait\",\"for\":\"frame\",\"id\":17}");
            int status = shell.in(script)
                    .run(
                            "connect",
                            "127.0.0.1:" + host.port(),
                            "--certificate",
                            "pin:" + host.certificateSha256(),
                            "--control",
                            "-");
            assertThat(status).as(shell.out() + shell.err()).isZero();
            assertThat(host.connectionsSoFar()).isEqualTo(2);
        }
        List<Map<String, Object>> answers = shell.objects().stream()
                .filter(event -> List.of("done", "error").contains(event.get("event")))
                .toList();
        assertThat(answers).hasSize(18);
        assertThat(answers)
                .filteredOn(answer -> answer.get("event").equals("error"))
                .extracting(answer -> answer.get("cause"))
                .containsExactly("not-possible", "bad-json");
        assertThat(answers)
                .filteredOn(answer -> answer.containsKey("id"))
                .extracting(answer -> answer.get("id"))
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L, 13L, 14L, 15L, 16L, 17L);
        assertThat(one).exists();
        assertThat(two).exists();
        assertThat(one.toFile().length()).isNotEqualTo(two.toFile().length());
        assertThat(shell.objects())
                .filteredOn(event -> event.get("event").equals("ended"))
                .hasSize(2);
    }

    @Test
    void aSessionThatTheHostEndsIsToldAndAnsweredAsNotConnected(@TempDir Path folder) throws Exception {
        try (RdpHost host = RdpHost.builder().start()) {
            Thread ending = new Thread(() -> {
                while (!shell.out().contains("\"id\":1")) {
                    Thread.onSpinWait();
                }
                host.sessions().forEach(session -> session.disconnect(0));
            });
            ending.start();
            String script = "{\"command\":\"wait\",\"for\":\"quiet\",\"id\":1}\n"
                    + "{\"command\":\"wait\",\"for\":\"change\",\"timeout\":\"20s\",\"id\":2}\n"
                    + "{\"command\":\"screenshot\",\"file\":\"" + folder.resolve("a.png") + "\",\"id\":3}\n";
            shell.in(script)
                    .run(
                            "connect",
                            "127.0.0.1:" + host.port(),
                            "--certificate",
                            "pin:" + host.certificateSha256(),
                            "--control",
                            "-");
            ending.join();
        }
        assertThat(shell.objects())
                .filteredOn(event -> event.get("event").equals("error"))
                .extracting(event -> event.get("cause"))
                .containsExactly("not-connected", "not-connected");
        assertThat(Files.exists(folder.resolve("a.png"))).isFalse();
    }
}
