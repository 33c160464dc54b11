package porthole.graphics.picture;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * Writes an animated PNG (PNG, third edition, 4.9): the first picture whole, of each later one the rectangle that changed.
 *
 * <p>What is known only later, the number of pictures and how long each is shown, is written into its place then, so that
 * nothing but the last picture has to be kept.
 */
public final class ApngWriter {
    private static final int ACTL_OCTETS = 8;
    private static final int FCTL_OCTETS = 26;
    private static final int DELAY = 20;
    private static final int CHUNK_HEAD = 8;

    private final OutputStream out;
    private final Place place;
    private final int width;
    private final int height;
    private final ByteBuffer control = ByteBuffer.allocate(FCTL_OCTETS);
    private Picture last;
    private long lastMillis;
    private long controlAt;
    private long countAt;
    private int sequence;
    private int frames;

    /** Where the octets that were written go. */
    public interface Place {
        /** How many octets there are. */
        long position() throws IOException;

        /** Puts others in the place of some of them. */
        void rewrite(long at, byte[] octets) throws IOException;
    }

    /**
     * Begins an animated PNG of pictures of that size, in pixels.
     *
     * @param place of what is written to {@code out}
     */
    public ApngWriter(OutputStream out, Place place, int width, int height) {
        this.out = out;
        this.place = place;
        this.width = width;
        this.height = height;
    }

    /**
     * Adds a picture; one of another size is cut, or stands on black.
     *
     * @param millis since the first picture, never less than for the last one
     */
    public void frame(Picture picture, long millis) throws IOException {
        Picture shown = picture.width() == width && picture.height() == height ? picture : picture.on(width, height);
        if (last == null) {
            begin();
            write(shown, new PixelRect(0, 0, width, height));
        } else {
            PixelRect changed = last.differenceBounds(shown);
            if (changed.isEmpty()) {
                return;
            }
            delay(millis - lastMillis);
            write(shown, changed);
        }
        last = shown;
        lastMillis = millis;
    }

    private void begin() throws IOException {
        PngWriter.begin(width, height, out);
        countAt = place.position();
        PngWriter.chunk(out, "acTL", new byte[ACTL_OCTETS], ACTL_OCTETS);
    }

    private void write(Picture picture, PixelRect rect) throws IOException {
        controlAt = place.position();
        control.clear();
        control.putInt(sequence++).putInt(rect.width()).putInt(rect.height());
        control.putInt(rect.x()).putInt(rect.y());
        control.putShort((short) 0).putShort((short) 1000);
        control.put((byte) 0 /* leave it there */).put((byte) 0 /* replace what is below */);
        PngWriter.chunk(out, "fcTL", control.array(), FCTL_OCTETS);
        boolean first = frames++ == 0;
        picture.rows(rect, (data, length) -> {
            if (first) {
                PngWriter.chunk(out, "IDAT", data, length);
            } else {
                PngWriter.chunk(out, "fdAT", numbered(data, length), length + 4);
            }
        });
    }

    private byte[] numbered(byte[] data, int length) {
        return ByteBuffer.allocate(length + 4)
                .putInt(sequence++)
                .put(data, 0, length)
                .array();
    }

    /** Says how long the last picture is shown. */
    private void delay(long millis) throws IOException {
        long number = Math.max(0, millis);
        int parts = 1000;
        while (number > 0xFFFF && parts > 1) {
            number /= 10;
            parts /= 10;
        }
        control.putShort(DELAY, (short) Math.min(0xFFFF, number)).putShort(DELAY + 2, (short) parts);
        patch(controlAt, "fcTL", control.array());
    }

    private void patch(long at, String type, byte[] data) throws IOException {
        CRC32 crc = new CRC32();
        for (int i = 0; i < type.length(); i++) {
            crc.update(type.charAt(i));
        }
        crc.update(data);
        place.rewrite(
                at + CHUNK_HEAD,
                ByteBuffer.allocate(data.length + 4)
                        .put(data)
                        .putInt((int) crc.getValue())
                        .array());
    }

    /**
     * Completes the file.
     *
     * @param millis since the first picture, until when the last one is shown
     */
    public void finish(long millis) throws IOException {
        if (last == null) {
            frame(Picture.copyOf(width, height, new int[width * height]), 0); // a file without a picture is none
        }
        delay(millis - lastMillis);
        PngWriter.end(out);
        patch(
                countAt,
                "acTL",
                ByteBuffer.allocate(ACTL_OCTETS)
                        .putInt(frames)
                        .putInt(1 /* played once */)
                        .array());
    }
}
