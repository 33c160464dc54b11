package porthole.protocol.gcc;

import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** One monitor, TS_MONITOR_DEF: inclusive coordinates in pixels, which may be negative (MS-RDPBCGR 2.2.1.3.6.1). */
public record MonitorDef(int left, int top, int right, int bottom, int flags) implements Pdu {
    public static final int TS_MONITOR_PRIMARY = 0x01;

    /** Octets of one monitor. */
    public static final int SIZE = 5 * 4;

    public static MonitorDef decode(WireReader in) {
        return new MonitorDef(
                in.s32le("left"), in.s32le("top"), in.s32le("right"), in.s32le("bottom"), in.s32le("flags"));
    }

    public boolean isPrimary() {
        return (flags & TS_MONITOR_PRIMARY) != 0;
    }

    @Override
    public void encode(WireWriter out) {
        out.u32le(left).u32le(top).u32le(right).u32le(bottom).u32le(flags);
    }
}
