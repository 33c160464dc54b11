package porthole.protocol.gcc;

import java.util.ArrayList;
import java.util.List;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * Client Monitor Extended Data, TS_UD_CS_MONITOR_EX: goes with {@link ClientMonitorData} (MS-RDPBCGR 2.2.1.3.9).
 *
 * @param flags not used, 0
 * @param monitorAttributesArray as many as the monitor data has monitors, at most 16
 */
public record ClientMonitorExtendedData(int flags, List<MonitorAttributes> monitorAttributesArray, Bytes trailing)
        implements ClientDataBlock {
    public static final int TYPE = 0xC008;

    public ClientMonitorExtendedData {
        monitorAttributesArray = List.copyOf(monitorAttributesArray);
        if (monitorAttributesArray.size() > ClientMonitorData.MAX_MONITORS) {
            throw new IllegalArgumentException(monitorAttributesArray.size() + " monitors, at most 16 are allowed");
        }
    }

    public ClientMonitorExtendedData(List<MonitorAttributes> monitorAttributesArray) {
        this(0, monitorAttributesArray, Bytes.EMPTY);
    }

    @Override
    public int type() {
        return TYPE;
    }

    /** Decodes what follows the header. */
    public static ClientMonitorExtendedData decode(WireReader in) {
        int flags = in.s32le("flags");
        in.expect(in.u32le("monitorAttributeSize"), MonitorAttributes.SIZE, 4, "monitorAttributeSize");
        int count = in.count(in.u32le("monitorCount"), MonitorAttributes.SIZE, "monitorCount");
        in.check(count <= ClientMonitorData.MAX_MONITORS, 4, "monitorCount", count, "at most 16");
        List<MonitorAttributes> monitors = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            monitors.add(in.within(
                    "monitorAttributesArray[" + i + "]", "MS-RDPBCGR 2.2.1.3.9.1", MonitorAttributes::decode));
        }
        return new ClientMonitorExtendedData(flags, monitors, in.rest("trailing"));
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u32le(flags).u32le(MonitorAttributes.SIZE).u32le(monitorAttributesArray.size());
        monitorAttributesArray.forEach(out::pdu);
        out.bytes(trailing);
    }
}
