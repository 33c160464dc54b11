package porthole.protocol.share;

import java.util.ArrayList;
import java.util.List;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPBCGR 2.2.12.1 Monitor Layout PDU: the monitors that the server uses. */
public record MonitorLayoutPdu(List<MonitorDefinition> monitorDefArray, Bytes trailing) implements ShareDataBody {
    /** A monitor's place in pixels, {@code right} and {@code bottom} included; MS-RDPBCGR 2.2.1.3.6.1 (TS_MONITOR_DEF). */
    public record MonitorDefinition(int left, int top, int right, int bottom, int flags) implements Pdu {
        public static final int TS_MONITOR_PRIMARY = 1;

        static MonitorDefinition decode(WireReader in) {
            return new MonitorDefinition(
                    in.s32le("left"), in.s32le("top"), in.s32le("right"), in.s32le("bottom"), in.s32le("flags"));
        }

        @Override
        public void encode(WireWriter out) {
            out.u32le(left).u32le(top).u32le(right).u32le(bottom).u32le(flags);
        }
    }

    public MonitorLayoutPdu {
        monitorDefArray = List.copyOf(monitorDefArray);
    }

    static MonitorLayoutPdu decode(WireReader in) {
        int count = in.count(in.u32le("monitorCount"), 20, "monitorCount");
        List<MonitorDefinition> monitors = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            monitors.add(in.within("monitorDefArray[" + i + "]", "MS-RDPBCGR 2.2.1.3.6.1", MonitorDefinition::decode));
        }
        return new MonitorLayoutPdu(monitors, in.rest("trailing"));
    }

    @Override
    public int pduType2() {
        return ShareDataHeader.PDUTYPE2_MONITOR_LAYOUT_PDU;
    }

    @Override
    public void encode(WireWriter out) {
        out.u32le(monitorDefArray.size());
        monitorDefArray.forEach(out::pdu);
        out.bytes(trailing);
    }
}
