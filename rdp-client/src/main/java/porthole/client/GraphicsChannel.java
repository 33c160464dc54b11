package porthole.client;

import io.netty.buffer.ByteBufUtil;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import porthole.graphics.h264.H264Decoder;
import porthole.graphics.pipeline.GraphicsDecoder;
import porthole.graphics.pipeline.GraphicsLimits;
import porthole.graphics.screen.Framebuffer;
import porthole.protocol.rdpgfx.CapsSet;
import porthole.protocol.rdpgfx.FrameCommand;
import porthole.protocol.rdpgfx.RdpgfxCommand;
import porthole.protocol.rdpgfx.RdpgfxPdu;
import porthole.protocol.rdpgfx.SessionCommand;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

/** The graphics channel of one session: says what the client can draw, draws in the paint queue, acknowledges frames. */
final class GraphicsChannel implements DynamicChannel {
    private static final int MOST_OCTETS = 160 << 20;

    private final List<CapsSet> capsSets;
    private final Framebuffer screen;
    private final Painter painter;
    private GraphicsDecoder decoder;
    private long frames;

    /** Where messages are drawn, in their order. */
    interface Painter {
        /** @param octets of the message, which wait with it */
        void paint(int octets, Runnable work);

        /** Tells a note of the session. */
        void note(String name, String detail);

        /** The output has another size; called while drawing. */
        void resized(int width, int height);
    }

    GraphicsChannel(List<CapsSet> capsSets, Framebuffer screen, Painter painter) {
        this.capsSets = capsSets.isEmpty() ? GraphicsOffer.PROGRESSIVE.capsSets() : capsSets;
        this.screen = screen;
        this.painter = painter;
    }

    /** The fastest H.264 decoder there is, looked for when a host first opens the channel and not before. */
    private static final class H264 {
        static final Optional<H264Decoder.Provider> FASTEST = ServiceLoader.load(H264Decoder.Provider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(H264Decoder.Provider::isAvailable)
                .max(Comparator.comparingInt(H264Decoder.Provider::preference));
    }

    @Override
    public String name() {
        return RdpgfxPdu.CHANNEL_NAME;
    }

    @Override
    public int maximumMessage() {
        return MOST_OCTETS;
    }

    @Override
    public boolean isEssential() {
        return true;
    }

    @Override
    public void opened(Sink out) {
        painter.paint(0, () -> {
            release();
            decoder = new GraphicsDecoder(screen, GraphicsLimits.DEFAULT, H264.FASTEST, new Listener(out));
            frames = 0;
        });
        send(out, new SessionCommand.CapsAdvertise(capsSets));
    }

    @Override
    public void received(WireReader message, Sink out) {
        byte[] octets = ByteBufUtil.getBytes(message.slice(message.remaining(), "message"));
        painter.paint(
                octets.length,
                () -> decoder.message(WireReader.of(octets, "RDP_SEGMENTED_DATA", "MS-RDPEGFX 2.2.5.1")));
    }

    @Override
    public void closed() {
        painter.paint(0, this::release);
    }

    private void release() {
        if (decoder != null) {
            decoder.close();
        }
    }

    private static void send(Sink out, RdpgfxCommand command) {
        out.send(Bytes.of(RdpgfxPdu.of(command).toByteArray()));
    }

    private final class Listener implements GraphicsDecoder.Listener {
        private final Sink out;

        Listener(Sink out) {
            this.out = out;
        }

        @Override
        public void confirmed(SessionCommand.CapsConfirm confirm) {
            CapsSet set = confirm.capsSet();
            painter.note(
                    "graphics",
                    String.format(
                            "version 0x%08X, flags 0x%X%s",
                            set.version(),
                            set.flags().orElse(0),
                            H264.FASTEST
                                    .map(provider -> ", H.264 by " + provider.name())
                                    .orElse("")));
        }

        @Override
        public void frameEnded(long frameId) {
            frames++;
            send(
                    out,
                    new FrameCommand.FrameAcknowledge(
                            FrameCommand.FrameAcknowledge.QUEUE_DEPTH_UNAVAILABLE, frameId, frames));
        }

        @Override
        public void reset(int width, int height) {
            painter.resized(width, height);
        }

        @Override
        public void skipped(RdpgfxCommand command) {
            painter.note("skipped", "a graphics message of kind " + command.cmdId());
        }
    }
}
