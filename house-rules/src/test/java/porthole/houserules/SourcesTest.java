package porthole.houserules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Rules about text: the map, package comments, leftovers, machine paths, file sizes. */
class SourcesTest {
    private static final Set<String> TEXT =
            Set.of("java", "xml", "md", "sh", "run", "py", "json", "yml", "properties", "config", "txt", "proto");
    private static final Pattern MACHINE_PATH =
            Pattern.compile("(?<![\\w.$}*-])(/(work|root|home/\\w+|Users/\\w+)/|[A-Z]:\\\\Users\\\\)");
    private static final Pattern LEFTOVER = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|X" + "XX)\\b");
    private static final int LONGEST_SOURCE = 700;

    @Test
    void noMachinePathsAndNoLeftovers() {
        assertThat(findings(MACHINE_PATH)).as("paths of one machine").isEmpty();
        assertThat(findings(LEFTOVER)).as("leftovers").isEmpty();
    }

    @Test
    void thePatternsFindWhatTheyAreFor() {
        assertThat(MACHINE_PATH.matcher("cd " + "/wo" + "rk/main").find()).isTrue();
        assertThat(MACHINE_PATH
                        .matcher("https://example.test" + "/wo" + "rk/main")
                        .find())
                .isFalse();
        assertThat(LEFTOVER.matcher("// TO" + "DO later").find()).isTrue();
        assertThat(LEFTOVER.matcher("MASTODONS").find()).isFalse();
    }

    @Test
    void everyPackageSaysWhatItIs() {
        Set<Path> packages =
                Project.mainSources().stream().map(Path::getParent).collect(Collectors.toCollection(TreeSet::new));
        assertThat(packages).isNotEmpty();
        for (Path folder : packages) {
            Path info = folder.resolve("package-info.java");
            assertThat(info).exists();
            assertThat(Project.read(info)).as("%s", info).contains("/**");
        }
    }

    @Test
    void everyMainSourceHasOneIdea() {
        for (Path source : Project.mainSources()) {
            assertThat(Project.read(source).lines().count())
                    .as("lines of %s", Project.root().relativize(source))
                    .isLessThanOrEqualTo(LONGEST_SOURCE);
        }
    }

    @Test
    void theMapInArchitectureNamesEveryPackage() {
        Path architecture = Project.root().resolve("ARCHITECTURE.md");
        String text = Project.read(architecture).replace("\r", "");
        int from = text.indexOf("<!-- packages -->");
        int to = text.indexOf("<!-- /packages -->");
        assertThat(from).as("<!-- packages --> in ARCHITECTURE.md").isNotNegative();
        assertThat(to).as("<!-- /packages --> in ARCHITECTURE.md").isGreaterThan(from);
        TreeMap<String, String> map = new TreeMap<>();
        Matcher row = Pattern.compile("(?m)^\\s*`?(porthole[.\\w]*)`?\\s+-\\s+(\\S.*)$")
                .matcher(text.substring(from, to));
        while (row.find()) {
            map.put(row.group(1), row.group(2));
        }
        assertThat(map.keySet()).containsExactlyElementsOf(packages());
    }

    private static TreeSet<String> packages() {
        return Project.mainSources().stream()
                .filter(f -> !f.getFileName().toString().equals("package-info.java"))
                .map(f -> Project.read(f)
                        .lines()
                        .filter(line -> line.startsWith("package "))
                        .findFirst()
                        .orElseThrow()
                        .replaceAll("package |;", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> findings(Pattern pattern) {
        List<String> found = new ArrayList<>();
        for (Path file : Project.files()) {
            String name = file.getFileName().toString();
            if (!TEXT.contains(name.substring(name.lastIndexOf('.') + 1)) || !Files.isReadable(file)) {
                continue;
            }
            List<String> lines = Project.read(file).lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                if (pattern.matcher(lines.get(i)).find()) {
                    found.add(Project.root().relativize(file) + ":" + (i + 1) + ": "
                            + lines.get(i).strip());
                }
            }
        }
        return found;
    }
}
