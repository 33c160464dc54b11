package porthole.protocol.rdpgfx;

import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** Frames and their acknowledgement. MS-RDPEGFX 2.2.2.11 to 2.2.2.13 and 2.2.2.21. */
public sealed interface FrameCommand extends RdpgfxCommand {
    /**
     * RDPGFX_START_FRAME_PDU. MS-RDPEGFX 2.2.2.11.
     *
     * @param timestamp from the lowest bit: 10 bits of milliseconds, 6 of seconds, 6 of minutes, 10 of hours
     */
    record StartFrame(long timestamp, long frameId) implements FrameCommand {
        static StartFrame decode(WireReader in) {
            return new StartFrame(in.u32le("timestamp"), in.u32le("frameId"));
        }

        @Override
        public int cmdId() {
            return STARTFRAME;
        }

        @Override
        public void encode(WireWriter out) {
            out.u32le(timestamp).u32le(frameId);
        }
    }

    /** RDPGFX_END_FRAME_PDU. MS-RDPEGFX 2.2.2.12. */
    record EndFrame(long frameId) implements FrameCommand {
        static EndFrame decode(WireReader in) {
            return new EndFrame(in.u32le("frameId"));
        }

        @Override
        public int cmdId() {
            return ENDFRAME;
        }

        @Override
        public void encode(WireWriter out) {
            out.u32le(frameId);
        }
    }

    /**
     * RDPGFX_FRAME_ACKNOWLEDGE_PDU, from the client. MS-RDPEGFX 2.2.2.13.
     *
     * @param queueDepth octets that wait at the client
     */
    record FrameAcknowledge(long queueDepth, long frameId, long totalFramesDecoded) implements FrameCommand {
        public static final long QUEUE_DEPTH_UNAVAILABLE = 0;
        public static final long SUSPEND_FRAME_ACKNOWLEDGEMENT = 0xFFFFFFFFL;

        static FrameAcknowledge decode(WireReader in) {
            return new FrameAcknowledge(in.u32le("queueDepth"), in.u32le("frameId"), in.u32le("totalFramesDecoded"));
        }

        @Override
        public int cmdId() {
            return FRAMEACKNOWLEDGE;
        }

        @Override
        public void encode(WireWriter out) {
            out.u32le(queueDepth).u32le(frameId).u32le(totalFramesDecoded);
        }
    }

    /**
     * RDPGFX_QOE_FRAME_ACKNOWLEDGE_PDU, from the client. MS-RDPEGFX 2.2.2.21.
     *
     * @param timestamp milliseconds when the start of the frame was decoded, from any origin
     * @param timeDiffSE milliseconds between the decoding of its start and its end
     * @param timeDiffEDR milliseconds from then to the end of its drawing
     */
    record QoeFrameAcknowledge(long frameId, long timestamp, int timeDiffSE, int timeDiffEDR) implements FrameCommand {
        static QoeFrameAcknowledge decode(WireReader in) {
            return new QoeFrameAcknowledge(
                    in.u32le("frameId"), in.u32le("timestamp"), in.u16le("timeDiffSE"), in.u16le("timeDiffEDR"));
        }

        @Override
        public int cmdId() {
            return QOEFRAMEACKNOWLEDGE;
        }

        @Override
        public void encode(WireWriter out) {
            out.u32le(frameId).u32le(timestamp).u16le(timeDiffSE).u16le(timeDiffEDR);
        }
    }
}
