package porthole.graphics.picture;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes PNG files of 8-bit red, green and blue; per row the filter that leaves the smallest values. */
final class PngWriter {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final int LEVEL = 5;
    private static final int PIXEL = 3;
    private static final int CHUNK = 1 << 16;

    private static final int NONE = 0;
    private static final int SUB = 1;
    private static final int UP = 2;

    private PngWriter() {}

    /** Takes compressed rows, part by part. */
    @FunctionalInterface
    interface Parts {
        /** @param data borrowed for the call */
        void write(byte[] data, int length) throws IOException;
    }

    static void write(int width, int height, int[] argb, OutputStream out) throws IOException {
        begin(width, height, out);
        rows(width, height, argb, 0, width, (data, length) -> chunk(out, "IDAT", data, length));
        end(out);
    }

    /** Signature and header. */
    static void begin(int width, int height, OutputStream out) throws IOException {
        out.write(SIGNATURE);
        ByteBuffer header = ByteBuffer.allocate(13);
        header.putInt(width).putInt(height);
        header.put((byte) 8 /* bits */)
                .put((byte) 2 /* truecolour */)
                .putShort((short) 0)
                .put((byte) 0);
        chunk(out, "IHDR", header.array(), header.capacity());
    }

    static void end(OutputStream out) throws IOException {
        chunk(out, "IEND", new byte[0], 0);
    }

    /**
     * Compresses a rectangle of pixels.
     *
     * @param offset of the first one
     * @param stride from row to row
     */
    static void rows(int width, int height, int[] argb, int offset, int stride, Parts out) throws IOException {
        Deflater deflater = new Deflater(LEVEL);
        try {
            rows(width, height, argb, offset, stride, deflater, out);
        } finally {
            deflater.end();
        }
    }

    private static void rows(int width, int height, int[] argb, int offset, int stride, Deflater deflater, Parts out)
            throws IOException {
        int octets = width * PIXEL;
        byte[] above = new byte[octets];
        byte[] row = new byte[octets];
        byte[] filtered = new byte[octets + 1];
        byte[] packed = new byte[CHUNK];
        int held = 0;
        for (int y = 0; y <= height; y++) {
            if (y < height) {
                unpack(argb, offset + y * stride, width, row);
                filter(above, row, filtered);
                deflater.setInput(filtered);
                byte[] swap = above;
                above = row;
                row = swap;
            } else {
                deflater.finish();
            }
            while (y < height ? !deflater.needsInput() : !deflater.finished()) {
                held += deflater.deflate(packed, held, packed.length - held);
                if (held == packed.length) {
                    out.write(packed, held);
                    held = 0;
                }
            }
        }
        if (held > 0) {
            out.write(packed, held);
        }
    }

    private static void unpack(int[] argb, int from, int width, byte[] row) {
        for (int x = 0, to = 0; x < width; x++) {
            int pixel = argb[from + x];
            row[to++] = (byte) (pixel >> 16);
            row[to++] = (byte) (pixel >> 8);
            row[to++] = (byte) pixel;
        }
    }

    private static void filter(byte[] above, byte[] row, byte[] filtered) {
        long none = 0;
        long sub = 0;
        long up = 0;
        for (int i = 0; i < row.length; i++) {
            none += Math.abs(row[i]);
            sub += Math.abs((byte) (row[i] - (i < PIXEL ? 0 : row[i - PIXEL])));
            up += Math.abs((byte) (row[i] - above[i]));
        }
        int filter = up <= sub && up <= none ? UP : sub <= none ? SUB : NONE;
        filtered[0] = (byte) filter;
        switch (filter) {
            case UP -> {
                for (int i = 0; i < row.length; i++) {
                    filtered[i + 1] = (byte) (row[i] - above[i]);
                }
            }
            case SUB -> {
                for (int i = 0; i < row.length; i++) {
                    filtered[i + 1] = (byte) (row[i] - (i < PIXEL ? 0 : row[i - PIXEL]));
                }
            }
            default -> System.arraycopy(row, 0, filtered, 1, row.length);
        }
    }

    static void chunk(OutputStream out, String type, byte[] data, int length) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data, 0, length);
        out.write(ByteBuffer.allocate(4).putInt(length).array());
        out.write(name);
        out.write(data, 0, length);
        out.write(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
