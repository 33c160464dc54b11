package porthole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import porthole.host.avd.AvdFault;

class AvdConnectTest {
    private static final String TOKEN = "eyJhbGciOiJub25lIn0.eyJhdWQiOiJhdmQifQ.c2ln";
    private static final String PASSWORD = "tr0ub4dor&3";

    @TempDir
    Path folder;

    private Shell connect(int expected, String target, AvdFault... faults) throws Exception {
        Path password = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
        Shell shell = new Shell();
        try (AvdLab avd = AvdLab.start(folder, "alice", PASSWORD, TOKEN, Set.of(faults))) {
            int code = shell.run(avd.connect(
                    target,
                    "--user",
                    "alice",
                    "--password-file",
                    password.toString(),
                    "--screenshot",
                    folder.resolve("a.png").toString()));
            assertThat(shell.out() + shell.err()).doesNotContain(TOKEN, PASSWORD);
            assertThat(code).as(shell.out() + shell.err()).isEqualTo(expected);
        }
        return shell;
    }

    @Test
    void aResourceByName() throws Exception {
        connect(0, "avd:Demo/Desktop");
        assertThat(folder.resolve("a.png")).isNotEmptyFile();
    }

    @Test
    void failuresHaveTheirCodes() throws Exception {
        assertThat(connect(43, "avd:Demo/Nothing").err()).contains("1 resources");
        assertThat(connect(43, "avd:Demo/Desktop", AvdFault.FEED_TWINS).err())
                .contains("'Demo/Desktop': 2 of them: Demo/Desktop (")
                .containsPattern("a0d0/b2d4c2a0\\S+a0d2\\); Demo/Desktop \\(\\S+a0d0/b2d4c2a0\\S+a0d6\\)")
                .contains("use ids, as shown here");
        assertThat(connect(44, "avd:Demo/Desktop", AvdFault.BROKER_NO_HOST).err())
                .contains("drain mode");
        connect(45, "avd:Demo/Desktop", AvdFault.BROKER_ALWAYS_BOOTING);
        connect(41, "avd:Demo/Desktop", AvdFault.UPGRADE_GONE);
        connect(57, "avd:Demo/Desktop", AvdFault.BROKER_OTHER_CERTIFICATE);
        connect(2, "ms-avd:connect?workspaceid=x");
    }
}
