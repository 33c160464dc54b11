package porthole.protocol.failure;

import java.util.LinkedHashMap;
import java.util.Map;

/** The other side said no: with which code, whose code it is, what it means and what to do. */
public final class Refused extends RdpFailure {
    private final String cause;
    private final String authority;
    private final long code;
    private final String name;
    private final String meaning;
    private final String remedy;
    private final String section;

    /**
     * @param cause short machine-readable name, for example {@code negotiation-failure}
     * @param authority whose code it is, for example {@code RDP_NEG_FAILURE} or {@code authentication_result}
     * @param code the number, as an unsigned value
     * @param name the specification's name of the code, or {@code unknown}
     * @param meaning one clause
     * @param remedy what a person can do
     * @param section where the code is written
     */
    public Refused(
            String cause, String authority, long code, String name, String meaning, String remedy, String section) {
        this(null, cause, authority, code, name, meaning, remedy, section);
    }

    private Refused(
            Stage stage,
            String cause,
            String authority,
            long code,
            String name,
            String meaning,
            String remedy,
            String section) {
        super(stage, null, null, false);
        this.cause = cause;
        this.authority = authority;
        this.code = code;
        this.name = name;
        this.meaning = meaning;
        this.remedy = remedy;
        this.section = section;
    }

    public long code() {
        return code;
    }

    /** The specification's name of the code. */
    public String codeName() {
        return name;
    }

    @Override
    Refused at(Stage where) {
        return new Refused(where, cause, authority, code, name, meaning, remedy, section);
    }

    @Override
    public FailureReport report() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("authority", authority);
        details.put("code", code);
        details.put("codeHex", String.format("0x%08X", code));
        details.put("codeName", name);
        return new FailureReport(
                "refused",
                stageLabel(),
                cause,
                "the other side refused: " + meaning,
                String.format("%s %s (0x%08X)", authority, name, code),
                "",
                remedy,
                section,
                details);
    }
}
