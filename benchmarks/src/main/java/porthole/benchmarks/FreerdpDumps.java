package porthole.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import porthole.fixtures.Direction;
import porthole.fixtures.Fixtures;
import porthole.fixtures.Recording;
import porthole.fixtures.Row;

/**
 * Writes a recording of test-fixtures as a dump that FreeRDP's {@code /dump:replay} reads: from the MCS Connect Initial PDU on,
 * one record for each PDU.
 */
public final class FreerdpDumps {
    private static final int HEADER = 8 /* time */ + 1 /* direction */ + 4 /* check */ + 8 /* length */;

    private FreerdpDumps() {}

    /**
     * Prints the options with which the recorded client was started, one a line.
     *
     * @param arguments the recording, for example {@code freerdp-gfx-shadow/nsc}, the file to write, and {@code setup} where
     *     pictures are to be left out
     */
    public static void main(String[] arguments) throws IOException {
        Recording recording = Fixtures.recording(arguments[0]);
        boolean setup = arguments.length > 2;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Row row : recording.rows()) {
            if (row.kind().startsWith("x224")
                    || !row.frame().equals("tpkt") && !row.frame().equals("fastpath")) {
                continue;
            }
            if (setup && isPicture(row)) {
                break;
            }
            byte[] pdu = recording.pdu(row);
            out.writeBytes(ByteBuffer.allocate(HEADER)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong((long) (row.t() * 1000))
                    .put((byte) (row.dir() == Direction.C2S ? 1 : 0))
                    .putInt(checkValue(pdu.length))
                    .putLong(pdu.length)
                    .array());
            out.writeBytes(pdu);
        }
        Files.write(Path.of(arguments[1]), out.toByteArray());
        recording.runOptions().stream()
                .skip(1)
                .filter(option -> !option.matches("/(dump|v|p|drive|sound):.*"))
                .forEach(System.out::println);
    }

    private static boolean isPicture(Row row) {
        return row.dir() == Direction.S2C
                && (row.kind().startsWith("fp-bitmap")
                        || row.kind().startsWith("fp-surface")
                        || row.kind().startsWith("fp-surfcmds")
                        || row.kind().startsWith("fp-orders")
                        || row.kind().startsWith("update")
                        || row.kind().startsWith("dvc-data"));
    }

    /** FreeRDP means a CRC-32, but its loop shifts every data bit out, so that the value tells the length alone. */
    private static int checkValue(int length) {
        int step = 0;
        for (int i = 0; i < 8; i++) {
            step = step >>> 1 ^ 0xEDB88320;
        }
        int crc = -1;
        for (int i = 0; i < Math.min(length, 8); i++) { // it no longer changes after four octets
            crc = crc >>> 8 ^ step;
        }
        return ~crc;
    }
}
