package porthole.protocol.share;

import java.util.Optional;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPBCGR 2.2.5.2 Server Status Info PDU (TS_STATUS_INFO_PDU), sent while a broker prepares the session. */
public record StatusInfoPdu(long statusCode, Bytes trailing) implements ShareDataBody {
    public static final int TS_STATUS_FINDING_DESTINATION = 0x0401;
    public static final int TS_STATUS_LOADING_DESTINATION = 0x0402;
    public static final int TS_STATUS_BRINGING_SESSION_ONLINE = 0x0403;
    public static final int TS_STATUS_REDIRECTING_TO_DESTINATION = 0x0404;
    public static final int TS_STATUS_VM_LOADING = 0x0501;
    public static final int TS_STATUS_VM_WAKING = 0x0502;
    public static final int TS_STATUS_VM_STARTING = 0x0503;
    public static final int TS_STATUS_VM_STARTING_MONITORING = 0x0504;
    public static final int TS_STATUS_VM_RETRYING_MONITORING = 0x0505;

    private static final String NAMES = """
            401 FINDING_DESTINATION the broker looks for the destination
            402 LOADING_DESTINATION the destination is being loaded
            403 BRINGING_SESSION_ONLINE the session is being brought online
            404 REDIRECTING_TO_DESTINATION the connection is being redirected to the destination
            501 VM_LOADING the destination's machine is being loaded
            502 VM_WAKING the destination's machine is being woken
            503 VM_STARTING the destination's machine is starting
            504 VM_STARTING_MONITORING the broker begins to watch the destination's machine
            505 VM_RETRYING_MONITORING the broker tries again to watch the destination's machine
            """;

    public static StatusInfoPdu of(long statusCode) {
        return new StatusInfoPdu(statusCode, Bytes.EMPTY);
    }

    static StatusInfoPdu decode(WireReader in) {
        return new StatusInfoPdu(in.u32le("statusCode"), in.rest("trailing"));
    }

    /** The specification's name of the code, or {@code unknown}. */
    public String name() {
        return entry().map(parts -> "TS_STATUS_" + parts[1]).orElse("unknown");
    }

    /** One clause for a person who waits. */
    public String meaning() {
        return entry().map(parts -> parts[2]).orElse("the host gave a status that is not known");
    }

    private Optional<String[]> entry() {
        return NAMES.lines()
                .map(line -> line.split(" ", 3))
                .filter(parts -> Long.parseLong(parts[0], 16) == statusCode)
                .findFirst();
    }

    @Override
    public int pduType2() {
        return ShareDataHeader.PDUTYPE2_STATUS_INFO_PDU;
    }

    @Override
    public void encode(WireWriter out) {
        out.u32le(statusCode);
        out.bytes(trailing);
    }
}
