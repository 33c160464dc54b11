package porthole.graphics.h264.software;

import porthole.protocol.failure.WireException;

/** How errors of a stream are named. */
final class Syntax {
    private static final String PDU = "H264AccessUnit";
    private static final String SPECIFICATION = "ITU-T H.264 ";

    private Syntax() {}

    /** @param clause of ITU-T H.264 that has the rule */
    static WireException error(String field, Object seen, String rule, String clause) {
        return error(field, 0, seen, rule, clause);
    }

    /** @param offset in octets from the start of the NAL unit, without emulation prevention */
    static WireException error(String field, int offset, Object seen, String rule, String clause) {
        return new WireException(PDU, field, offset, String.valueOf(seen), rule, SPECIFICATION + clause);
    }
}
