package porthole.protocol.gcc;

import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * The looks of one monitor, TS_MONITOR_ATTRIBUTES (MS-RDPBCGR 2.2.1.3.9.1).
 *
 * @param physicalWidth in millimetres
 * @param physicalHeight in millimetres
 * @param orientation 0, 90, 180 or 270 degrees
 * @param desktopScaleFactor 100 to 500 percent
 * @param deviceScaleFactor 100, 140 or 180 percent
 */
public record MonitorAttributes(
        int physicalWidth, int physicalHeight, int orientation, int desktopScaleFactor, int deviceScaleFactor)
        implements Pdu {
    static final int SIZE = 5 * 4;

    public static MonitorAttributes decode(WireReader in) {
        return new MonitorAttributes(
                in.s32le("physicalWidth"),
                in.s32le("physicalHeight"),
                in.s32le("orientation"),
                in.s32le("desktopScaleFactor"),
                in.s32le("deviceScaleFactor"));
    }

    @Override
    public void encode(WireWriter out) {
        out.u32le(physicalWidth).u32le(physicalHeight).u32le(orientation);
        out.u32le(desktopScaleFactor).u32le(deviceScaleFactor);
    }
}
