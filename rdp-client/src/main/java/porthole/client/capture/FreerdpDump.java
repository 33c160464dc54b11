package porthole.client.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import porthole.protocol.wire.Bytes;

/**
 * What FreeRDP's {@code /dump:record} writes: records of milliseconds (64 bits), direction (1 is client to server), a check
 * value (32 bits), a length (64 bits) and one PDU, little-endian, until the end of the file.
 */
final class FreerdpDump {
    static final int HEADER = 8 /* time */ + 1 /* direction */ + 4 /* check */ + 8 /* length */;

    private static final int DIRECTION = 8;
    private static final int CHECK = 9;
    private static final int LENGTH = 13;
    private static final long MAX_PDU = 16L << 20;

    private FreerdpDump() {}

    static boolean recognises(byte[] head) {
        if (head.length < HEADER) {
            return false;
        }
        ByteBuffer in = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        long length = in.getLong(LENGTH);
        return (in.get(DIRECTION) & 0xFE) == 0
                && length >= 0
                && length <= MAX_PDU
                && in.getInt(CHECK) == checkValue(length);
    }

    static Capture read(Path file) throws IOException {
        if (Files.size(file) > Capture.MAX_OCTETS) {
            throw new CaptureException(
                    file, "", "larger than the " + (Capture.MAX_OCTETS >> 20) + " MiB that are read");
        }
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<Capture.Chunk> chunks = new ArrayList<>();
        long start = 0;
        while (in.hasRemaining()) {
            int record = in.position();
            if (in.remaining() < HEADER) {
                throw cut(file, record, in.remaining() + " octets where a record's header has " + HEADER);
            }
            long time = in.getLong();
            int direction = in.get() & 0xFF;
            int check = in.getInt();
            long length = in.getLong();
            if (direction > 1) {
                throw new CaptureException(
                        file, at(record + DIRECTION), "direction " + direction + ", expected 0 or 1");
            }
            if (length < 0 || length > MAX_PDU) {
                throw new CaptureException(file, at(record + LENGTH), "a length of " + length + " octets");
            }
            if (check != checkValue(length)) {
                throw new CaptureException(
                        file,
                        at(record + CHECK),
                        String.format("check value 0x%08x, expected 0x%08x", check, checkValue(length)));
            }
            if (in.remaining() < length) {
                throw cut(file, record, in.remaining() + " of the record's " + length + " octets are there");
            }
            byte[] pdu = new byte[(int) length];
            in.get(pdu);
            start = chunks.isEmpty() ? time : start;
            chunks.add(new Capture.Chunk(
                    Duration.ofMillis(Math.max(0, time - start)),
                    direction == 1 ? Direction.CLIENT_TO_SERVER : Direction.SERVER_TO_CLIENT,
                    Bytes.of(pdu)));
        }
        return new Capture(file.toString(), Capture.Origin.MCS_CONNECT, chunks, List.of(), Optional.empty(), true);
    }

    private static CaptureException cut(Path file, int record, String what) {
        return new CaptureException(file, at(record), "the dump is cut off: " + what);
    }

    private static String at(int offset) {
        return "offset " + offset;
    }

    /** FreeRDP means a CRC-32, but its loop shifts every data bit out, so that the value tells the length alone. */
    static int checkValue(long length) {
        int step = 0;
        for (int i = 0; i < 8; i++) {
            step = step >>> 1 ^ 0xEDB88320;
        }
        int crc = -1;
        for (long i = 0; i < Math.min(length, 8); i++) { // it no longer changes after four octets
            crc = crc >>> 8 ^ step;
        }
        return ~crc;
    }
}
