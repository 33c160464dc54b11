package porthole.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import porthole.client.bitmapcache.BitmapCacheStore;
import porthole.graphics.picture.CachedBitmap;
import porthole.graphics.picture.PixelRect;
import porthole.protocol.capability.BitmapCacheHostSupportCapabilitySet;
import porthole.protocol.capability.CapabilitySet;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Stage;
import porthole.protocol.share.PersistentKeyListPdu;
import porthole.protocol.wire.WireReader;
import porthole.transport.ClientSettings;

/**
 * What a session shows, over all of its connections: updates are painted in order, off the event loop or at once, and waits,
 * listener and clock are told of it.
 */
final class SessionPicture {
    private final RdpSession session;
    private final SessionListener listener;
    private final DecodeThreads tiles;
    private final SessionScreen screen;
    private final PaintQueue paints;
    private final FrameWaits waits;
    private final GraphicsChannel graphics;
    private final Optional<OrderBitmaps> orderBitmaps;
    private final CompletableFuture<Long> firstFrame = new CompletableFuture<>();
    private boolean keysListed;
    private List<PersistentKeyListPdu> keysToList = List.of();

    /**
     * @param painter where pixels are painted; null paints at once, on the event loop
     * @param kept bitmaps of earlier sessions for drawing orders
     */
    SessionPicture(
            RdpSession session,
            ClientSettings client,
            SessionOptions options,
            Executor painter,
            Optional<OrderBitmaps> kept) {
        this.session = session;
        this.listener = options.listener();
        this.orderBitmaps = kept;
        this.tiles = new DecodeThreads(options.decodeThreads());
        this.screen = new SessionScreen(
                client.width(), client.height(), tiles, what -> listener.note("skipped", what), session::frameEnded);
        this.paints = new PaintQueue(painter, session::reading, session::paintFailed);
        this.waits = new FrameWaits(() -> screen.snapshot(false), paints::isIdle, System::nanoTime);
        this.graphics = new GraphicsChannel(
                options.graphics().capsSets().isEmpty() ? GraphicsOffer.PROGRESSIVE : options.graphics(),
                screen.framebuffer(),
                tiles,
                new GraphicsPainter(),
                options.bitmapCache().<GraphicsChannel.Memory>map(Kept::new).orElse(GraphicsChannel.Memory.NONE));
    }

    private final class GraphicsPainter implements GraphicsChannel.Painter {
        @Override
        public void paint(int octets, Runnable work) {
            if (paints.isInline()) {
                work.run();
                painted();
            } else {
                paints.add(octets, () -> {
                    work.run();
                    painted();
                });
            }
        }

        @Override
        public void release(Runnable work) {
            paints.addSurely(work);
        }

        @Override
        public long waiting() {
            return paints.waiting();
        }

        @Override
        public void note(String name, String detail) {
            listener.note(name, detail);
        }

        @Override
        public void resized(int width, int height) {
            listener.resized(width, height, 32);
        }
    }

    /** The bitmaps of the graphics channel in the store, under the name of the host. */
    private final class Kept implements GraphicsChannel.Memory {
        private static final String KIND = "gfx";
        private final BitmapCacheStore store;

        Kept(BitmapCacheStore store) {
            this.store = store;
        }

        private String host() {
            return session.connection().orElseThrow().spec().target().toString();
        }

        @Override
        public List<CachedBitmap> load() {
            return store.load(host(), KIND);
        }

        @Override
        public void keep(List<CachedBitmap> bitmaps) {
            store.keep(host(), KIND, bitmaps);
        }
    }

    SessionScreen screen() {
        return screen;
    }

    FrameWaits waits() {
        return waits;
    }

    GraphicsChannel graphics() {
        return graphics;
    }

    /** Whether it paints at once, on the thread that feeds it. */
    boolean isInline() {
        return paints.isInline();
    }

    /** Completes with the number of the first frame; fails when the session ends before that. */
    CompletableFuture<Long> firstFrame() {
        return firstFrame;
    }

    /** A new connection begins, whose host knows nothing of kept bitmaps yet. */
    void attached() {
        keysListed = false;
    }

    /** The host has a desktop of this size from the next update on. */
    void desktop(int width, int height, int bitsPerPixel, List<CapabilitySet> serverCapabilities) {
        boolean persistent =
                serverCapabilities.stream().anyMatch(BitmapCacheHostSupportCapabilitySet.class::isInstance);
        Optional<OrderBitmaps> restored =
                orderBitmaps.filter(bitmaps -> persistent && !keysListed && bitmaps.serves(bitsPerPixel));
        keysToList = restored.map(OrderBitmaps::keys).orElse(List.of());
        paints.add(0, () -> {
            boolean changed = screen.width() != width || screen.height() != height;
            screen.resize(width, height, bitsPerPixel);
            screen.takeDirty();
            restored.ifPresent(bitmaps -> bitmaps.restore(screen.orders()));
            if (changed || !firstFrame.isDone()) {
                listener.resized(width, height, bitsPerPixel);
            }
        });
    }

    /** The keys of kept bitmaps that the host is to be told now. */
    List<PersistentKeyListPdu> persistentKeys() {
        keysListed = true; // once in a connection: a reactivation begins with empty caches
        List<PersistentKeyListPdu> keys = keysToList;
        if (!keys.isEmpty()) {
            listener.note(
                    "bitmap-cache", orderBitmaps.orElseThrow().size() + " bitmaps of earlier sessions for orders");
        }
        keysToList = List.of();
        return keys;
    }

    /**
     * Paints an update; keeps the reader's octets, as the reader dies with the call.
     *
     * @param name of the structure, for failures
     * @param section of its specification
     */
    void paint(WireReader in, String name, String section, Consumer<WireReader> work) {
        if (paints.isInline()) {
            work.accept(in);
            painted();
            return;
        }
        ByteBuf view = in.slice(in.remaining(), "updateData");
        byte[] octets = ByteBufUtil.getBytes(view);
        paints.add(octets.length, () -> {
            work.accept(WireReader.of(octets, name, section));
            painted();
        });
    }

    /** Something was painted, or at least read to its end. */
    private void painted() {
        List<PixelRect> dirty = screen.takeDirty();
        if (dirty.isEmpty()) {
            return;
        }
        long frame = screen.frames();
        if (!firstFrame.isDone()) {
            session.connection().orElseThrow().clock().finished(Stage.FIRST_FRAME, Map.of("frame", frame));
            firstFrame.complete(frame);
        }
        listener.painted(frame, dirty);
        waits.painted(frame);
    }

    /** Paints what has come, keeps what is kept, fails whoever waits with {@code why}, and then runs {@code last}. */
    void end(Supplier<RdpFailure> why, Runnable last) {
        orderBitmaps.ifPresent(bitmaps -> paints.add(0, () -> bitmaps.keep(screen.orders())));
        paints.afterAll(() -> {
            tiles.close();
            RdpFailure failure = why.get();
            firstFrame.completeExceptionally(failure);
            waits.end(failure);
            last.run();
        });
    }
}
