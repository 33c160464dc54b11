package porthole.graphics.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Tiles whose headers are read and checked, kept until there are enough of them to be decoded together; shown in their order.
 *
 * <p>With one worker each tile is decoded when it is added. Keeps its buffers from call to call. Not thread-safe: only the
 * decoder is called by the workers of the {@link TileRunner}.
 */
final class TileBatch<J extends TileBatch.Job> {
    /** Enough that waking threads costs little beside decoding. */
    private static final int TILES_FOR_A_WORKER = 16;

    private final TileRunner runner;
    private final Supplier<J> jobs;
    private final Decoder<J> decoder;
    private final TileRunner.Work work = this::decode;
    private final int capacity;
    private final List<J> tiles = new ArrayList<>();
    private int count;

    /** What is known of a tile before it is decoded, and its pixels afterwards. */
    static class Job {
        /** Of the left edge and of the top, in pixels. */
        int x;

        int y;
        /** Holds the octets of the tile; borrowed until the batch is flushed. */
        byte[] in;

        final int[] argb = new int[Tile.PIXELS];
        /** Whether they are there; the batch's own. */
        boolean done;
    }

    /** Decodes a tile to its {@link Job#argb}. */
    @FunctionalInterface
    interface Decoder<J> {
        /** @param worker as of {@link TileRunner.Work} */
        void decode(int worker, J job);
    }

    TileBatch(TileRunner runner, Supplier<J> jobs, Decoder<J> decoder) {
        this.runner = runner;
        this.jobs = jobs;
        this.decoder = decoder;
        capacity = runner.workers() == 1 ? 1 : TILES_FOR_A_WORKER * runner.workers();
    }

    /** The next tile, to be filled in; it counts when it is added. */
    J next() {
        if (count == tiles.size()) {
            tiles.add(jobs.get());
        }
        return tiles.get(count);
    }

    /** Adds the tile that {@link #next} gave. */
    void add(ClipRects clip, PixelSink sink) {
        tiles.get(count++).done = false;
        if (count == capacity) {
            flush(clip, sink);
        }
    }

    /** Decodes and shows what was added; where a tile fails, those before it are shown and its failure is thrown. */
    void flush(ClipRects clip, PixelSink sink) {
        int added = count;
        count = 0;
        try {
            runner.run(added, work);
        } finally {
            for (int i = 0; i < added && tiles.get(i).done; i++) {
                J tile = tiles.get(i);
                clip.show(tile.x, tile.y, tile.argb, sink);
            }
        }
    }

    private void decode(int worker, int index) {
        J tile = tiles.get(index);
        decoder.decode(worker, tile);
        tile.done = true;
    }
}
