package porthole.protocol.failure;

import java.util.LinkedHashMap;
import java.util.Map;

/** The octets are wrong: says where, in the specification's own names, and which rule they break. */
public final class WireException extends RdpFailure {
    private final String pdu;
    private final String field;
    private final int offset;
    private final String seen;
    private final String rule;
    private final String section;

    /**
     * @param pdu the outermost structure, for example {@code ConnectionConfirm}
     * @param field the path of the field below it, for example {@code negotiationResponse.length}; may be empty
     * @param offset of the field, in octets from the first octet of the frame
     * @param seen the value that was there
     * @param rule what the specification asks for
     * @param section for example {@code MS-RDPBCGR 2.2.1.2.1}
     */
    public WireException(String pdu, String field, int offset, String seen, String rule, String section) {
        this(null, pdu, field, offset, seen, rule, section);
    }

    private WireException(Stage stage, String pdu, String field, int offset, String seen, String rule, String section) {
        super(stage, null, null, false);
        this.pdu = pdu;
        this.field = field;
        this.offset = offset;
        this.seen = seen;
        this.rule = rule;
        this.section = section;
    }

    public String pdu() {
        return pdu;
    }

    /** The path of the field below the PDU; empty where the PDU as a whole is wrong. */
    public String field() {
        return field;
    }

    /** Octets from the start of the frame to the field. */
    public int offset() {
        return offset;
    }

    public String seen() {
        return seen;
    }

    public String rule() {
        return rule;
    }

    public String section() {
        return section;
    }

    @Override
    WireException at(Stage where) {
        return new WireException(where, pdu, field, offset, seen, rule, section);
    }

    @Override
    public FailureReport report() {
        String path = field.isEmpty() ? pdu : pdu + "." + field;
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("pdu", pdu);
        details.put("field", field);
        details.put("offset", offset);
        return new FailureReport(
                "wire",
                stageLabel(),
                "malformed-pdu",
                path + " at offset " + offset + " is malformed",
                seen,
                rule,
                "the host, or something between, broke the protocol; record the session and report it",
                section,
                details);
    }
}
