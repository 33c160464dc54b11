package porthole.aad;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import porthole.protocol.failure.LocalFailure;

/** Files that hold secrets: readable by the owner only from the first moment, replaced as a whole. */
public final class PrivateFiles {
    private PrivateFiles() {}

    /** Writes {@code text} to a new file beside {@code file} and puts it in its place. */
    public static void write(Path file, String text) throws IOException {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The same for {@code octets}. */
    public static void write(Path file, byte[] octets) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        // a temporary file is made with mode 0600 where the file system has modes
        Path draft = folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? Files.createTempFile(
                        folder,
                        ".porthole",
                        ".tmp",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                : Files.createTempFile(folder, ".porthole", ".tmp");
        try {
            Files.write(draft, octets);
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** The failure for a file that could not be read; it names the file and shows none of it. */
    public static LocalFailure unreadable(String cause, String what, Path file, IOException because) {
        return failure(cause, "the " + what + " cannot be read", file, because, "check its name and its rights");
    }

    /** The failure for a file that could not be written. */
    public static LocalFailure unwritable(String cause, String what, Path file, IOException because) {
        return failure(cause, "the " + what + " cannot be written", file, because, "check the folder and its rights");
    }

    private static LocalFailure failure(String cause, String summary, Path file, IOException because, String remedy) {
        String why = because instanceof NoSuchFileException
                ? "it does not exist"
                : because instanceof FileAlreadyExistsException
                        ? "it exists already"
                        : because.getClass().getSimpleName();
        return new LocalFailure(cause, summary, file + ": " + why, "", remedy, because);
    }
}
