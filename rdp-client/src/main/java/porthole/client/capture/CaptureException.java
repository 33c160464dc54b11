package porthole.client.capture;

import java.io.IOException;
import java.nio.file.Path;

/** A file or folder that is no capture, or a broken one: says where and why. */
public final class CaptureException extends IOException {
    private static final long serialVersionUID = 1L;

    CaptureException(Path file, String where, String what) {
        super(file + ": " + (where.isEmpty() ? "" : where + ": ") + what);
    }

    CaptureException(Path file, String where, String what, Throwable cause) {
        super(file + ": " + (where.isEmpty() ? "" : where + ": ") + what, cause);
    }
}
