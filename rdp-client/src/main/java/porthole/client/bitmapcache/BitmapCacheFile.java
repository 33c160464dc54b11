package porthole.client.bitmapcache;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import porthole.graphics.picture.CachedBitmap;

/**
 * The octets of one file of a {@link BitmapCacheStore}: eight octets of head; each bitmap's key, width, height and packed
 * length, in 8, 2, 2 and 4 octets of big-endian order, and its deflated pixels; the SHA-256 of all that.
 *
 * <p>The checksum finds accidents. A file that somebody wrote on purpose passes it, so every number is checked as well.
 */
public final class BitmapCacheFile {
    /** Octets of a whole file. */
    public static final int LARGEST = 64 << 20;
    /** Bitmaps of one file: what one offer of MS-RDPEGFX 2.2.2.16 has room for. */
    public static final int MOST_BITMAPS = 5461;
    /** Pixels of all its bitmaps, four octets each. */
    public static final long MOST_PIXELS = 16 << 20;

    private static final byte[] HEAD = "PORTHBC1".getBytes(StandardCharsets.US_ASCII);
    private static final int ENTRY = 16;
    private static final int DIGEST = 32;
    /** Deflate makes at most 1032 octets of one. */
    private static final int MOST_PACKED = 1032;

    private BitmapCacheFile() {}

    /** The first bitmaps, as many as fit; of several with one key the first counts. */
    public static byte[] write(List<CachedBitmap> bitmaps) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(HEAD);
        Set<Long> keys = new HashSet<>();
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        long pixels = 0;
        try {
            for (CachedBitmap bitmap : bitmaps) {
                if (keys.size() == MOST_BITMAPS || pixels + bitmap.pixels().length > MOST_PIXELS) {
                    break;
                }
                if (!keys.add(bitmap.key())) {
                    continue;
                }
                byte[] packed = packed(bitmap.pixels(), deflater);
                if (out.size() + ENTRY + packed.length + DIGEST > LARGEST) {
                    break;
                }
                pixels += bitmap.pixels().length;
                out.writeBytes(ByteBuffer.allocate(ENTRY)
                        .putLong(bitmap.key())
                        .putShort((short) bitmap.width())
                        .putShort((short) bitmap.height())
                        .putInt(packed.length)
                        .array());
                out.writeBytes(packed);
            }
        } finally {
            deflater.end();
        }
        out.writeBytes(sha256().digest(out.toByteArray()));
        return out.toByteArray();
    }

    /** The bitmaps, or nothing where the octets are not what {@link #write} makes. */
    public static Optional<List<CachedBitmap>> read(byte[] octets) {
        int end = octets.length - DIGEST;
        if (octets.length > LARGEST
                || end < HEAD.length
                || !Arrays.equals(octets, 0, HEAD.length, HEAD, 0, HEAD.length)) {
            return Optional.empty();
        }
        MessageDigest digest = sha256();
        digest.update(octets, 0, end);
        if (!MessageDigest.isEqual(digest.digest(), Arrays.copyOfRange(octets, end, octets.length))) {
            return Optional.empty();
        }
        Inflater inflater = new Inflater();
        try {
            return Optional.of(bitmaps(ByteBuffer.wrap(octets, HEAD.length, end - HEAD.length), inflater));
        } catch (BufferUnderflowException | DataFormatException e) {
            return Optional.empty();
        } finally {
            inflater.end();
        }
    }

    private static List<CachedBitmap> bitmaps(ByteBuffer in, Inflater inflater) throws DataFormatException {
        List<CachedBitmap> bitmaps = new ArrayList<>();
        Set<Long> keys = new HashSet<>();
        long pixels = 0;
        while (in.hasRemaining()) {
            long key = in.getLong();
            int width = in.getShort() & 0xFFFF;
            int height = in.getShort() & 0xFFFF;
            int length = in.getInt();
            long area = (long) width * height;
            pixels += area;
            if (area == 0
                    || pixels > MOST_PIXELS
                    || length < 0
                    || length > in.remaining()
                    || 4 * area > (long) length * MOST_PACKED
                    || bitmaps.size() == MOST_BITMAPS
                    || !keys.add(key)) {
                throw new DataFormatException("a bitmap that was not written so");
            }
            bitmaps.add(new CachedBitmap(key, width, height, unpacked(in, length, (int) area, inflater)));
        }
        return bitmaps;
    }

    private static byte[] packed(int[] pixels, Deflater deflater) {
        ByteBuffer plain = ByteBuffer.allocate(4 * pixels.length);
        plain.asIntBuffer().put(pixels);
        deflater.reset();
        deflater.setInput(plain.array());
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] part = new byte[4096];
        while (!deflater.finished()) {
            out.write(part, 0, deflater.deflate(part));
        }
        return out.toByteArray();
    }

    private static int[] unpacked(ByteBuffer in, int length, int area, Inflater inflater) throws DataFormatException {
        inflater.reset();
        inflater.setInput(in.array(), in.position(), length);
        byte[] plain = new byte[4 * area];
        int got = 0;
        while (got < plain.length) {
            int more = inflater.inflate(plain, got, plain.length - got);
            if (more == 0) {
                throw new DataFormatException("fewer pixels than the bitmap has");
            }
            got += more;
        }
        if (inflater.inflate(new byte[1]) != 0 || !inflater.finished() || inflater.getRemaining() != 0) {
            throw new DataFormatException("more than the bitmap has");
        }
        in.position(in.position() + length);
        int[] pixels = new int[area];
        ByteBuffer.wrap(plain).asIntBuffer().get(pixels);
        return pixels;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
