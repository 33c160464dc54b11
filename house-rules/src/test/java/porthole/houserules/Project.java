package porthole.houserules;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Where the project's sources and classes are. */
final class Project {
    private static final Set<String> GENERATED = Set.of("target", ".git", "recordings");

    private Project() {}

    /** The folder of the parent POM. */
    static Path root() {
        return Path.of(System.getProperty("porthole.fixtures")).getParent().getParent();
    }

    /** Folders of the modules that are the product. */
    static List<Path> productModules() {
        try (Stream<Path> children = Files.list(root())) {
            return children.filter(p -> p.getFileName().toString().startsWith("rdp-"))
                    .filter(p -> Files.exists(p.resolve("pom.xml")))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The compiled main classes of every product module. */
    static JavaClasses productClasses() {
        return new ClassFileImporter()
                .importPaths(productModules().stream()
                        .map(m -> m.resolve("target/classes"))
                        .filter(Files::exists)
                        .toList());
    }

    /** The classes of this module that break a rule on purpose. */
    static JavaClasses plantedClasses(String... packages) {
        return new ClassFileImporter().importPackages(packages);
    }

    /** Every file that people write: no build output, no recordings. */
    static List<Path> files() {
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(root(), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return GENERATED.contains(folder.getFileName().toString())
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    files.add(file);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    /** Main Java sources of every module. */
    static List<Path> mainSources() {
        return files().stream()
                .filter(f -> f.toString().endsWith(".java"))
                .filter(f -> root().relativize(f).toString().replace('\\', '/').contains("/src/main/java/"))
                .toList();
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
