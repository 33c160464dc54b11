package porthole.protocol.rdpedisp;

import java.util.ArrayList;
import java.util.List;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** A message of the display control channel: DISPLAYCONTROL_HEADER and what belongs to its type. MS-RDPEDISP 2.2. */
public sealed interface DisplayControlPdu extends Pdu {
    /** The name of the dynamic channel. */
    String CHANNEL_NAME = "Microsoft::Windows::RDS::DisplayControl";

    String SECTION = "MS-RDPEDISP 2.2";

    int TYPE_MONITOR_LAYOUT = 0x00000002;
    int TYPE_CAPS = 0x00000005;

    /** DISPLAYCONTROL_HEADER. MS-RDPEDISP 2.2.1.1. */
    int HEADER = 8;

    /** The type in the header. */
    int type();

    /** What is behind the header. */
    void encodeBody(WireWriter out);

    @Override
    default void encode(WireWriter out) {
        int start = out.position();
        out.u32le(type()).u32le(0);
        encodeBody(out);
        out.patchU32le(start + 4, out.position() - start);
    }

    /** Reads a whole message. */
    static DisplayControlPdu decode(WireReader in) {
        int type = in.s32le("Type");
        long length = in.u32le("Length");
        in.check(
                length == HEADER + (long) in.remaining(),
                4,
                "Length",
                length,
                "the " + (HEADER + in.remaining()) + " octets of the message");
        return switch (type) {
            case TYPE_CAPS -> Caps.decode(in);
            case TYPE_MONITOR_LAYOUT -> MonitorLayout.decode(in);
            default -> new Unknown(type, in.rest("body"));
        };
    }

    /**
     * DISPLAYCONTROL_CAPS_PDU, from the host. MS-RDPEDISP 2.2.2.1.
     *
     * @param maxNumMonitors monitors that a layout may have
     * @param maxMonitorAreaFactorA with the other factor and the number of monitors, the pixels of all together
     */
    record Caps(long maxNumMonitors, long maxMonitorAreaFactorA, long maxMonitorAreaFactorB, Bytes trailing)
            implements DisplayControlPdu {
        public Caps(long maxNumMonitors, long maxMonitorAreaFactorA, long maxMonitorAreaFactorB) {
            this(maxNumMonitors, maxMonitorAreaFactorA, maxMonitorAreaFactorB, Bytes.EMPTY);
        }

        static Caps decode(WireReader in) {
            return new Caps(
                    in.u32le("MaxNumMonitors"),
                    in.u32le("MaxMonitorAreaFactorA"),
                    in.u32le("MaxMonitorAreaFactorB"),
                    in.rest("trailing"));
        }

        /** Whether a layout of so many monitors may have so many pixels in all; factors may be of any size. */
        public boolean allows(int monitors, long pixels) {
            double most = (double) maxNumMonitors * maxMonitorAreaFactorA * maxMonitorAreaFactorB; // up to 96 bits
            return monitors <= maxNumMonitors && pixels <= most;
        }

        @Override
        public int type() {
            return TYPE_CAPS;
        }

        @Override
        public void encodeBody(WireWriter out) {
            out.u32le(maxNumMonitors).u32le(maxMonitorAreaFactorA).u32le(maxMonitorAreaFactorB);
            out.bytes(trailing);
        }
    }

    /** DISPLAYCONTROL_MONITOR_LAYOUT_PDU, from the client. MS-RDPEDISP 2.2.2.2. */
    record MonitorLayout(List<Monitor> monitors, Bytes trailing) implements DisplayControlPdu {
        public MonitorLayout {
            monitors = List.copyOf(monitors);
        }

        public MonitorLayout(List<Monitor> monitors) {
            this(monitors, Bytes.EMPTY);
        }

        static MonitorLayout decode(WireReader in) {
            in.expect(in.u32le("MonitorLayoutSize"), Monitor.SIZE, 4, "MonitorLayoutSize");
            int count = in.count(in.u32le("NumMonitors"), Monitor.SIZE, "NumMonitors");
            List<Monitor> monitors = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                monitors.add(in.within("Monitors[" + i + "]", "MS-RDPEDISP 2.2.2.2.1", Monitor::decode));
            }
            return new MonitorLayout(monitors, in.rest("trailing"));
        }

        @Override
        public int type() {
            return TYPE_MONITOR_LAYOUT;
        }

        @Override
        public void encodeBody(WireWriter out) {
            out.u32le(Monitor.SIZE).u32le(monitors.size());
            monitors.forEach(out::pdu);
            out.bytes(trailing);
        }

        /**
         * DISPLAYCONTROL_MONITOR_LAYOUT. MS-RDPEDISP 2.2.2.2.1.
         *
         * @param left and {@code top} in pixels from the primary monitor's corner
         * @param width 200 to 8192 pixels, even
         * @param height 200 to 8192 pixels
         * @param physicalWidth 10 to 10000 millimetres; what is outside is ignored
         * @param orientation 0, 90, 180 or 270 degrees
         * @param desktopScaleFactor 100 to 500 percent
         * @param deviceScaleFactor 100, 140 or 180 percent
         */
        public record Monitor(
                int flags,
                int left,
                int top,
                long width,
                long height,
                long physicalWidth,
                long physicalHeight,
                long orientation,
                long desktopScaleFactor,
                long deviceScaleFactor)
                implements Pdu {
            /** This monitor's corner is where the others are measured from. */
            public static final int PRIMARY = 0x00000001;

            public static final int SIZE = 40;

            static Monitor decode(WireReader in) {
                return new Monitor(
                        in.s32le("Flags"),
                        in.s32le("Left"),
                        in.s32le("Top"),
                        in.u32le("Width"),
                        in.u32le("Height"),
                        in.u32le("PhysicalWidth"),
                        in.u32le("PhysicalHeight"),
                        in.u32le("Orientation"),
                        in.u32le("DesktopScaleFactor"),
                        in.u32le("DeviceScaleFactor"));
            }

            @Override
            public void encode(WireWriter out) {
                out.u32le(flags).u32le(left).u32le(top).u32le(width).u32le(height);
                out.u32le(physicalWidth).u32le(physicalHeight).u32le(orientation);
                out.u32le(desktopScaleFactor).u32le(deviceScaleFactor);
            }
        }
    }

    /** A message of a type that nobody knows. */
    record Unknown(int type, Bytes body) implements DisplayControlPdu {
        @Override
        public void encodeBody(WireWriter out) {
            out.bytes(body);
        }
    }
}
