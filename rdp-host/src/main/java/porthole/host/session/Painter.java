package porthole.host.session;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import porthole.host.card.Cursors;
import porthole.host.card.DirtyTiles;
import porthole.host.card.TestCard;
import porthole.host.card.TileEncoder;
import porthole.host.fault.ServerMessage;
import porthole.protocol.capability.BitmapCapabilitySet;
import porthole.protocol.capability.GeneralCapabilitySet;
import porthole.protocol.capability.PointerCapabilitySet;
import porthole.protocol.fastpath.FastPathOutput;
import porthole.protocol.fastpath.FastPathUpdate;
import porthole.protocol.graphics.BitmapUpdate;
import porthole.protocol.graphics.FastPathPointer;
import porthole.protocol.graphics.PaletteUpdate;
import porthole.protocol.graphics.PointerUpdate;
import porthole.protocol.graphics.SlowPathPointer;
import porthole.protocol.graphics.SlowPathUpdate;
import porthole.protocol.orders.DrawingOrder;
import porthole.protocol.share.PointerPdu;
import porthole.protocol.share.UpdatePdu;
import porthole.protocol.standard.FrameSecurity;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireWriter;

/** Sends the card's dirty tiles and the pointer's shape, as fast as the client takes them. */
final class Painter {
    /** The largest fast-path frame that every client takes. */
    private static final int LARGEST_FRAME = 0x3FFF - FrameSecurity.FAST_PATH_OVERHEAD;

    /** Rows of a tile in one update of the slow path. */
    private static final int SLOW_PATH_ROWS = 16;

    /** Octets of orders in one update, which fit into RDP 4.0's history, too. */
    private static final int MOST_ORDERS = 4096;

    private final HostConnection connection;
    private final TestCard card;
    private final TileEncoder encoder;
    private final boolean fastPath;
    private final boolean pointers;
    private final boolean newPointers;
    private final Set<Integer> cachedPointers = new HashSet<>();
    private int pointer = -1;
    private final OrderBatches batches = new OrderBatches(MOST_ORDERS);
    private boolean suppressed;

    Painter(HostConnection connection, TestCard card) {
        this.connection = connection;
        this.card = card;
        HostFacts facts = connection.facts();
        int flags = facts.capability(GeneralCapabilitySet.class)
                .map(GeneralCapabilitySet::extraFlags)
                .orElse(0);
        boolean compress = connection.settings().compress()
                && facts.capability(BitmapCapabilitySet.class)
                        .map(set -> set.bitmapCompressionFlag() != 0)
                        .orElse(false);
        this.encoder = new TileEncoder(
                facts.bitsPerPixel, compress, (flags & GeneralCapabilitySet.NO_BITMAP_COMPRESSION_HDR) == 0);
        this.fastPath = (flags & GeneralCapabilitySet.FASTPATH_OUTPUT_SUPPORTED) != 0;
        this.pointers = facts.capability(PointerCapabilitySet.class)
                .map(set -> set.colorPointerFlag() != 0 && set.colorPointerCacheSize() > Cursors.RING)
                .orElse(false);
        this.newPointers = facts.capability(PointerCapabilitySet.class)
                .map(set -> set.pointerCacheSize().orElse(0) > Cursors.RING)
                .orElse(false);
    }

    /** What has to be there before the first tile. */
    void begin() {
        if (connection.facts().bitsPerPixel == 8) {
            PaletteUpdate palette = new PaletteUpdate(0, TileEncoder.palette(), Bytes.EMPTY);
            update(ServerMessage.PALETTE, FastPathUpdate.PALETTE, palette);
        }
        showPointer(Cursors.ARROW);
    }

    void suppress(boolean stop) {
        suppressed = stop;
        paint();
    }

    /** Sends dirty tiles while there is room; returns whether all of them are out. */
    boolean paint() {
        while (!suppressed
                && !connection.isOver()
                && !card.dirty().isClean()
                && connection.writer().isWritable()) {
            for (DirtyTiles.Tile tile : fitting(card.dirty().take())) {
                update(ServerMessage.BITMAP, FastPathUpdate.BITMAP, BitmapUpdate.of(encoder.encode(card, tile)));
            }
        }
        return card.dirty().isClean();
    }

    /** Sends drawing orders as they are. */
    void draw(List<DrawingOrder> orders) {
        batches.send(orders, update -> {
            if (fastPath) {
                fast(ServerMessage.BITMAP, FastPathUpdate.ORDERS, update);
            } else {
                SlowPathUpdate slow = new SlowPathUpdate.Orders(0, update.numberOrders(), 0, update.orderData());
                connection.sendShare(ServerMessage.BITMAP, new UpdatePdu(Bytes.of(slow.toByteArray())));
            }
        });
    }

    /** Updates of the slow path cannot be cut: each has to fit into a message, and into RDP 4.0's history. */
    private List<DirtyTiles.Tile> fitting(DirtyTiles.Tile tile) {
        if (fastPath) {
            return List.of(tile);
        }
        List<DirtyTiles.Tile> strips = new ArrayList<>();
        for (int y = 0; y < tile.height(); y += SLOW_PATH_ROWS) {
            int rows = Math.min(SLOW_PATH_ROWS, tile.height() - y);
            strips.add(new DirtyTiles.Tile(tile.x(), tile.y() + y, tile.width(), rows));
        }
        return strips;
    }

    /** Shows one of {@link Cursors}: its shape at first, its place in the cache from then on. */
    void showPointer(int shape) {
        if (!pointers || pointer == shape || shape == Cursors.RING && !newPointers) {
            return;
        }
        pointer = shape;
        boolean known = !cachedPointers.add(shape);
        PointerUpdate update =
                known ? new PointerUpdate.Cached(shape) : shape == Cursors.RING ? Cursors.ring() : Cursors.arrow();
        if (fastPath) {
            FastPathPointer pdu = new FastPathPointer(update, Bytes.EMPTY);
            fast(ServerMessage.POINTER, pdu.updateCode().getAsInt(), pdu);
        } else {
            connection.sendShare(
                    ServerMessage.POINTER,
                    new PointerPdu(Bytes.of(SlowPathPointer.of(update).toByteArray())));
        }
    }

    /** An update whose data is the same on both paths. */
    private void update(ServerMessage message, int updateCode, Pdu data) {
        if (fastPath) {
            fast(message, updateCode, data);
        } else {
            connection.sendShare(message, new UpdatePdu(Bytes.of(data.toByteArray())));
        }
    }

    private void fast(ServerMessage message, int updateCode, Pdu data) {
        Bytes octets = Bytes.of(data.toByteArray());
        List<FastPathOutput> outputs = connection
                .facts()
                .bulk
                .map(bulk -> FastPathOutput.split(updateCode, octets, LARGEST_FRAME, bulk))
                .orElseGet(() -> FastPathOutput.split(updateCode, octets, LARGEST_FRAME));
        for (FastPathOutput output : outputs) {
            ByteBuf frame = connection.channel().alloc().buffer();
            output.encode(new WireWriter(frame));
            connection.sendFastPath(message, frame);
        }
    }
}
