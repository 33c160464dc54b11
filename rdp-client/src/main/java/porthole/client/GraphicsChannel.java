package porthole.client;

import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import porthole.graphics.codec.TileRunner;
import porthole.graphics.h264.H264Decoder;
import porthole.graphics.picture.CachedBitmap;
import porthole.graphics.pipeline.GraphicsDecoder;
import porthole.graphics.pipeline.GraphicsLimits;
import porthole.graphics.screen.Framebuffer;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.WireException;
import porthole.protocol.rdpgfx.CacheCommand.CacheImportOffer;
import porthole.protocol.rdpgfx.CapsSet;
import porthole.protocol.rdpgfx.RdpgfxCommand;
import porthole.protocol.rdpgfx.RdpgfxPdu;
import porthole.protocol.rdpgfx.SessionCommand;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

/**
 * The graphics channel of one session: says what the client can draw and which bitmaps it kept, draws in the paint queue,
 * acknowledges frames.
 */
final class GraphicsChannel implements DynamicChannel {
    private static final int MOST_OCTETS = 160 << 20;

    private final GraphicsOffer offer;
    private final Framebuffer screen;
    private final TileRunner tiles;
    private final Painter painter;
    private final Memory memory;
    private final FrameAcknowledgements acknowledgements;
    private GraphicsDecoder decoder;

    /** Where messages are drawn, in their order. */
    interface Painter {
        /** @param octets of the message, which wait with it */
        void paint(int octets, Runnable work);

        /** Runs {@code work} behind all that is to be drawn, also where that has failed. */
        void release(Runnable work);

        /** Octets of the messages behind the one that is drawn now. */
        long waiting();

        /** Tells a note of the session. */
        void note(String name, String detail);

        /** The output has another size; called while drawing. */
        void resized(int width, int height);
    }

    /** Bitmaps from one session to the next; called where it is drawn. */
    interface Memory {
        Memory NONE = new Memory() {
            @Override
            public List<CachedBitmap> load() {
                return List.of();
            }

            @Override
            public void keep(List<CachedBitmap> bitmaps) {}
        };

        List<CachedBitmap> load();

        /** @param bitmaps the one that was used last first */
        void keep(List<CachedBitmap> bitmaps);
    }

    /** @param tiles decodes the tiles of a frame */
    GraphicsChannel(GraphicsOffer offer, Framebuffer screen, TileRunner tiles, Painter painter, Memory memory) {
        this.offer = offer;
        this.screen = screen;
        this.tiles = tiles;
        this.painter = painter;
        this.memory = memory;
        this.acknowledgements = new FrameAcknowledgements(painter::waiting, System::nanoTime);
        acknowledgements.suspend(!offer.acknowledges());
    }

    /** What acknowledges the frames. */
    FrameAcknowledgements acknowledgements() {
        return acknowledgements;
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
        painter.paint(
                0,
                () -> { // native decoders take a while to load
                    release();
                    acknowledgements.begin();
                    Optional<H264Decoder.Provider> h264 = offer.mayUseAvc() ? usable(offer) : Optional.empty();
                    List<CapsSet> sets =
                            h264.isPresent() ? offer.capsSets() : GraphicsOffer.withoutAvc(offer.capsSets());
                    if (sets.isEmpty()) {
                        throw new LocalFailure(
                                "graphics-versions",
                                "none of the versions of the graphics pipeline can be offered",
                                "only versions that mean H.264, and " + H264Choice.description(),
                                "a version that does without, or a decoder",
                                "offer other versions with --gfx, or ask for avc444");
                    }
                    GraphicsLimits limits =
                            offer.isSmall() ? GraphicsLimits.DEFAULT.withSmallCache() : GraphicsLimits.DEFAULT;
                    decoder = new GraphicsDecoder(screen, limits, h264, tiles, new Listener(out, sets, limits, h264));
                    send(out, new SessionCommand.CapsAdvertise(sets));
                });
    }

    private static Optional<H264Decoder.Provider> usable(GraphicsOffer offer) {
        return H264Choice.fastest().filter(provider -> offer.anyDecoder() || H264Choice.keepsUp(provider));
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
        painter.release(this::release);
    }

    private void release() {
        if (decoder != null) {
            memory.keep(decoder.cachedBitmaps());
            decoder.close();
            decoder = null;
        }
    }

    private static void send(Sink out, RdpgfxCommand command) {
        out.send(Bytes.of(RdpgfxPdu.of(command).toByteArray()));
    }

    private final class Listener implements GraphicsDecoder.Listener {
        private final Sink out;
        private final List<CapsSet> advertised;
        private final GraphicsLimits limits;
        private final Optional<H264Decoder.Provider> h264;
        private List<CachedBitmap> offered = List.of();

        Listener(Sink out, List<CapsSet> advertised, GraphicsLimits limits, Optional<H264Decoder.Provider> h264) {
            this.out = out;
            this.advertised = advertised;
            this.limits = limits;
            this.h264 = h264;
        }

        @Override
        public void confirmed(SessionCommand.CapsConfirm confirm) {
            CapsSet set = confirm.capsSet();
            if (advertised.stream().noneMatch(each -> each.version() == set.version())) {
                throw new WireException(
                        "RDPGFX_CAPS_CONFIRM_PDU",
                        "capsSet.version",
                        8,
                        String.format("0x%08X", set.version()),
                        "one of the " + advertised.size() + " versions that the client advertised",
                        "MS-RDPEGFX 2.2.2.19");
            }
            acknowledgements.confirmed(set);
            painter.note("graphics", detail(set));
            offerBitmaps();
        }

        private String detail(CapsSet set) {
            String avc = !set.hasAvc()
                    ? ", no H.264"
                    : h264.map(provider -> ", H.264 by " + provider.name()).orElse("");
            return String.format(
                    "version 0x%08X, flags 0x%X%s", set.version(), set.flags().orElse(0), avc);
        }

        /** Bitmaps of earlier sessions, as far as the cache has room for them. MS-RDPEGFX 3.2.5.16. */
        private void offerBitmaps() {
            List<CachedBitmap> fitting = new ArrayList<>();
            long pixels = 0;
            for (CachedBitmap bitmap : memory.load()) {
                pixels += bitmap.pixels().length;
                if (pixels > limits.cachePixels()
                        || fitting.size() == Math.min(CacheImportOffer.MAXIMUM, limits.cacheSlots())) {
                    break;
                }
                fitting.add(bitmap);
            }
            offered = fitting;
            if (!fitting.isEmpty()) {
                send(
                        out,
                        new CacheImportOffer(fitting.stream()
                                .map(bitmap -> new CacheImportOffer.CacheEntryMetadata(
                                        bitmap.key(), 4L * bitmap.pixels().length))
                                .toList()));
            }
        }

        @Override
        public void imported(List<Integer> cacheSlots) {
            if (cacheSlots.size() > offered.size()) {
                throw new WireException(
                        "RDPGFX_CACHE_IMPORT_REPLY_PDU",
                        "importedEntriesCount",
                        8,
                        cacheSlots.size() + " bitmaps",
                        "at most the " + offered.size() + " that the client offered",
                        "MS-RDPEGFX 2.2.2.17");
            }
            for (int i = 0; i < cacheSlots.size(); i++) {
                decoder.importCacheEntry(cacheSlots.get(i), offered.get(i));
            }
            painter.note("bitmap-cache", cacheSlots.size() + " of " + offered.size() + " bitmaps of earlier sessions");
            offered = List.of();
        }

        @Override
        public void frameStarted() {
            acknowledgements.frameStarted();
        }

        @Override
        public void frameDrawn() {
            acknowledgements.frameDrawn();
        }

        @Override
        public void frameEnded(long frameId) {
            acknowledgements.frameEnded(frameId, command -> send(out, command));
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
