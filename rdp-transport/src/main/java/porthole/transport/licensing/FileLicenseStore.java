package porthole.transport.licensing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Keeps each licence in a file of its own (mode 0600) in a folder (mode 0700), both made when they are needed.
 *
 * <p>A file is written under another name and then takes its place, so that no reader sees a part of it; of several writers
 * the last one counts. A file that is not whole is set aside under a name that ends in {@code .corrupt}.
 */
public final class FileLicenseStore implements LicenseStore {
    private static final String ENDING = ".license";
    private static final int LARGEST = 256 << 10;

    private final Path folder;
    private final Executor blocking;
    private final Consumer<String> notes;

    /**
     * @param folder need not exist yet
     * @param blocking where files are read and written
     * @param notes is told what is wrong with a file, one clause each, on a thread of {@code blocking}
     */
    public FileLicenseStore(Path folder, Executor blocking, Consumer<String> notes) {
        this.folder = folder.toAbsolutePath();
        this.blocking = blocking;
        this.notes = notes;
    }

    @Override
    public CompletionStage<Optional<License>> find(Product product) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return read(product);
                    } catch (IOException e) {
                        notes.accept("the stored licence cannot be read: " + e);
                        return Optional.empty();
                    }
                },
                blocking);
    }

    @Override
    public CompletionStage<Boolean> keep(Product product, License license) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        write(product, license);
                        return true;
                    } catch (IOException e) {
                        notes.accept("the licence cannot be stored: " + e);
                        return false;
                    }
                },
                blocking);
    }

    private Path file(Product product) {
        return folder.resolve(LicenseFile.nameOf(product) + ENDING);
    }

    private Optional<License> read(Product product) throws IOException {
        Path file = file(product);
        byte[] octets;
        try (var in = Files.newInputStream(file)) {
            octets = in.readNBytes(LARGEST + 1);
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
        Optional<License> license = octets.length > LARGEST
                ? Optional.empty()
                : LicenseFile.read(product, new String(octets, StandardCharsets.UTF_8));
        if (license.isEmpty()) {
            Path aside = file.resolveSibling(file.getFileName() + ".corrupt");
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            notes.accept("a stored licence is not whole and was set aside as " + aside);
        }
        return license;
    }

    private void write(Product product, License license) throws IOException {
        Files.createDirectories(folder, mode("rwx------"));
        Path fresh = Files.createTempFile(folder, ".license", ".part", mode("rw-------"));
        try {
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                ByteBuffer text = StandardCharsets.UTF_8.encode(LicenseFile.write(product, license));
                while (text.hasRemaining()) {
                    channel.write(text);
                }
                channel.force(true);
            }
            try {
                Files.move(fresh, file(product), StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(fresh, file(product), StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private FileAttribute<?>[] mode(String permissions) {
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
