package porthole.protocol.gcc;

import java.util.ArrayList;
import java.util.List;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * Client Monitor Data, TS_UD_CS_MONITOR; only for hosts that support extended client data (MS-RDPBCGR 2.2.1.3.6).
 *
 * @param flags not used, 0
 * @param monitorDefArray at most 16
 */
public record ClientMonitorData(int flags, List<MonitorDef> monitorDefArray, Bytes trailing)
        implements ClientDataBlock {
    public static final int TYPE = 0xC005;
    public static final int MAX_MONITORS = 16;

    public ClientMonitorData {
        monitorDefArray = List.copyOf(monitorDefArray);
        if (monitorDefArray.size() > MAX_MONITORS) {
            throw new IllegalArgumentException(monitorDefArray.size() + " monitors, at most 16 are allowed");
        }
    }

    public ClientMonitorData(List<MonitorDef> monitorDefArray) {
        this(0, monitorDefArray, Bytes.EMPTY);
    }

    @Override
    public int type() {
        return TYPE;
    }

    /** Decodes what follows the header. */
    public static ClientMonitorData decode(WireReader in) {
        int flags = in.s32le("flags");
        int count = in.count(in.u32le("monitorCount"), MonitorDef.SIZE, "monitorCount");
        in.check(count <= MAX_MONITORS, 4, "monitorCount", count, "at most 16");
        List<MonitorDef> monitors = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            monitors.add(in.within("monitorDefArray[" + i + "]", "MS-RDPBCGR 2.2.1.3.6.1", MonitorDef::decode));
        }
        return new ClientMonitorData(flags, monitors, in.rest("trailing"));
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u32le(flags).u32le(monitorDefArray.size());
        monitorDefArray.forEach(out::pdu);
        out.bytes(trailing);
    }
}
