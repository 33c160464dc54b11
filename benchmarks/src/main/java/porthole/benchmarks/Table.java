package porthole.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Puts what was measured into the document, between its markers. */
public final class Table {
    private Table() {}

    /**
     * @param arguments the JSON of JMH, that with FFmpeg on the class path, what {@code bench/replay.sh} printed, a line on the
     *     machine, and the document
     */
    public static void main(String[] arguments) throws IOException {
        Path document = Path.of(arguments[4]);
        String text = Files.readString(document);
        text = between(text, "machine", arguments[3]);
        text = between(
                text,
                "codecs",
                "| Data | Megapixels/s | Compressed MB/s | Allocated per frame, octets |\n|---|---:|---:|---:|"
                        + codecs(arguments[0], "")
                        + codecs(arguments[1], " (ffmpeg)"));
        text = between(text, "replay", replays(Files.readString(Path.of(arguments[2]))));
        Files.writeString(document, text);
    }

    private static String between(String text, String marker, String content) {
        String begin = "<!-- " + marker + " -->";
        String end = "<!-- /" + marker + " -->";
        int from = text.indexOf(begin);
        int to = text.indexOf(end);
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("no " + begin + " and " + end + " in the document");
        }
        return text.substring(0, from + begin.length()) + "\n" + content + "\n" + text.substring(to);
    }

    private static String codecs(String file, String suffix) throws IOException {
        StringBuilder table = new StringBuilder();
        for (JsonNode result : new ObjectMapper().readTree(Path.of(file).toFile())) {
            JsonNode more = result.path("secondaryMetrics");
            double cpu = score(more, "cpuSeconds");
            double perFrame = score(more, "allocated") / score(more, "frames");
            double megapixels = score(more, "megapixels") / cpu;
            table.append("\n| ")
                    .append(result.path("params").elements().next().asText())
                    .append(suffix)
                    .append(" | ")
                    .append(megapixels == 0 ? "" : String.format("%.0f", megapixels))
                    .append(" | ")
                    .append(String.format("%.1f", score(more, "compressedMB") / cpu))
                    .append(" | ")
                    .append(String.format("%.0f", perFrame))
                    .append(" |");
        }
        return table.toString();
    }

    private static double score(JsonNode metrics, String name) {
        return metrics.path(name).path("score").asDouble();
    }

    /** The columns of the script, whose last one has two words. */
    private static String replays(String printed) {
        return "| Recording | FreeRDP | its start | porthole, cold | porthole, warm | ratio (without FreeRDP's start) |\n"
                + "|---|---:|---:|---:|---:|---:|\n"
                + printed.lines()
                        .skip(1)
                        .map(line -> line.trim().split("\\s+", 6))
                        .map(cells -> "| " + String.join(" | ", cells) + " |")
                        .collect(Collectors.joining("\n"));
    }
}
