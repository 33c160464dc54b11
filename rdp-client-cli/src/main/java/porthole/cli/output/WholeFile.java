package porthole.cli.output;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

/** Writes a file under another name and moves it into place, so that nobody ever sees half of it. */
public final class WholeFile {
    private WholeFile() {}

    /** What writes the octets. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Writes {@code file}, replacing what is there; after a failure the old file is as it was. */
    public static void write(Path file, Content content) throws IOException {
        Path beside = beside(file);
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(beside))) {
                content.writeTo(out);
            }
            moveInto(beside, file);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /** The same, in a file that only its owner can read and write, from its first octet on. */
    public static void writePrivate(Path file, Content content) throws IOException {
        Path beside = beside(file);
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] mode = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try {
            Files.createFile(beside, mode);
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(beside))) {
                content.writeTo(out);
            }
            moveInto(beside, file);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /** A fresh name in the same folder, for what is later moved to {@code file}. */
    public static Path beside(Path file) {
        return file.resolveSibling(
                "." + file.getFileName() + "." + UUID.randomUUID().toString().substring(0, 8) + ".part");
    }

    /** Puts a finished file into its place. */
    public static void moveInto(Path finished, Path place) throws IOException {
        try {
            Files.move(finished, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(finished, place, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
