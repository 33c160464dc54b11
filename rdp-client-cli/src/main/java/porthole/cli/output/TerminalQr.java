package porthole.cli.output;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.util.Optional;

/**
 * A QR code (ISO/IEC 18004) for a terminal: two modules in one character, black on white whatever the terminal's own colours
 * are.
 */
public final class TerminalQr {
    private static final int QUIET_ZONE = 4;
    private static final String BLACK_ON_WHITE = "\u001b[38;5;16;48;5;231m";
    private static final String AS_BEFORE = "\u001b[0m";

    private TerminalQr() {}

    /** The lines of the code with its quiet zone; empty where the text is too long for one. */
    public static Optional<String> of(String text) {
        ByteMatrix modules;
        try {
            modules = Encoder.encode(text, ErrorCorrectionLevel.L).getMatrix();
        } catch (WriterException e) {
            return Optional.empty();
        }
        StringBuilder lines = new StringBuilder();
        for (int row = -QUIET_ZONE; row < modules.getHeight() + QUIET_ZONE; row += 2) {
            lines.append(BLACK_ON_WHITE);
            for (int column = -QUIET_ZONE; column < modules.getWidth() + QUIET_ZONE; column++) {
                lines.append(character(isBlack(modules, column, row), isBlack(modules, column, row + 1)));
            }
            lines.append(AS_BEFORE).append(System.lineSeparator());
        }
        return Optional.of(lines.toString());
    }

    private static char character(boolean upper, boolean lower) {
        if (upper) {
            return lower ? '\u2588' : '\u2580'; // full block, upper half block
        }
        return lower ? '\u2584' : ' '; // lower half block
    }

    private static boolean isBlack(ByteMatrix modules, int column, int row) {
        boolean inside = column >= 0 && row >= 0 && column < modules.getWidth() && row < modules.getHeight();
        return inside && modules.get(column, row) == 1;
    }
}
