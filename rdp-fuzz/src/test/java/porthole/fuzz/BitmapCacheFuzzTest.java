package porthole.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import porthole.client.bitmapcache.BitmapCacheFile;
import porthole.graphics.picture.CachedBitmap;

/** Files of a bitmap cache as somebody may write them who can also write the checksum. */
class BitmapCacheFuzzTest {
    private static final int HEAD = 8;
    private static final int DIGEST = 32;

    @FuzzTest(maxDuration = "15s")
    void file(byte[] input) throws NoSuchAlgorithmException {
        byte[] empty = BitmapCacheFile.write(List.of());
        ByteBuffer file = ByteBuffer.allocate(HEAD + input.length + DIGEST);
        file.put(empty, 0, HEAD).put(input);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(file.array(), 0, HEAD + input.length);
        file.put(digest.digest());
        BitmapCacheFile.read(file.array()).ifPresent(BitmapCacheFuzzTest::bounded);
        BitmapCacheFile.read(input).ifPresent(BitmapCacheFuzzTest::bounded);
    }

    private static void bounded(List<CachedBitmap> bitmaps) {
        long pixels =
                bitmaps.stream().mapToLong(bitmap -> bitmap.pixels().length).sum();
        Oracle.require(
                bitmaps.size() <= BitmapCacheFile.MOST_BITMAPS && pixels <= BitmapCacheFile.MOST_PIXELS,
                () -> bitmaps.size() + " bitmaps of " + pixels + " pixels");
    }
}
