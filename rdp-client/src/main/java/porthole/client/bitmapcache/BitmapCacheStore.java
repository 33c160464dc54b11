package porthole.client.bitmapcache;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import porthole.aad.PrivateFiles;
import porthole.graphics.picture.CachedBitmap;

/**
 * Keeps the bitmap caches of sessions in a folder (mode 0700), each in a file of its own (mode 0600), both made when they are
 * needed.
 *
 * <p>A cache belongs to one host: the keys say what a client has seen, which is nobody else's business, and another host could
 * put its own pixels under them. A file is written under another name and then takes its place; one that is not whole, or is
 * no plain file, counts as empty and is replaced by the next. Blocks on files: not for an event loop. Usable from any thread.
 */
public final class BitmapCacheStore {
    private static final String ENDING = ".bitmaps";

    private final Path folder;
    private final Consumer<String> notes;

    /**
     * @param folder need not exist yet
     * @param notes is told what is wrong with a file, one clause each
     */
    public BitmapCacheStore(Path folder, Consumer<String> notes) {
        this.folder = folder.toAbsolutePath();
        this.notes = notes;
    }

    /**
     * What was kept.
     *
     * @param host for example {@code host.example:3389}
     * @param kind of the cache, for example {@code gfx}
     */
    public List<CachedBitmap> load(String host, String kind) {
        Path file = file(host, kind);
        try {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                    && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                notes.accept("the bitmap cache " + file + " is no plain file, and is not read");
                return List.of();
            }
            byte[] octets;
            try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                octets = in.readNBytes(BitmapCacheFile.LARGEST + 1);
            }
            Optional<List<CachedBitmap>> bitmaps = BitmapCacheFile.read(octets);
            if (bitmaps.isEmpty()) {
                notes.accept("the bitmap cache " + file + " is not whole, and begins anew");
            }
            return bitmaps.orElse(List.of());
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException e) {
            notes.accept("the bitmap cache " + file + " cannot be read: " + e);
            return List.of();
        }
    }

    /**
     * Keeps bitmaps for the next session, and behind them what was kept before under other keys, as far as there is room:
     * 5461 bitmaps of together 64 MB.
     *
     * @param bitmaps the most useful ones first
     */
    public void keep(String host, String kind, List<CachedBitmap> bitmaps) {
        if (bitmaps.isEmpty()) {
            return;
        }
        List<CachedBitmap> all = new ArrayList<>(bitmaps);
        all.addAll(load(host, kind));
        try {
            write(file(host, kind), BitmapCacheFile.write(all));
        } catch (IOException e) {
            notes.accept("the bitmap cache cannot be kept: " + e);
        }
    }

    private Path file(String host, String kind) {
        try {
            byte[] name =
                    MessageDigest.getInstance("SHA-256").digest((host + '\0' + kind).getBytes(StandardCharsets.UTF_8));
            return folder.resolve(HexFormat.of().formatHex(name) + ENDING);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    private void write(Path file, byte[] octets) throws IOException {
        boolean modes = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (modes) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(folder);
        }
        PrivateFiles.write(file, octets);
    }
}
