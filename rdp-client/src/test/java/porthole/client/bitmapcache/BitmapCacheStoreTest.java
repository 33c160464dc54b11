package porthole.client.bitmapcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import porthole.graphics.picture.CachedBitmap;

class BitmapCacheStoreTest {
    private static final String HOST = "host.example:3389";

    @TempDir
    private Path parent;

    private Path folder;
    private final List<String> notes = new ArrayList<>();
    private BitmapCacheStore store;

    @BeforeEach
    void open() {
        folder = parent.resolve("caches");
        store = new BitmapCacheStore(folder, notes::add);
    }

    private static CachedBitmap bitmap(long key, int width, int height) {
        return new CachedBitmap(
                key, width, height, new Random(key).ints((long) width * height).toArray());
    }

    private Path only() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.reduce((a, b) -> {
                        throw new AssertionError("more than one file");
                    })
                    .orElseThrow();
        }
    }

    @Test
    void keepsBitmapsForOneHostAndOneCache() {
        List<CachedBitmap> bitmaps = List.of(bitmap(1, 3, 5), bitmap(-1, 64, 64), bitmap(Long.MIN_VALUE, 1, 1));
        store.keep(HOST, "gfx", bitmaps);
        assertThat(new BitmapCacheStore(folder, notes::add).load(HOST, "gfx")).isEqualTo(bitmaps);
        assertThat(store.load(HOST, "orders-0")).isEmpty();
        assertThat(store.load("other.example:3389", "gfx")).isEmpty();
        assertThat(notes).isEmpty();
    }

    @Test
    void nothingIsMadeUntilThereIsSomethingToKeep() {
        store.keep(HOST, "gfx", List.of());
        assertThat(store.load(HOST, "gfx")).isEmpty();
        assertThat(folder).doesNotExist();
    }

    @Test
    void whatWasKeptBeforeFollowsWhatIsNew() {
        CachedBitmap old = bitmap(1, 2, 2);
        CachedBitmap replaced = bitmap(2, 2, 2);
        CachedBitmap fresh = new CachedBitmap(2, 1, 1, new int[] {7});
        store.keep(HOST, "gfx", List.of(old, replaced));
        store.keep(HOST, "gfx", List.of(fresh));
        assertThat(store.load(HOST, "gfx")).containsExactly(fresh, old);
    }

    @Test
    void onlyTheOwnerMayRead() throws IOException {
        store.keep(HOST, "gfx", List.of(bitmap(1, 2, 2)));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(only())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
    }

    @Test
    void isBounded() {
        List<CachedBitmap> many = new ArrayList<>();
        for (int i = 0; i < BitmapCacheFile.MOST_BITMAPS + 10; i++) {
            many.add(bitmap(i, 1, 1));
        }
        store.keep(HOST, "gfx", many);
        assertThat(store.load(HOST, "gfx")).isEqualTo(many.subList(0, BitmapCacheFile.MOST_BITMAPS));
        CachedBitmap large = new CachedBitmap(1, 4096, 2049, new int[4096 * 2049]);
        CachedBitmap other = new CachedBitmap(2, 4096, 2049, new int[4096 * 2049]);
        store.keep(HOST, "large", List.of(large, other));
        assertThat(store.load(HOST, "large")).containsExactly(large);
    }

    @Test
    void aFileThatIsCutOrChangedAnywhereCountsAsEmpty() {
        byte[] whole = BitmapCacheFile.write(List.of(bitmap(1, 4, 3), bitmap(2, 2, 2)));
        assertThat(BitmapCacheFile.read(whole)).isPresent();
        for (int i = 0; i < whole.length; i++) {
            assertThat(BitmapCacheFile.read(Arrays.copyOf(whole, i))).isEmpty();
            byte[] changed = whole.clone();
            changed[i] ^= 0x10;
            assertThat(BitmapCacheFile.read(changed)).isEmpty();
        }
    }

    /** Somebody who can write the file can also write its checksum. */
    @Test
    void cve202633982And202633987AFileWithWrongNumbersAndARightChecksumCountsAsEmpty() throws Exception {
        byte[] whole = BitmapCacheFile.write(List.of(bitmap(1, 4, 3), bitmap(2, 2, 2)));
        Random random = new Random(5);
        for (int at = 8; at < whole.length - 32; at++) {
            for (int value : new int[] {0, 1, 0x7F, 0x80, 0xFF, random.nextInt(256)}) {
                byte[] changed = whole.clone();
                changed[at] = (byte) value;
                sign(changed);
                BitmapCacheFile.read(changed)
                        .ifPresent(bitmaps -> assertThat(bitmaps)
                                .hasSizeLessThanOrEqualTo(2)
                                .allSatisfy(
                                        bitmap -> assertThat(bitmap.pixels()).hasSizeLessThanOrEqualTo(12)));
            }
        }
        byte[] bomb = whole.clone();
        ByteBuffer.wrap(bomb).putShort(16, (short) 0xFFFF).putShort(18, (short) 0xFFFF);
        sign(bomb);
        assertThat(BitmapCacheFile.read(bomb)).isEmpty();
        byte[] same = whole.clone();
        ByteBuffer.wrap(same).putLong(8, 2);
        sign(same);
        assertThat(BitmapCacheFile.read(same)).isEmpty();
    }

    private static void sign(byte[] file) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(file, 0, file.length - 32);
        System.arraycopy(digest.digest(), 0, file, file.length - 32, 32);
    }

    @Test
    void aDamagedFileIsNamedAndReplaced() throws IOException {
        store.keep(HOST, "gfx", List.of(bitmap(1, 2, 2)));
        Files.write(only(), new byte[] {1, 2, 3});
        assertThat(store.load(HOST, "gfx")).isEmpty();
        assertThat(notes).hasSize(1).first().asString().contains("not whole");
        store.keep(HOST, "gfx", List.of(bitmap(3, 2, 2)));
        assertThat(store.load(HOST, "gfx")).containsExactly(bitmap(3, 2, 2));
    }

    @Test
    void aLinkIsNotFollowed() throws IOException {
        store.keep(HOST, "gfx", List.of(bitmap(1, 2, 2)));
        Path elsewhere = Files.move(only(), parent.resolve("elsewhere"));
        store.keep(HOST, "gfx", List.of(bitmap(2, 2, 2)));
        Path file = only();
        Files.delete(file);
        Files.createSymbolicLink(file, elsewhere);
        assertThat(store.load(HOST, "gfx")).isEmpty();
        assertThat(notes).hasSize(1).first().asString().contains("no plain file");
        store.keep(HOST, "gfx", List.of(bitmap(3, 2, 2)));
        assertThat(Files.isSymbolicLink(file)).isFalse();
        assertThat(store.load(HOST, "gfx")).containsExactly(bitmap(3, 2, 2));
        assertThat(BitmapCacheFile.read(Files.readAllBytes(elsewhere)).orElseThrow())
                .containsExactly(bitmap(1, 2, 2));
    }
}
