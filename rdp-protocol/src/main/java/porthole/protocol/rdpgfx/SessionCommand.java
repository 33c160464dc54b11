package porthole.protocol.rdpgfx;

import java.util.ArrayList;
import java.util.List;
import porthole.protocol.gcc.MonitorDef;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** What both sides can do, and the size of the output. MS-RDPEGFX 2.2.2.14, 2.2.2.18 and 2.2.2.19. */
public sealed interface SessionCommand extends RdpgfxCommand {
    /** RDPGFX_CAPS_ADVERTISE_PDU, from the client. MS-RDPEGFX 2.2.2.18. */
    record CapsAdvertise(List<CapsSet> capsSets) implements SessionCommand {
        public CapsAdvertise {
            capsSets = List.copyOf(capsSets);
        }

        static CapsAdvertise decode(WireReader in) {
            int count = in.count(in.u16le("capsSetCount"), CapsSet.LEAST, "capsSetCount");
            List<CapsSet> sets = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                sets.add(in.within("capsSets", CapsSet.SECTION, CapsSet::decode));
            }
            return new CapsAdvertise(sets);
        }

        @Override
        public int cmdId() {
            return CAPSADVERTISE;
        }

        @Override
        public void encode(WireWriter out) {
            out.u16le(capsSets.size());
            capsSets.forEach(out::pdu);
        }
    }

    /** RDPGFX_CAPS_CONFIRM_PDU: one of the advertised sets. MS-RDPEGFX 2.2.2.19. */
    record CapsConfirm(CapsSet capsSet) implements SessionCommand {
        static CapsConfirm decode(WireReader in) {
            return new CapsConfirm(in.within("capsSet", CapsSet.SECTION, CapsSet::decode));
        }

        @Override
        public int cmdId() {
            return CAPSCONFIRM;
        }

        @Override
        public void encode(WireWriter out) {
            out.pdu(capsSet);
        }
    }

    /**
     * RDPGFX_RESET_GRAPHICS_PDU. MS-RDPEGFX 2.2.2.14.
     *
     * @param width pixels, at most 32766
     * @param height pixels, at most 32766
     * @param monitorDefArray at most 16
     * @param pad fills the message up to 340 octets
     */
    record ResetGraphics(long width, long height, List<MonitorDef> monitorDefArray, Bytes pad)
            implements SessionCommand {
        public static final int LONGEST_SIDE = 32_766;
        public static final int MOST_MONITORS = 16;
        private static final int BODY = 340 - RdpgfxPdu.HEADER;
        private static final int FIXED = 12;
        private static final int MONITOR = 20;

        public ResetGraphics {
            monitorDefArray = List.copyOf(monitorDefArray);
        }

        /** With the padding that the specification wants. */
        public static ResetGraphics of(int width, int height, List<MonitorDef> monitors) {
            return new ResetGraphics(
                    width, height, monitors, Bytes.of(new byte[BODY - FIXED - MONITOR * monitors.size()]));
        }

        static ResetGraphics decode(WireReader in) {
            long width = in.u32le("width");
            in.check(width <= LONGEST_SIDE, 4, "width", width, "at most " + LONGEST_SIDE);
            long height = in.u32le("height");
            in.check(height <= LONGEST_SIDE, 4, "height", height, "at most " + LONGEST_SIDE);
            long count = in.u32le("monitorCount");
            in.check(count <= MOST_MONITORS, 4, "monitorCount", count, "at most " + MOST_MONITORS);
            in.count(count, MONITOR, "monitorCount");
            List<MonitorDef> monitors = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                monitors.add(in.within("monitorDefArray", "MS-RDPBCGR 2.2.1.3.6.1", MonitorDef::decode));
            }
            return new ResetGraphics(width, height, monitors, in.rest("pad"));
        }

        @Override
        public int cmdId() {
            return RESETGRAPHICS;
        }

        @Override
        public void encode(WireWriter out) {
            out.u32le(width).u32le(height).u32le(monitorDefArray.size());
            monitorDefArray.forEach(out::pdu);
            out.bytes(pad);
        }
    }
}
