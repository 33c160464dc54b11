package porthole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import porthole.host.fault.Faults;

/** What the README says is so. */
class ReadmeTest {
    private static String readme;

    @BeforeAll
    static void read() throws Exception {
        readme = Files.readString(Path.of(System.getProperty("porthole.fixtures"), "..", "..", "README.md"));
    }

    @Test
    void everyCommandIsExplainedWithAnExample() {
        for (String command : Porthole.names()) {
            assertThat(readme).contains("### " + command).containsPattern("porthole " + command + "[ )`\n]");
        }
    }

    @Test
    void everyExitCodeIsInItsTable() {
        for (ExitCode code : ExitCode.values()) {
            assertThat(readme).containsPattern("\\| " + code.number() + " \\|");
        }
    }

    @Test
    void everyOptionInItsExamplesExists() {
        Shell shell = new Shell();
        Matcher line = Pattern.compile("(?m)^ *porthole (demo|connect|probe|replay|decode|host) (.*)$")
                .matcher(readme);
        int seen = 0;
        while (line.find()) {
            shell.run("help", line.group(1));
            Matcher option = Pattern.compile("--[a-z-]+").matcher(line.group(2));
            while (option.find()) {
                assertThat(shell.out()).as(line.group()).contains(option.group());
                seen++;
            }
            Matcher fault = Pattern.compile("--fault ([a-z-]+)").matcher(line.group(2));
            while (fault.find()) {
                assertThat(Faults.named(fault.group(1))).as(fault.group()).isPresent();
            }
        }
        assertThat(seen).isGreaterThan(15);
    }

    @Test
    void theEmbeddingExampleCompiles(@TempDir Path folder) {
        Matcher block = Pattern.compile("(?s)```java\n(.*?)```").matcher(readme);
        assertThat(block.find()).isTrue();
        String code = block.group(1);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        JavaFileObject source =
                new SimpleJavaFileObject(URI.create("string:///Example.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return code;
                    }
                };
        boolean compiled = compiler.getTask(
                        said,
                        null,
                        null,
                        List.of("-d", folder.toString(), "-classpath", System.getProperty("java.class.path")),
                        null,
                        List.of(source))
                .call();
        assertThat(compiled).as(said.toString()).isTrue();
    }
}
