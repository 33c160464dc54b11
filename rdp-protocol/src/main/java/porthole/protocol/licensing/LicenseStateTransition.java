package porthole.protocol.licensing;

import java.util.Arrays;
import java.util.Optional;

/** MS-RDPBCGR 2.2.1.12.1.3 {@code dwStateTransition}: what the receiver shall do with its licensing state. */
public enum LicenseStateTransition {
    ST_TOTAL_ABORT(1, "end the connection"),
    ST_NO_TRANSITION(2, "stay in the present state"),
    ST_RESET_PHASE_TO_START(3, "begin licensing anew"),
    ST_RESEND_LAST_MESSAGE(4, "send the last licensing message again");

    private final long code;
    private final String meaning;

    LicenseStateTransition(long code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    public long code() {
        return code;
    }

    public String meaning() {
        return meaning;
    }

    /** The known transition with that number. */
    public static Optional<LicenseStateTransition> of(long code) {
        return Arrays.stream(values()).filter(t -> t.code == code).findFirst();
    }
}
