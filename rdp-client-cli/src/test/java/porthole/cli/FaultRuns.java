package porthole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Planted faults, several at once, seen through the command as somebody types it: in which stage it ends, which cause is
 * ranked first, and with which exit code.
 */
final class FaultRuns implements AutoCloseable {
    static final String USER = "gina";
    static final String PASSWORD = "g4teway-Secret";
    static final String TOKEN = "eyJhbGciOiJub25lIn0.eyJhdWQiOiJhdmQifQ.c2ln";
    static final String PATIENT = "60s";
    static final String SHORT = "5s";
    private static final int AT_ONCE = 6;

    private final ExecutorService runners = Executors.newFixedThreadPool(AT_ONCE);
    private final Map<Row, CompletableFuture<Ending>> endings = new LinkedHashMap<>();

    /** A fault and what is to come of it. */
    record Row(String layer, String fault, String stage, String cause, int exit) {
        String expected() {
            return stage + " " + cause + " " + exit;
        }

        /** The fault without what is before its colon. */
        String name() {
            return fault.substring(fault.indexOf(':') + 1);
        }
    }

    /** How the command ended. */
    record Ending(String stage, String cause, int exit, String said) {
        String seen() {
            return stage + " " + cause + " " + exit;
        }
    }

    /** Does what is wrong, and runs the command against it. */
    interface Plant {
        Ending run(Row row) throws Exception;
    }

    /** Begins with all of them. */
    FaultRuns(List<Row> rows, Plant plant) {
        for (Row row : rows) {
            endings.put(
                    row,
                    CompletableFuture.supplyAsync(
                            () -> {
                                try {
                                    return plant.run(row);
                                } catch (Exception e) {
                                    throw new IllegalStateException(row.fault(), e);
                                }
                            },
                            runners));
        }
    }

    /** A test for each, which waits for its end. */
    Stream<DynamicTest> tests() {
        return endings.entrySet().stream().map(run -> {
            Row row = run.getKey();
            return DynamicTest.dynamicTest(row.layer() + " " + row.fault(), () -> {
                Ending ending = run.getValue().get(300, TimeUnit.SECONDS);
                assertThat(ending.seen()).as(ending.said()).isEqualTo(row.expected());
                assertThat(ending.said()).doesNotContain(PASSWORD, TOKEN);
            });
        });
    }

    @Override
    public void close() {
        runners.shutdownNow();
    }

    /** Lines of layer, fault, stage, first cause and exit code. */
    static List<Row> rows(String matrix) {
        return matrix.lines()
                .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toArray(String[]::new))
                .map(cells -> new Row(cells[0], cells[1], cells[2], cells[3], Integer.parseInt(cells[4])))
                .toList();
    }

    /** Runs a command in this process. */
    @SuppressWarnings("unchecked")
    static Ending run(String... command) {
        List<String> all = new ArrayList<>(List.of(command));
        all.add("--json");
        if (all.get(0).equals("connect") && !all.contains("--timeout")) {
            all.addAll(List.of("--timeout", PATIENT));
        }
        Shell shell = new Shell();
        int exit = shell.run(all.toArray(String[]::new));
        String stage = "-";
        String cause = "-";
        for (Map<String, Object> event : shell.objects()) {
            if ("failure".equals(event.get("event"))) {
                stage = String.valueOf(event.get("stage"));
                cause = String.valueOf(event.get("cause"));
            } else if ("explanation".equals(event.get("event"))) {
                List<Map<String, Object>> findings = (List<Map<String, Object>>) event.get("findings");
                cause = findings.isEmpty()
                        ? cause
                        : String.valueOf(findings.get(0).get("cause"));
            }
        }
        return new Ending(stage, cause, exit, shell.out() + shell.err());
    }

    /** Connects to a host of any certificate. */
    static Ending connect(String target, String... more) {
        List<String> all = new ArrayList<>(List.of("connect", target, "--certificate", "ignore"));
        all.addAll(List.of(more));
        return run(all.toArray(String[]::new));
    }

    /** A file of its own in {@code folder}. */
    static String file(Path folder, String name, String text) throws IOException {
        return Files.writeString(Files.createTempDirectory(folder, "f").resolve(name), text)
                .toString();
    }

    /** A file with {@link #PASSWORD}. */
    static String secret(Path folder) throws IOException {
        return file(folder, "password", PASSWORD);
    }
}
